import { dayOf } from "../../stacks/dates.ts";
import type { PlanContext, PlannedDomain } from "../context.ts";
import { expiryOf, SLOTS } from "../credentials.ts";
import type { Json } from "../model/json.ts";
import { keyOf } from "../naming.ts";
import type { PrincipalName } from "../principals.ts";
import { customerSecretKey, type PlatformSecret, platformSecretKey } from "../secrets.ts";
import type { PlatformContext } from "./context.ts";
import { fromFoundation } from "./object.ts";
import type { ContainerWish } from "./workload.ts";

/** A secret of Secret Manager, by where it lies. */
export interface SecretRef {
  /** File that its value becomes. */
  readonly file: string;
  readonly path: string;
  readonly name: string;
}

export const platformSecret = (context: PlatformContext, name: PlatformSecret): SecretRef => ({
  file: name,
  path: "/platform",
  name: context.plan.name(platformSecretKey(context.region.name, name)),
});

export const customerKey = (context: PlatformContext, domain: string): SecretRef => ({
  file: `customer-${domain}`,
  path: `/domains/${domain}`,
  name: context.plan.name(customerSecretKey(context.region.name, domain)),
});

/** Customer keys of those of some domains that are encrypted by whoever reads and writes. */
export const customerKeysOf = (context: PlatformContext, domains: readonly PlannedDomain[]): readonly SecretRef[] =>
  domains.flatMap(({ name, customerEncryption }) =>
    customerEncryption === "sse-c" ? [customerKey(context, name)] : [],
  );

/** Slot of the API key that lives longest: what a workload starts with. */
export function liveSlot(plan: PlanContext): "a" | "b" {
  const { credentials } = plan.settings;
  const day = credentials.asOf ?? dayOf(plan.now);
  const [a, b] = SLOTS.map((slot) => expiryOf(slot, credentials, day));
  return (a ?? "") >= (b ?? "") ? "a" : "b";
}

export const apiKeySecret = (context: PlatformContext, principal: PrincipalName): SecretRef => ({
  file: "secret-key",
  path: `/applications/${principal}`,
  name: context.plan.name(keyOf("secrets", context.region.name, principal, liveSlot(context.plan))),
});

/** Public half of an application's live API key. */
export const accessKey = (context: PlatformContext, principal: PrincipalName): Json =>
  fromFoundation(`accessKeys.${keyOf("identity", "key", principal, liveSlot(context.plan))}`);

/** Name of the Kubernetes Secret that holds an application's API key in a namespace; `secret-sync` keeps it. */
export const credentialsOf = (principal: PrincipalName): string => `credentials-${principal}`;

export const SECRETS_VOLUME = "secrets";
const SECRETS_PATH = "/run/secrets/bastide";
export const secretFile = (file: string): string => `${SECRETS_PATH}/${file}`;

/** Shell that signs in with the API key that is mounted. */
export const LOGIN =
  "export SCW_ACCESS_KEY=$(cat /run/credentials/access-key) SCW_SECRET_KEY=$(cat /run/credentials/secret-key)";

/** The same for clients of object storage. */
export const S3_LOGIN =
  "export AWS_ACCESS_KEY_ID=$(cat /run/credentials/access-key) AWS_SECRET_ACCESS_KEY=$(cat /run/credentials/secret-key)";

/** Shell that prints the newest enabled version of a secret. */
export const readSecret = (ref: SecretRef): string =>
  `scw secret version access-by-path secret-path=${ref.path} secret-name=${ref.name} revision=latest_enabled raw=true`;

/** Volumes of a pod that fetches secrets: memory for their values, and the API key to fetch them with. */
export const secretVolumes = (principal: PrincipalName): readonly Json[] => [
  { name: SECRETS_VOLUME, emptyDir: { medium: "Memory", sizeLimit: "1Mi" } },
  { name: "credentials", secret: { secretName: credentialsOf(principal), defaultMode: 0o440 } },
];

/**
 * The container that fetches secrets before a pod starts: values become files in memory and stand in no manifest, no
 * environment and no Kubernetes Secret. It leaves by the egress proxy and runs Scaleway's own command line.
 */
export const fetchSecrets = (
  context: PlatformContext,
  refs: readonly SecretRef[],
  environment: Readonly<Record<string, string>>,
): ContainerWish => ({
  name: "fetch-secrets",
  image: context.image("scw"),
  command: ["/bin/sh", "-euc"],
  args: [[LOGIN, ...refs.map((ref) => `${readSecret(ref)} > ${secretFile(ref.file)}`)].join("\n")],
  env: {
    ...environment,
    SCW_DEFAULT_REGION: context.region.name,
    SCW_CONFIG_PATH: "/nonexistent",
    SCW_DISABLE_CHECK_VERSION: "true",
  },
  cpu: "50m",
  memory: "128Mi",
  mounts: { [SECRETS_VOLUME]: SECRETS_PATH, credentials: "/run/credentials" },
  writable: [SECRETS_VOLUME],
});

/** Where a main container sees the files. */
export const secretMounts: Readonly<Record<string, string>> = { [SECRETS_VOLUME]: SECRETS_PATH };
