import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { sourceBuilder } from "./build.ts";
import { obtainEntry } from "./cache.ts";
import { clonePaths, engineEnvironment } from "./environment.ts";
import type { Report } from "./events.ts";
import { type Go, goMissing } from "./go.ts";
import { type Launcher, writeLaunchers } from "./launchers.ts";
import { PURPOSES, type Purpose } from "./parts.ts";
import { type PartStatus, statusOf } from "./status.ts";
import { type GoPlace, type Survey, survey } from "./survey.ts";

export interface Toolchain {
  /** Folder of the clone that holds one launcher a part; first on PATH for the engine. */
  readonly binDir: string;
  /** The engine's command line. */
  readonly pulumi: string;
  readonly parts: readonly PartStatus[];
  /** Executables of the Go parts, by name; those of the local Kubernetes are here alone, not in `binDir`. */
  readonly programs: ReadonlyMap<string, string>;
  /** Variables for every engine run, to lay over its environment; `undefined` removes one. */
  readonly env: () => Record<string, string | undefined>;
}

export interface InspectOptions {
  /** The user's environment; that of this process. */
  readonly outer?: Readonly<Record<string, string | undefined>> | undefined;
  /** Where Go is looked for after PATH; the folders of its usual installers. */
  readonly goFolders?: readonly string[] | undefined;
  /** What the parts are needed for; those of other purposes are neither looked at nor built. */
  readonly purposes?: readonly Purpose[] | undefined;
}

export interface EnsureOptions extends InspectOptions {
  readonly repoRoot: string;
  readonly progress: Report;
  /** Stops a build or a wait; what is half-made goes away. */
  readonly signal?: AbortSignal | undefined;
  /** Folder for launchers and the engine's home; `.bastide` of the clone. */
  readonly workDir?: string | undefined;
}

/**
 * Brings the parts together that an engine run needs, or those of the named purposes, building what is neither on PATH nor in
 * the cache: minutes the first time on a machine, about half a second later (the digests of 200 MB).
 * @throws BastideError (exit 3) that names what is missing and how to get it; the reason of an aborted signal.
 */
export async function ensureToolchain(options: EnsureOptions): Promise<Toolchain> {
  const env = options.outer ?? process.env;
  const look = (): Promise<Survey> => survey(options.repoRoot, env, options.purposes ?? ["engine"], options.goFolders);
  let found = await look();
  for (const { part, official } of [...found.goPlaces, ...found.scriptPlaces])
    if (official.found === "unfit")
      options.progress({ kind: "passed-over", part: part.name, path: official.path, why: official.why });
  const absent = found.goPlaces.filter((p) => p.official.found !== "fitting" && p.cached === undefined);
  if (absent.length > 0) {
    const { go } = found;
    if (go?.fits !== true)
      throw goMissing(
        go,
        absent.map((p) => p.part.name),
      );
    for (const place of absent) await build(place, found, go, options);
    found = await look();
  }
  for (const { part, official, entryExists } of found.scriptPlaces)
    if (official.found !== "fitting" && !entryExists)
      options.progress({ kind: "missing", part: part.name, entry: part.entry });
  const paths = clonePaths(options.workDir ?? join(options.repoRoot, ".bastide"));
  await mkdir(paths.pulumiHome, { recursive: true });
  await writeLaunchers(paths.binDir, launchers(found, options.repoRoot));
  const { outer } = options;
  return {
    binDir: paths.binDir,
    pulumi: join(paths.binDir, "pulumi"),
    parts: statusOf(found),
    programs: programs(found),
    env: () => engineEnvironment(paths, outer ?? process.env),
  };
}

/** What `ensureToolchain` would find and build for every purpose, or the named ones, without building or writing anything. */
export async function inspectToolchain(repoRoot: string, options: InspectOptions = {}): Promise<readonly PartStatus[]> {
  const { outer = process.env, purposes = PURPOSES, goFolders } = options;
  return statusOf(await survey(repoRoot, outer, purposes, goFolders));
}

async function build(place: GoPlace, found: Survey, go: Go, options: EnsureOptions): Promise<void> {
  const { progress: report, signal } = options;
  const name = { part: place.part.name, key: `${place.fingerprint}-${go.release}` };
  const builder = sourceBuilder(place.part, place.source, { go, env: options.outer ?? process.env, report, signal });
  await obtainEntry(found.cache, name, builder, { report, signal });
}

const executableOf = ({ official, cached }: GoPlace): string | undefined =>
  official.found === "fitting" ? official.path : cached?.path;

const programs = (found: Survey): ReadonlyMap<string, string> =>
  new Map(
    found.goPlaces.flatMap((place) => {
      const path = executableOf(place);
      return path === undefined ? [] : [[place.part.name, path] as const];
    }),
  );

/** What the kubeconfigs of the platform's providers call for a token. */
const CREDENTIAL = { name: "bastide-kube-credential", entry: join("cli", "kube-credential.ts") } as const;

/** One launcher for each part of the engine's, and the pinned Node: launchers of official plug-ins call whatever `node` stands first on PATH. */
function launchers(found: Survey, repoRoot: string): ReadonlyMap<string, Launcher> {
  const wanted = new Map<string, Launcher>([
    ["node", { kind: "link", target: found.node }],
    [CREDENTIAL.name, { kind: "script", node: found.node, entry: join(repoRoot, CREDENTIAL.entry) }],
  ]);
  for (const place of found.goPlaces) {
    const target = executableOf(place);
    if (target !== undefined && place.part.purpose === "engine") wanted.set(place.part.name, { kind: "link", target });
  }
  for (const { part, official, entry } of found.scriptPlaces) {
    wanted.set(
      part.name,
      official.found === "fitting"
        ? { kind: "link", target: official.path }
        : { kind: "script", node: found.node, entry },
    );
  }
  return wanted;
}
