import { once } from "node:events";
import type { Command } from "commander";
import { inputError } from "../../kernel/errors.ts";
import { findRunning } from "../../local/scaleway/running.ts";
import { environmentNames, loadEnvironment } from "../../stacks/load.ts";
import { good, note, printData } from "../console.ts";
import { tunnelFor } from "../engine/platform.ts";
import type { EngineContext } from "../engine/stack.ts";
import { localVariables } from "../local-run.ts";
import { localDataDir } from "../paths.ts";
import { interruptSignal, realContext } from "../session.ts";
import { parseTarget } from "../targets.ts";
import { readyToolchain } from "../toolchain-progress.ts";
import { port } from "./local.ts";

interface TunnelFlags {
  readonly stack: string;
  readonly local?: true;
  readonly port?: number;
  readonly json?: true;
}

/** Leads to the local Scaleway that runs detached. @throws BastideError exit 2 where none does. */
async function localContext(signal: AbortSignal): Promise<EngineContext> {
  const running = findRunning(localDataDir);
  if (running === undefined) {
    throw inputError("there is nothing to open a tunnel to", [
      {
        code: "tunnel.no-local",
        path: "--local",
        got: "no local Scaleway that runs",
        want: "one that `bastide local start` started",
        fix: "`bastide toolchain build`, then `bastide local start`",
      },
    ]);
  }
  return localVariables(await readyToolchain(signal), running.env, signal);
}

async function tunnel(flags: TunnelFlags): Promise<void> {
  const { environment } = parseTarget(flags.stack, environmentNames);
  const local = flags.local === true;
  const signal = interruptSignal();
  const context = local ? await localContext(signal) : await realContext(signal);
  const open = await tunnelFor(loadEnvironment(environment), context, local, flags.port);
  try {
    await open.enter();
    good(`the tunnel to the clusters of ${environment} is open; it closes with this command (Ctrl-C)`);
    const env = { HTTPS_PROXY: open.url };
    printData(flags.json === true ? JSON.stringify({ env }, null, 2) : `export HTTPS_PROXY=${open.url}`);
    if (!signal.aborted) await once(signal, "abort");
    note("closed");
  } finally {
    await open.close();
  }
}

/** `tunnel`: the way to the clusters' API servers, through the SSH bastion of each region. */
export function registerTunnel(program: Command): void {
  program
    .command("tunnel")
    .description("the way to the clusters' API servers, through the SSH bastion of each region; open until interrupted")
    .requiredOption("--stack <name>", `environment (${environmentNames.join(", ")}) whose foundation is applied`)
    .option("--local", "to the clusters of the local Scaleway that `bastide local start` started")
    .option("--port <number>", "port on loopback (default: a free one)", port)
    .option("--json", 'prints {"env": {"HTTPS_PROXY": …}} instead of a shell line')
    .addHelpText(
      "after",
      `
Other clients take the same way, under the clusters' own names:
  bastide tunnel --stack paris        # BASTIDE_SSH_KEY names the private key; an SSH agent serves too
  HTTPS_PROXY=http://127.0.0.1:PORT kubectl get pods --all-namespaces`,
    )
    .action((flags: TunnelFlags) => tunnel(flags));
}
