import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Finished } from "../harness/clone.ts";
import { goOn, judged, type Outcome } from "./kill.ts";
import { kill, workersOf } from "./processes.ts";
import { query } from "./store.ts";
import { FOUNDATION, type Place, type World } from "./world.ts";

/** Shipped rehearsal: the data lives in the first, the copies in the second. */
const [LOST, OTHER] = ["fr-par", "fr-second"] as const;
const CALLS = [200, 900] as const;

export const regionRuns = () => CALLS.map((call) => ({ name: `whole-lost-region-at-${call}`, call }));

/** What lies in the region that is left, by kind and id, with what it says. Nodes and lists of the platform's own making included. */
const lying = (work: string): ReadonlyMap<string, string> =>
  new Map(
    query(work, `SELECT kind, id, body FROM records WHERE locality LIKE '${OTHER}%' ORDER BY sequence`).map((r) => [
      `${r.kind} ${r.id}`,
      String(r.body),
    ]),
  );

async function withoutRegion(place: Place, command: "up" | "refresh", call: number): Promise<Finished> {
  const file = join(place.work, "loss.json");
  writeFileSync(file, JSON.stringify({ schema: "bastide.faults/1", losses: [{ locality: LOST, from: { call } }] }));
  return await place.run(command, "--stack", FOUNDATION, "--local", "--faults", file);
}

/**
 * A region goes while an `up` works in both, and stays away: the run stops with a clear error; what it had made in the other region is
 * the same thing afterwards. When the region is back the next `up` converges, and makes nothing of it anew. A `refresh` while it is away
 * again says so and loses nothing of the state. (An `up` with nothing to do asks the cloud for nothing, and ends well.)
 */
export async function regionRun({ name, call }: ReturnType<typeof regionRuns>[number], world: World): Promise<Outcome> {
  const started = performance.now();
  const place = world.fresh(name);
  try {
    const broken = await withoutRegion(place, "up", call);
    const clear = broken.code === 3 && /^ +fix: /m.test(broken.output);
    const then = lying(place.work);
    const recovered = await goOn(place);
    const now = lying(place.work);
    const later = await withoutRegion(place, "refresh", 1);
    const after = lying(place.work);
    const touched = [...new Set([...now.keys(), ...after.keys()])].filter((key) => now.get(key) !== after.get(key));
    const anew = [...then.keys()].filter((key) => !now.has(key));
    return {
      name,
      what: `${LOST} lost at call ${call}, ${then.size} records in ${OTHER}`,
      exit: broken.code,
      ups: recovered.ups,
      refused: recovered.refused,
      strays: recovered.strays,
      seconds: Math.round((performance.now() - started) / 1000),
      faults: [
        ...(clear ? [] : [`ended with ${broken.code} and no clear error:\n${broken.output.slice(-1500)}`]),
        ...anew.map((key) => `of the region that was left, gone: ${key}`),
        ...(later.code === 3 ? [] : [`a refresh without the region ended with ${later.code}`]),
        ...touched.map((key) => `of the region that was left, changed by a refresh without the other: ${key}`),
        ...recovered.faults,
        ...(recovered.faults.length > 0
          ? []
          : judged(place, world, `${broken.output}\n${later.output}\n${recovered.output}`)),
      ],
    };
  } finally {
    kill(workersOf(place.work));
    if (process.env.SURVIVAL_KEEP === undefined) place.remove();
  }
}
