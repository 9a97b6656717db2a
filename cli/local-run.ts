import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { kubernetesBehind } from "../local/kubernetes/clusters.ts";
import type { FaultPlan } from "../local/scaleway/faults/plan.ts";
import { startLocalScaleway } from "../local/scaleway/server.ts";
import type { Toolchain } from "../local/toolchain/toolchain.ts";
import { note, warn } from "./console.ts";
import { runEnvironment } from "./engine/environment.ts";
import type { EngineContext } from "./engine/stack.ts";
import type { LocalWorld } from "./local-world.ts";
import { localDataDir, statePath, workDir } from "./paths.ts";

type LocalScaleway = Awaited<ReturnType<typeof startLocalScaleway>>;

/** The local Scaleway, and an engine context whose whole environment leads to it. */
export interface LocalRun {
  readonly context: EngineContext;
  readonly local: LocalScaleway;
  readonly stateDir: string;
  stop(): Promise<void>;
}

export interface LocalOptions extends LocalWorld {
  /** Faults on demand. Default: none. */
  readonly faults?: FaultPlan | undefined;
  readonly signal: AbortSignal;
}

export async function openLocalRun(toolchain: Toolchain, options: LocalOptions): Promise<LocalRun> {
  const { extraRegions, clientAddress, faults } = options;
  const registryProgram = toolchain.programs.get("registry");
  const clusters = kubernetesBehind(toolchain.programs);
  const local = await startLocalScaleway({
    dataDir: localDataDir,
    extraRegions,
    clientAddress,
    ...(registryProgram && { registryProgram }),
    ...(clusters && { clusters }),
    ...(faults && { faults }),
  });
  setAsideForeignState(local.instanceId);
  return {
    context: localVariables(toolchain, local.env, options.signal),
    local,
    stateDir: statePath,
    stop: () => local.stop(),
  };
}

/** An engine context whose whole environment leads to a local Scaleway. @param localEnv variables that point a client at it. */
export function localVariables(
  toolchain: Toolchain,
  localEnv: Readonly<Record<string, string>>,
  signal: AbortSignal,
): EngineContext {
  const { variables, neutralised } = runEnvironment(
    process.env,
    {
      ...toolchain.env(),
      ...localEnv,
      // Every resource names its project: a default would hide one that forgot.
      SCW_DEFAULT_PROJECT_ID: undefined,
      PULUMI_BACKEND_URL: pathToFileURL(statePath).href,
      PULUMI_CONFIG_PASSPHRASE_FILE: passphraseFile(),
    },
    "local",
  );
  if (neutralised.length > 0) note(`  set in your environment, kept away from the run: ${neutralised.join(", ")}`);
  return { pulumi: toolchain.pulumi, env: variables, configDir: join(workDir, "settings"), signal };
}

/** Made once, readable by the owner only; it encrypts the secrets of local stacks. */
function passphraseFile(): string {
  const file = join(workDir, "passphrase");
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString("base64url"), { mode: 0o600, flag: "wx" });
  return file;
}

/** Stacks describe one local Scaleway; after a reset they would describe nothing, so they go with it. */
function setAsideForeignState(instanceId: string): void {
  mkdirSync(statePath, { recursive: true });
  const stamp = join(statePath, "instance");
  const described = existsSync(stamp) ? readFileSync(stamp, "utf8") : undefined;
  if (described !== undefined && described !== instanceId) {
    warn("the local Scaleway was reset since the last run: its stacks are dropped");
    rmSync(statePath, { recursive: true, force: true });
    rmSync(join(workDir, "settings"), { recursive: true, force: true });
    mkdirSync(statePath, { recursive: true });
  }
  writeFileSync(stamp, instanceId);
}
