import type { Resource } from "../../../../judge/facts/observed.ts";
import type { PackageFacts } from "../../../../judge/facts/program.ts";
import { UNKNOWN } from "../../../../judge/facts/raw.ts";
import { fail, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";

const SHOWN = 20;

function judgePackages({ lockFile, ranges, withoutChecksum }: PackageFacts): readonly Result[] {
  const about = (property: string, want: string) => ({ subject: "stack", property, want });
  const none = (property: string, want: string, found: readonly string[]): Result =>
    found.length === 0 ? pass(about(property, want), "none") : fail(about(property, want), found.slice(0, SHOWN));
  return [
    lockFile === null
      ? fail(about("packages.lockFile", "a lock file"), null)
      : pass(about("packages.lockFile", "a lock file"), lockFile),
    none("packages.ranges", "no package by a range", ranges),
    none("packages.withoutChecksum", "no package without checksum", withoutChecksum),
  ];
}

/** Helm charts: fetched at run time, so only a written version says which one. */
const isChart = (r: Resource): boolean => /^kubernetes:helm\.sh\/v\d+:(Release|Chart)$/.test(r.type);

function judgeChart({ urn, raw }: Resource): Result {
  const about = { subject: urn, property: "version", want: "one version, written out" };
  const version = raw.inputs.version;
  if (version === UNKNOWN) {
    return undecided(about, { property: "version", suppliers: raw.propertyDependencies.version ?? [] });
  }
  return typeof version === "string" && /^v?\d+\.\d+\.\d+([-+][\w.]+)?$/.test(version)
    ? pass(about, version)
    : fail(about, typeof version === "string" ? version : null);
}

export const packagesArePinned = rule({
  id: "SUP-02",
  title: "packages and charts are pinned to one version and its checksum",
  severity: "medium",
  enforcement: "mandatory",
  waivable: true,
  controls: ["NIS2:21.2.d", "NIS2:21.2.e", "IR:6.1.2.c", "SNC:8.1.b", "SNC:14.2.c", "ISO:A.5.21"],
  rationale:
    "A range lets somebody else decide tomorrow what runs with the deployer's rights; a package without a checksum may be another one " +
    "under the same name.",
  remedy: "Write exact versions, commit the lock file with its checksums, and give each chart a version.",
  needs: ["packages"],
  judge: ({ program, resources }) => [
    ...(program.packages === undefined ? [] : judgePackages(program.packages)),
    ...resources.filter(isChart).map(judgeChart),
  ],
});
