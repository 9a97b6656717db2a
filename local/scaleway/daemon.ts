import { rmSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { BastideError } from "../../kernel/errors.ts";
import { kubernetesBehind } from "../kubernetes/clusters.ts";
import { parseRegion } from "./local-region.ts";
import { runningFile } from "./running.ts";
import { startLocalScaleway } from "./server.ts";

/**
 * The local Scaleway as a process of its own. Tells its parent, over the channel that `fork` opened, that it is ready (with
 * the variables that lead to it) or why it could not start; then serves until SIGTERM or SIGINT.
 */
export type DaemonWord =
  | { readonly word: "ready"; readonly url: string; readonly env: Readonly<Record<string, string>> }
  | { readonly word: "failed"; readonly message: string };

const tell = (word: DaemonWord): Promise<void> =>
  new Promise((resolve) => {
    if (process.send === undefined) resolve();
    else process.send(word, () => resolve());
  });

const { values } = parseArgs({
  options: {
    "data-dir": { type: "string", default: "" },
    port: { type: "string", default: "0" },
    from: { type: "string" },
    registry: { type: "string" },
    /** `NAME=FILE`: a program of Kubernetes' control plane. */
    kubernetes: { type: "string", multiple: true, default: [] },
    region: { type: "string", multiple: true, default: [] },
  },
});
const dataDir = values["data-dir"];

const programs = new Map(
  values.kubernetes.map((text) => [text.slice(0, text.indexOf("=")), text.slice(text.indexOf("=") + 1)]),
);
const clusters = kubernetesBehind(programs);

try {
  const local = await startLocalScaleway({
    dataDir,
    port: Number(values.port),
    extraRegions: values.region.map(parseRegion),
    ...(values.from === undefined ? {} : { clientAddress: values.from }),
    ...(values.registry === undefined ? {} : { registryProgram: values.registry }),
    ...(clusters && { clusters }),
  });
  writeFileSync(runningFile(dataDir), JSON.stringify({ pid: process.pid, url: local.url, env: local.env }), {
    mode: 0o600,
  });
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    rmSync(runningFile(dataDir), { force: true });
    void local.stop().then(() => process.exit(0));
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
  await tell({ word: "ready", url: local.url, env: local.env });
  // The parent may go; its terminal with it.
  if (process.connected) process.disconnect();
} catch (error) {
  await tell({ word: "failed", message: error instanceof BastideError ? error.message : String(error) });
  process.exit(3);
}
