import { access } from "node:fs/promises";
import { join } from "node:path";
import { cacheFolder, inspectEntry, keysOf } from "./cache.ts";
import { sourceFingerprint } from "./fingerprint.ts";
import { findGo, type Go, usualGoFolders } from "./go.ts";
import { besideOf, type OfficialSearch, searchOfficial } from "./official.ts";
import { type GoPart, goParts, type Purpose } from "./parts.ts";
import { type ScriptPart, scriptParts } from "./script-parts.ts";

/** A Go part on this machine, before anything is built. */
export interface GoPlace {
  readonly part: GoPart;
  /** Folder of our sources. */
  readonly source: string;
  readonly fingerprint: string;
  readonly official: OfficialSearch;
  /** The cached executable, every byte checked. */
  readonly cached?: { readonly path: string; readonly release: string };
  /** Why a cached build can't be used. */
  readonly damage?: string;
}

export interface ScriptPlace {
  readonly part: ScriptPart;
  /** Absolute path of the entry file. */
  readonly entry: string;
  readonly entryExists: boolean;
  readonly official: OfficialSearch;
}

export interface Survey {
  /** The Node that the clone's lock file pins. */
  readonly node: string;
  readonly cache: string;
  readonly go: Go | undefined;
  readonly goPlaces: readonly GoPlace[];
  readonly scriptPlaces: readonly ScriptPlace[];
}

type Env = Readonly<Record<string, string | undefined>>;

/** Looks at PATH and cache for the parts of these purposes; changes nothing. */
export async function survey(
  repoRoot: string,
  env: Env,
  purposes: readonly Purpose[],
  goFolders = usualGoFolders,
): Promise<Survey> {
  const node = join(repoRoot, "node_modules", `node-linux-${process.arch}`, "bin", "node");
  const cache = cacheFolder(env);
  const go = await findGo(env, goFolders);
  const wanted = goParts.filter((part) => purposes.includes(part.purpose));
  const goPlaces = await Promise.all(wanted.map((part) => goPlace(part, repoRoot, cache, go, env)));
  const engine = goPlaces.find((p) => p.part.name === "pulumi")?.official;
  const scriptPlaces = await Promise.all(scriptParts.map((part) => scriptPlace(part, repoRoot, engine, env)));
  return { node, cache, go, goPlaces, scriptPlaces };
}

async function goPlace(part: GoPart, repoRoot: string, cache: string, go: Go | undefined, env: Env): Promise<GoPlace> {
  const official: OfficialSearch =
    part.official === undefined ? { found: "none" } : await searchOfficial(part.name, part.official, env);
  const source = join(repoRoot, "local", "toolchain", "go", part.source);
  const fingerprint = await sourceFingerprint(part, source);
  const place = { part, source, fingerprint, official };
  if (official.found === "fitting") return place;
  let damage: string | undefined;
  for (const release of await releasesToTry(cache, part, fingerprint, go)) {
    const entry = await inspectEntry(cache, { part: part.name, key: `${fingerprint}-${release}` });
    if (entry.state === "whole") return { ...place, cached: { path: join(entry.folder, part.name), release } };
    if (entry.state === "corrupted") damage ??= entry.why;
  }
  return damage === undefined ? place : { ...place, damage };
}

/** The release of the Go at hand; without a fitting one, every release that built these sources before. */
async function releasesToTry(
  cache: string,
  part: GoPart,
  fingerprint: string,
  go: Go | undefined,
): Promise<readonly string[]> {
  if (go?.fits === true) return [go.release];
  const prefix = `${fingerprint}-`;
  return (await keysOf(cache, part.name)).filter((k) => k.startsWith(prefix)).map((k) => k.slice(prefix.length));
}

async function scriptPlace(
  part: ScriptPart,
  repoRoot: string,
  engine: OfficialSearch | undefined,
  env: Env,
): Promise<ScriptPlace> {
  const entry = join(repoRoot, part.entry);
  const entryExists = await access(entry).then(
    () => true,
    () => false,
  );
  return { part, entry, entryExists, official: await officialScript(part, engine, env) };
}

async function officialScript(part: ScriptPart, engine: OfficialSearch | undefined, env: Env): Promise<OfficialSearch> {
  if (part.official === undefined) return { found: "none" };
  if (part.official !== "with-engine") return searchOfficial(part.name, part.official, env);
  if (engine?.found !== "fitting") return { found: "none" };
  const path = await besideOf(engine.path, part.name);
  return path === undefined ? { found: "none" } : { found: "fitting", path, version: engine.version };
}
