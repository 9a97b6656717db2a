import { spawn, spawnSync } from "node:child_process";

/**
 * A network namespace with loopback only: whatever the engine, the provider or the program try, no packet can leave. Where
 * the machine does not allow it the run is only proxied, and the egress ledger says so.
 */
export type Enforcement = "netns" | "proxy";

const MARK = "BASTIDE_NETWORK_NAMESPACE";
const RAISE_LOOPBACK = 'ip link set lo up && exec "$@"';

/** Whether this process is the inner one of `runEnclosed`, with a namespace around it or not. */
export const isInnerRun = (): boolean => process.env[MARK] !== undefined;
export const enforcement = (): Enforcement => (process.env[MARK] === "1" ? "netns" : "proxy");

export const namespaceAllowed = (): boolean =>
  spawnSync("unshare", ["-rn", "sh", "-c", RAISE_LOOPBACK, "sh", "true"], { stdio: "ignore" }).status === 0;

/** Runs this program again with other arguments inside a namespace (or plainly, where not allowed); gives its exit code. */
export function runEnclosed(args: readonly string[], signal: AbortSignal): Promise<number> {
  const self = [process.execPath, ...process.execArgv, process.argv[1] ?? "", ...args];
  const enclosed = namespaceAllowed();
  const [command = "", ...rest] = enclosed ? ["unshare", "-rn", "sh", "-c", RAISE_LOOPBACK, "sh", ...self] : self;
  return new Promise((resolve) => {
    const child = spawn(command, rest, { stdio: "inherit", env: { ...process.env, [MARK]: enclosed ? "1" : "0" } });
    signal.addEventListener("abort", () => child.kill("SIGINT"), { once: true });
    child.on("error", () => resolve(3));
    child.on("exit", (code) => resolve(code ?? 130));
  });
}
