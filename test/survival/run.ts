import { join } from "node:path";
import { parseArgs } from "node:util";
import { killRun, type Outcome } from "./kill.ts";
import { LOST_REFRESH, regionRefresh, regionRun, regionRuns } from "./region.ts";
import { publish, publishedResults, type Result, sourcesDigest } from "./results.ts";
import { kills } from "./scenarios.ts";
import { stormRun, stormRuns } from "./storm.ts";
import { teardownRun } from "./teardown.ts";
import { makeWorld, type Size, type World } from "./world.ts";

/**
 * Kills and storms, with the real engine and provider: `npm run survival [-- --seed S] [--only REGEX] [--again]`. A run that was
 * survived under the same sources is not repeated, so it goes on after an interruption; `--again` repeats it. Writes
 * `results.json` and the table of `docs/survival.md`; with `--only ^$` nothing runs and the table is written anew. Exit 1 when something was not survived.
 */
const SMALL_KILLS = 50;
const WHOLE_KILLS = 5;
const TEARDOWNS = 5;
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const home = join(import.meta.dirname, "../../.bastide/survival");

interface Run {
  readonly name: string;
  readonly size: Size;
  readonly carryOut: (world: World) => Promise<Outcome>;
}

const runsOf = (seed: string): readonly Run[] => [
  ...stormRuns(seed, "small").map((s) => ({ name: s.name, size: s.size, carryOut: (w: World) => stormRun(s, w) })),
  ...kills(seed, "small", TEARDOWNS, "-down").map((k) => ({
    name: k.name,
    size: k.size,
    carryOut: (w: World) => teardownRun(k, w),
  })),
  ...regionRuns().map((r) => ({ name: r.name, size: "whole" as const, carryOut: (w: World) => regionRun(r, w) })),
  { name: LOST_REFRESH, size: "whole", carryOut: regionRefresh },
  ...[...kills(seed, "small", SMALL_KILLS), ...kills(seed, "whole", WHOLE_KILLS)].map((k) => ({
    name: k.name,
    size: k.size,
    carryOut: (w: World) => killRun(k, w),
  })),
];

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seed: { type: "string", default: "1" },
      only: { type: "string" },
      again: { type: "boolean", default: false },
    },
  });
  const { seed, only, again } = values;
  const pattern = only === undefined ? undefined : new RegExp(only);
  const all = runsOf(seed);
  const order = all.map((run) => run.name);
  const known = publishedResults();
  const done = new Set(
    again || known?.seed !== seed
      ? []
      : known.outcomes.filter((o) => o.sources === sourcesDigest(o.name) && o.faults.length === 0).map((o) => o.name),
  );
  const chosen = all.filter((run) => (pattern?.test(run.name) ?? true) && !done.has(run.name));
  // Which runs are older than the sources may have changed; results of another seed stay until a run of this one ends.
  if (known?.seed === seed) publish(seed, known.date, [], order);
  say(`${chosen.length} of ${all.length} runs${done.size > 0 ? `; ${done.size} were survived before` : ""}`);
  let failed = 0;
  const worlds = new Map<Size, World>();
  try {
    for (const [index, run] of chosen.entries()) {
      const world = worlds.get(run.size) ?? (await makeWorld(run.size, join(home, run.size), say));
      worlds.set(run.size, world);
      const result: Result = { ...(await run.carryOut(world)), sources: sourcesDigest(run.name) };
      failed += result.faults.length === 0 ? 0 : 1;
      say(
        `${index + 1}/${chosen.length} ${result.faults.length === 0 ? "survived" : "FAILED  "} ${run.name}: ${result.what} (${result.seconds} s)`,
      );
      for (const fault of result.faults) say(`    ${fault}`);
      // One at a time: an interrupted run keeps what it learnt.
      publish(seed, new Date().toISOString().slice(0, 10), [result], order);
    }
  } finally {
    for (const world of worlds.values()) world.clone.remove();
  }
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main();
