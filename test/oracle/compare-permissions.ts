import { estateOf } from "../../judge/facts/estate.ts";
import type { RawResource } from "../../judge/facts/raw.ts";
import { rightsOf } from "../../judge/graph/rights.ts";
import { PermissionWalker } from "./permission-walker.ts";

/** Rows that only one of the two has: `graph misses granted urn read urn`. */
export function permissionDifferences(
  resources: readonly RawResource[],
  options: { readonly invents: boolean },
): readonly string[] {
  const rights = rightsOf(estateOf("state", resources), "2026-11-24T00:00:00Z");
  const walker = new PermissionWalker(resources);
  const answers = walker.answers();
  const rows = (how: (name: string) => boolean): ReadonlySet<string> =>
    new Set(rights.filter((r) => r.right !== "export" && how(r.how)).map((r) => `${r.principal} ${r.right} ${r.on}`));
  const exported = new Set(rights.filter((r) => r.right === "export").map((r) => `${r.principal} ${r.on}`));
  const pairs: readonly (readonly [string, ReadonlySet<string>, ReadonlySet<string>])[] = [
    ["granted", rows((how) => how === "granted"), answers.granted],
    ["borrowed", rows((how) => how !== "granted"), answers.borrowed],
    ["export", exported, walker.exports(answers)],
  ];
  return pairs.flatMap(([what, graph, walked]) => [
    ...[...walked].filter((row) => !graph.has(row)).map((row) => `graph misses ${what} ${row}`),
    ...(options.invents
      ? [...graph].filter((row) => !walked.has(row)).map((row) => `graph invents ${what} ${row}`)
      : []),
  ]);
}
