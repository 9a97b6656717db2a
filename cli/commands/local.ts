import { isIP } from "node:net";
import { type Command, InvalidArgumentError } from "commander";
import { kubernetesBehind } from "../../local/kubernetes/clusters.ts";
import { restoredTo, savedFrom } from "../../local/kubernetes/saves.ts";
import { resetLocal, runLocal, startLocal, statusLocal, stopLocal } from "../../local/scaleway/commands.ts";
import { orderLocal } from "../../local/scaleway/orders.ts";
import { listSaves, restoreLocal, saveLocal } from "../../local/scaleway/saves.ts";
import { inspectToolchain } from "../../local/toolchain/toolchain.ts";
import { loadEnvironment } from "../../stacks/load.ts";
import { good, note, printData } from "../console.ts";
import { localWorld } from "../local-world.ts";
import { localDataDir, repoRoot } from "../paths.ts";
import { interruptSignal } from "../session.ts";
import { REHEARSAL } from "../start/rehearse.ts";
import { localFaults, registerLocalOrders } from "./local-orders.ts";

interface StartFlags {
  readonly port?: number;
  readonly json?: true;
  readonly foreground?: true;
  readonly faults?: string;
  readonly from?: string;
}

/** A port on the command line. */
export const port = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535) throw new InvalidArgumentError("a port is 0 to 65535");
  return value;
};

const address = (text: string): string => {
  if (isIP(text) === 0) throw new InvalidArgumentError("an IPv4 or IPv6 address");
  return text;
};

/** Secrets of the local owner are told as data, to whoever asks for them; never as progress. */
const told = (env: Readonly<Record<string, string>>, json: boolean): string =>
  json
    ? JSON.stringify({ env }, null, 2)
    : Object.entries(env)
        .map(([name, value]) => `export ${name}=${value}`)
        .join("\n");

/** What holds images and what stands behind clusters, where it was built; nothing is built for the sake of it. */
const builtPrograms = async (): Promise<ReadonlyMap<string, string>> =>
  new Map(
    (await inspectToolchain(repoRoot, { purposes: ["images", "kubernetes"] })).flatMap(({ name, path }) =>
      path === undefined ? [] : [[name, path]],
    ),
  );

async function start(flags: StartFlags): Promise<void> {
  const programs = await builtPrograms();
  const registryProgram = programs.get("registry");
  const clusters = kubernetesBehind(programs);
  const options = {
    dataDir: localDataDir,
    ...localWorld(loadEnvironment(REHEARSAL)),
    ...(registryProgram === undefined ? {} : { registryProgram }),
    ...(flags.from === undefined ? {} : { clientAddress: flags.from }),
    ...(flags.port === undefined ? {} : { port: flags.port }),
    ...(flags.faults === undefined ? {} : { faults: localFaults(flags.faults) }),
  };
  if (flags.foreground === true) {
    await runLocal({
      ...options,
      ...(clusters && { clusters }),
      signal: interruptSignal(),
      onReady: ({ env }) => printData(told(env, flags.json === true)),
    });
    return;
  }
  const started = await startLocal({ ...options, ...(clusters && { kubernetes: programs }) });
  good(`local Scaleway ${started.already ? "runs already" : "started"} on ${started.url} (process ${started.pid})`);
  printData(told(started.env, flags.json === true));
}

function status(flags: { readonly json?: true }): void {
  const running = statusLocal(localDataDir);
  const saves = listSaves(localDataDir);
  if (flags.json === true)
    printData(JSON.stringify({ running: running !== undefined, url: running?.url, pid: running?.pid, saves }));
  else printData(running === undefined ? "stopped" : `runs on ${running.url} (process ${running.pid})`);
}

/** `local`: the local Scaleway as a process of its own. */
export function registerLocal(program: Command): void {
  const local = program
    .command("local")
    .description("the local Scaleway: one process on loopback that any client can be pointed at");
  local
    .command("start")
    .description("starts it detached, and prints the variables that lead to it")
    .option("--port <number>", "port of the proxy (default: a free one)", port)
    .option(
      "--from <address>",
      "public address that calls seem to come from (default: an administrator's of rehearsal)",
      address,
    )
    .option("--faults <file>", "plan of faults (bastide.faults/1), see docs/faults.md")
    .option("--json", 'as {"env": {…}} instead of shell lines')
    .option("--foreground", "stay in front until interrupted")
    .action(start);
  local
    .command("stop")
    .description("stops the one that was started here")
    .option("--quiet", "say nothing when none runs")
    .action(async ({ quiet }: { readonly quiet?: true }) => {
      if (await stopLocal(localDataDir)) good("local Scaleway stopped");
      else if (quiet !== true) note("no local Scaleway runs");
    });
  local.command("status").description("says whether it runs, and where").option("--json", "as JSON").action(status);
  local
    .command("reset")
    .description("forgets everything that it knows; the certificate authority and the saves stay")
    .action(async () => {
      await resetLocal(localDataDir);
      good("local Scaleway reset");
    });
  registerLocalOrders(local);
  local
    .command("save")
    .description("keeps a copy of everything that it knows")
    .argument("<name>", "name of the copy")
    .action(async (name: string) => {
      saveLocal({ dataDir: localDataDir, name, alongside: await savedFrom(localDataDir) });
      good(`saved as ${name}`);
    });
  local
    .command("restore")
    .description("goes back to a copy, running or not")
    .argument("<name>", "name of the copy")
    .action(async (name: string) => {
      if (statusLocal(localDataDir) === undefined)
        restoreLocal({ dataDir: localDataDir, name, alongside: restoredTo(localDataDir) });
      else await orderLocal(localDataDir, { do: "restore", name });
      good(`restored from ${name}`);
    });
}
