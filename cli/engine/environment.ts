import { sortedUnique } from "../../kernel/order.ts";

/**
 * The environment of the engine and its children. In this provider variables overrule code (scaleway.md §5), so nothing is
 * inherited but a short list; what was dropped and would have changed the run is told to the user.
 */
export interface RunEnvironment {
  readonly variables: Readonly<Record<string, string>>;
  /** Names (never values) of variables that were set and were kept away from the run. */
  readonly neutralised: readonly string[];
}

const NEEDED = /^(HOME|USER|LOGNAME|LANG|LC_[A-Z]+|TERM|TMPDIR|TZ|NO_COLOR|CI|XDG_[A-Z_]+|BASTIDE_CACHE)$/;
/** On a real account also: the credentials, the way to the network, the state backend and its secrets provider. */
const REAL =
  /^(SCW_ACCESS_KEY|SCW_SECRET_KEY|SCW_DEFAULT_ORGANIZATION_ID|https?_proxy|no_proxy|HTTPS?_PROXY|NO_PROXY|SSL_CERT_(FILE|DIR)|NODE_EXTRA_CA_CERTS|PULUMI_(BACKEND_URL|CONFIG_PASSPHRASE(_FILE)?)|VAULT_[A-Z_]+|AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|REGION))$/;
/** Would change what the engine or the provider does. */
const STALE =
  /^(SCW_|SCALEWAY_|AWS_|PULUMI_|TF_|SSL_CERT_|NODE_OPTIONS$|NODE_EXTRA_CA_CERTS$|GRPC_)|_CA_BUNDLE$|^(https?|all|no)_proxy$/i;

/** @param added wins over everything; a run is `real` when it reaches an account. */
export function runEnvironment(
  outer: Readonly<Record<string, string | undefined>>,
  added: Readonly<Record<string, string | undefined>>,
  kind: "local" | "real",
): RunEnvironment {
  const keep = (name: string): boolean => NEEDED.test(name) || (kind === "real" && REAL.test(name));
  const set = Object.entries(outer).filter((e): e is [string, string] => e[1] !== undefined && e[1] !== "");
  const variables = Object.fromEntries([
    ...set.filter(([name]) => keep(name)),
    ...Object.entries(added).filter((e): e is [string, string] => e[1] !== undefined),
  ]);
  const neutralised = set.filter(([name]) => !keep(name) && STALE.test(name)).map(([name]) => name);
  return { variables, neutralised: sortedUnique(neutralised) };
}
