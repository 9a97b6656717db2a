import { FaultCollector } from "../../kernel/errors.ts";

export interface Credentials {
  readonly accessKey: string;
  readonly secretKey: string;
  /** Base address of the API, without a trailing slash. */
  readonly apiUrl: string;
}

type Env = Readonly<Record<string, string | undefined>>;

const SECRET_KEY = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * `SCW_ACCESS_KEY`, `SCW_SECRET_KEY` and, if the API is elsewhere, `SCW_API_URL` (default: Scaleway's). Formats are checked
 * here because Scaleway's client prints a malformed secret key in its error.
 * @throws BastideError (exit 2) with every fault; no value is ever in it.
 */
export function readCredentials(env: Env): Credentials {
  const faults = new FaultCollector();
  const accessKey = env.SCW_ACCESS_KEY ?? "";
  const secretKey = env.SCW_SECRET_KEY ?? "";
  const apiUrl = (env.SCW_API_URL ?? "https://api.scaleway.com").replace(/\/+$/, "");
  if (!/^SCW[A-Z0-9]{17}$/i.test(accessKey))
    faults.add({
      code: "plugin.access-key",
      path: "SCW_ACCESS_KEY",
      got: accessKey === "" ? "not set" : "another form (not shown)",
      want: "SCW and 17 letters or digits",
      fix: "export the access key of an IAM application's API key",
    });
  if (!SECRET_KEY.test(secretKey))
    faults.add({
      code: "plugin.secret-key",
      path: "SCW_SECRET_KEY",
      got: secretKey === "" ? "not set" : "another form (not shown)",
      want: "a UUID",
      fix: "export the secret key that was shown when the API key was made",
    });
  if (!/^https?:\/\/[^/@\s]+$/.test(apiUrl))
    faults.add({
      code: "plugin.api-url",
      path: "SCW_API_URL",
      got: "another form (not shown)",
      want: "https://HOST, without path or credentials",
      fix: "unset it to reach Scaleway's own API",
    });
  faults.throwIfAny("the bastide plug-in cannot sign its calls to Scaleway");
  return { accessKey, secretKey, apiUrl };
}
