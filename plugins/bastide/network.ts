import { readFileSync } from "node:fs";
import * as http from "node:http";
import * as tls from "node:tls";

type Env = Readonly<Record<string, string | undefined>>;

const PROXY_VARIABLES = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"] as const;

/**
 * Brings Node to heel with the engine's other plug-ins, which are Go: the proxy variables and `SSL_CERT_FILE` count, without
 * a word on the command line. Without this, a run that is meant for the local Scaleway would reach the real one.
 * @throws Error when a proxy is set and this Node cannot follow it.
 */
export function followEnvironment(env: Env): void {
  const proxied = PROXY_VARIABLES.some((name) => (env[name] ?? "") !== "");
  if (proxied && env.NODE_USE_ENV_PROXY !== "1") {
    if (typeof http.setGlobalProxyFromEnv !== "function")
      throw new Error(
        `a proxy is set, but Node ${process.version} cannot follow it; fix: use Node 24.14 or later, or export NODE_USE_ENV_PROXY=1`,
      );
    http.setGlobalProxyFromEnv({ ...env });
  }
  const file = env.SSL_CERT_FILE ?? "";
  if (file !== "") tls.setDefaultCACertificates([...tls.getCACertificates("default"), readFileSync(file, "utf8")]);
}
