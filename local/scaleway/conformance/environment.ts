import { tofuVariables } from "./terraform.ts";

/** Variables of the outer shell that would lead the provider elsewhere, or break its S3 client. */
const FOREIGN = /^(SCW_|AWS_|TF_|SSL_CERT_|HTTPS?_PROXY$|https?_proxy$|NO_PROXY$|no_proxy$|ALL_PROXY$)/;

/**
 * What Terraform and the provider see: the outer shell without what leads elsewhere, and the way to a local Scaleway.
 * @param scaleway as `LocalScaleway.env` says. @param program Terraform or OpenTofu.
 */
export const terraformEnvironment = (
  scaleway: Readonly<Record<string, string>>,
  program: string,
): Record<string, string | undefined> => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name))),
  ...scaleway,
  ...tofuVariables(program),
  // Waits between two looks at a transient state; the local one settles at once.
  TF_RETRY_DELAY: "50ms",
  CHECKPOINT_DISABLE: "1",
});
