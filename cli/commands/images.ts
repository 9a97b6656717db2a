import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { plan } from "../../blueprint/plan.ts";
import { inputError, toolError } from "../../kernel/errors.ts";
import { imageLockFile, readImageLock } from "../../stacks/image-locks.ts";
import { IMAGES } from "../../stacks/images.data.ts";
import { type ImageLock, syntheticLock } from "../../stacks/images.ts";
import { type Environment, environmentNames, loadEnvironment } from "../../stacks/load.ts";
import { good, note, printData, step } from "../console.ts";
import { withCrane } from "../images/crane.ts";
import { type Mirrored, mirrorImages, upstreamSource } from "../images/mirror.ts";
import { syntheticSource } from "../images/synthetic-source.ts";
import { inLocalSession, interruptSignal } from "../session.ts";
import { parseTarget } from "../targets.ts";
import { readyToolchain } from "../toolchain-progress.ts";

interface MirrorOptions {
  readonly stack: string;
  readonly local?: true;
  readonly json?: true;
  readonly acceptMoved: readonly string[];
}

/** Where the images of an environment lie: `host/namespace` of each region. */
const targetsOf = (environment: Environment): readonly string[] =>
  plan(environment).foundation.regions.map(({ region, registry }) => {
    const system = registry.namespaces.find(({ key }) => key.endsWith("-system"));
    return `rg.${region}.scw.cloud/${system?.name ?? ""}`;
  });

interface Work {
  readonly environment: Environment;
  readonly options: MirrorOptions;
  readonly crane: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

async function mirror({ environment, options, crane, env, signal }: Work): Promise<void> {
  const targets = targetsOf(environment);
  if (crane === undefined) throw toolError("the toolchain has no client for image registries");
  const secret = env.SCW_SECRET_KEY;
  if (secret === undefined) throw noKey();
  const file = imageLockFile(environment.name);
  const scratch = mkdtempSync(join(tmpdir(), "bastide-images-"));
  const local = options.local === true;
  try {
    const passwords = Object.fromEntries(targets.map((target) => [target.split("/")[0] ?? "", secret]));
    const result = await step(`images of ${environment.name} into ${targets.length} registries`, (progress) =>
      withCrane({ program: crane, passwords, env, signal }, (client) =>
        mirrorImages(client, local ? syntheticSource(client, scratch) : upstreamSource(client), {
          images: IMAGES,
          targets,
          lock: local ? syntheticLock : readImageLock(file),
          acceptMoved: new Set(options.acceptMoved),
          save: local ? () => undefined : (lock) => writeLock(file, lock),
          progress,
        }),
      ),
    );
    tell(environment, result, local ? undefined : file, options.json === true);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Whole or not at all: an interrupted run leaves the lock of the last image that was done. */
function writeLock(file: string, lock: ImageLock): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(lock, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}

function tell(
  environment: Environment,
  { lock, copied, present }: Mirrored,
  file: string | undefined,
  json: boolean,
): void {
  good(`${lock.images.length} images: ${copied} copied and read back equal, ${present} there already`);
  if (file !== undefined) note(`  locked in ${file}: commit it, the plan of ${environment.name} takes its digests`);
  if (json) printData(JSON.stringify(lock, null, 2));
}

const noKey = (): Error =>
  inputError("no key for the registries", [
    {
      code: "images.no-key",
      path: "SCW_SECRET_KEY",
      got: "not set",
      want: "an API key that may write to the namespaces (ContainerRegistryFullAccess)",
      fix: "set the deployer's, as for `bastide up`",
    },
  ]);

const collect = (value: string, all: readonly string[]): readonly string[] => [...all, value];

/** `images`: what the data platform runs, in the environment's own registries. */
export function registerImages(program: Command): void {
  program
    .command("images")
    .description("the images of the data platform, in the environment's own registries")
    .command("mirror")
    .description("copies every image from upstream by digest, reads it back, and locks it; an interrupted run goes on")
    .requiredOption("--stack <name>", `environment: ${environmentNames.join(", ")}`)
    .option("--local", "fill the local Scaleway's registries with the rehearsal's synthetic images instead")
    .option(
      "--accept-moved <image>",
      "take what upstream calls this version today, in the locked digest's place",
      collect,
      [],
    )
    .option("--json", "the lock as JSON on stdout")
    .action(async (options: MirrorOptions) => {
      const environment = loadEnvironment(parseTarget(options.stack, environmentNames).environment);
      if (options.local === true) {
        await inLocalSession(
          process.argv.slice(2),
          { environment, purposes: ["engine", "images"] },
          async (session) => {
            const { env, signal = interruptSignal() } = session.context;
            await mirror({ environment, options, crane: session.programs.get("crane"), env, signal });
          },
        );
        return;
      }
      const signal = interruptSignal();
      const { programs } = await readyToolchain(signal, ["images"]);
      await mirror({ environment, options, crane: programs.get("crane"), env: process.env, signal });
    });
}
