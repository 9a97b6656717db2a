import type { OfficialSearch } from "./official.ts";
import type { GoPlace, ScriptPlace, Survey } from "./survey.ts";
import { versions } from "./versions.ts";

/**
 * Where a part comes from: somebody's binary on PATH, our build of published sources, a TypeScript plug-in of this
 * repository in an official one's place (`stand-in`) or without an official counterpart (`first-party`), the locked npm
 * package (`pinned`), or nowhere yet (`to-build`, `missing`).
 */
export type Origin = "official" | "built" | "stand-in" | "first-party" | "pinned" | "to-build" | "missing";

/** One part as it is on this machine. */
export interface PartStatus {
  readonly name: string;
  readonly origin: Origin;
  /** What it is or will be; for a missing tool, what is wanted. */
  readonly version: string;
  /** Why a run needs it. */
  readonly why: string;
  readonly path?: string;
  /** What is wrong, or why something on PATH is not used. */
  readonly note?: string;
}

/** Everything a run needs, tools for building included, in a stable order. */
export const statusOf = (found: Survey): readonly PartStatus[] => [
  nodeStatus(found),
  goStatus(found),
  ...found.goPlaces.map(goPartStatus),
  ...found.scriptPlaces.map(scriptStatus),
];

/** Whether a run can start without building: nothing is missing or still to be built. */
export const isComplete = (parts: readonly PartStatus[]): boolean =>
  parts.every((p) => p.name === "go" || (p.origin !== "missing" && p.origin !== "to-build"));

/** Whether a run can start, building first what is not there. */
export const isUsable = (parts: readonly PartStatus[]): boolean => {
  const canBuild = parts.some((p) => p.name === "go" && p.origin !== "missing");
  return parts.every((p) => p.name === "go" || (p.origin !== "missing" && (p.origin !== "to-build" || canBuild)));
};

const nodeStatus = ({ node }: Survey): PartStatus => ({
  name: "node",
  origin: "pinned",
  version: process.versions.node,
  why: "runs the program, the packs and our plug-ins as TypeScript",
  path: node,
});

function goStatus({ go, goPlaces }: Survey): PartStatus {
  const why = "builds the engine and the provider from source";
  const needed = goPlaces.some((p) => p.official.found !== "fitting" && p.cached === undefined);
  const want = `>= ${versions.go}`;
  if (go === undefined) {
    const note = needed ? "not on PATH, and needed" : "not on PATH; not needed, everything is built";
    return { name: "go", origin: "missing", version: want, why, note };
  }
  const base = { name: "go", version: go.release, why, path: go.path } as const;
  return go.fits ? { ...base, origin: "official" } : { ...base, origin: "missing", note: `too old, wanted ${want}` };
}

const passedOver = (official: OfficialSearch): { readonly note?: string } =>
  official.found === "unfit" ? { note: `${official.path} is not used: ${official.why}` } : {};

function goPartStatus({ part, official, cached, damage }: GoPlace): PartStatus {
  const base = { name: part.name, why: part.why, version: part.version };
  if (official.found === "fitting")
    return { ...base, origin: "official", version: official.version, path: official.path };
  if (cached !== undefined) return { ...base, origin: "built", path: cached.path, ...passedOver(official) };
  const note =
    damage === undefined
      ? passedOver(official)
      : { note: `the cached build is damaged and will be replaced: ${damage}` };
  return { ...base, origin: "to-build", ...note };
}

function scriptStatus({ part, official, entry, entryExists }: ScriptPlace): PartStatus {
  if (official.found === "fitting")
    return { name: part.name, origin: "official", version: official.version, why: part.why, path: official.path };
  const base = { name: part.name, version: "of this repository", why: part.why };
  return entryExists
    ? { ...base, origin: part.kind, path: entry, ...passedOver(official) }
    : { ...base, origin: "missing", note: `${part.entry} is not there` };
}
