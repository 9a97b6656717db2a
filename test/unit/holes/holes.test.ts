import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { judgeFiles } from "../../../cli/commands/judge.ts";
import { exitCodeOf } from "../../../cli/judge/verdict-of.ts";
import type { RawEstate } from "../../../judge/facts/raw.ts";
import type { Finding } from "../../../judge/kit/verdict.ts";
import type { Report } from "../../../judge/reports/report.ts";
import { gatedRehearsal } from "../../harness/gated.ts";
import { stateFilesOf } from "../../harness/state-file.ts";
import { applied } from "./applied.ts";
import type { Hole, Holes } from "./hole.ts";
import { IDENTITY_HOLES } from "./identity.data.ts";
import { NETWORK_HOLES } from "./network.data.ts";
import { PLACE_HOLES } from "./places.data.ts";
import { SOUND } from "./sound.data.ts";
import { World } from "./world.ts";

/** Holes of two and three hops in the shipped rehearsal, as exports of its stacks, through the function behind `bastide judge`. */
let base: RawEstate;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "bastide-holes-"));
  base = applied(await gatedRehearsal());
}, 150_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function judged(make: (w: World) => void): Promise<{ readonly report: Report; readonly world: World }> {
  const world = new World(base);
  make(world);
  const files = stateFilesOf(world.estate).map((text, i) => {
    const file = join(folder, `${i}.json`);
    writeFileSync(file, text);
    return file;
  });
  return { report: await judgeFiles(files, {}), world };
}

const isOpen = (f: Finding): boolean => f.outcome === "fail" || f.outcome === "undecided";
const nameOf = (urn: string): string => urn.split("::").at(-1) ?? urn;

/** What opened each hop of a finding's witness. */
function wayOf({ got }: Finding): readonly string[] {
  const way: unknown = typeof got === "object" && got !== null && "way" in got ? got.way : [];
  return Array.isArray(way)
    ? way.map((hop: { by: string; property: string }) => `${nameOf(hop.by)}.${hop.property}`)
    : [];
}

const tables: readonly (readonly [string, Holes])[] = [
  ["networks", NETWORK_HOLES],
  ["identities", IDENTITY_HOLES],
  ["places", PLACE_HOLES],
];

it("passes as it is, so that the refusals below mean something", async () => {
  const { report } = await judged(() => undefined);
  expect(report.verdict.findings.filter((f) => isOpen(f) && f.enforcement === "mandatory")).toEqual([]);
  expect(exitCodeOf(report)).toBe(0);
});

describe.each(tables)("holes of %s", (_, holes) => {
  const cases = Object.entries(holes).flatMap(([rule, list]) =>
    (list ?? []).map((hole): [string, string, Hole] => [rule, hole.name, hole]),
  );
  it.each(cases)("%s: %s", async (rule, _name, { make, on, way, outcome = "fail" }) => {
    const { report, world } = await judged(make);
    expect(exitCodeOf(report)).toBe(1);
    const found = report.verdict.findings.find((f) => f.rule === rule && f.subject === world.find(on).urn && isOpen(f));
    expect(found?.outcome).toBe(outcome);
    if (outcome === "fail") expect(found === undefined ? [] : wayOf(found)).toEqual(way);
    else expect(found?.path.map(nameOf)).toEqual(expect.arrayContaining([...way]));
  });
});

/** Checks that follow ways through the whole estate. */
const GRAPH_RULES: ReadonlySet<string> = new Set(["G1", "G2", "G4", "G5", "G8", "G9", "G13", "DR-03"]);

describe("what looks open and is not", () => {
  it.each(SOUND.map((s) => [s.name, s] as const))("%s", async (_, { make, passes }) => {
    const { report } = await judged(make);
    const open = report.verdict.findings.filter((f) => isOpen(f) && f.enforcement === "mandatory");
    expect(open.filter((f) => GRAPH_RULES.has(f.rule))).toEqual([]);
    if (passes) expect(open.map((f) => [f.rule, nameOf(f.subject), f.property])).toEqual([]);
  });
});
