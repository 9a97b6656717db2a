import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Finished } from "../harness/clone.ts";
import { leaks, orphans } from "./compare.ts";
import { goOn, judged, type Outcome } from "./kill.ts";
import { kill, workersOf } from "./processes.ts";
import { held } from "./state.ts";
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

/** What is wrong with how a run without the region ended, if anything is. */
const unclear = ({ code, output }: Finished): readonly string[] =>
  code === 3 && /^ +fix: /m.test(output) ? [] : [`ended with ${code} and no clear error:\n${output.slice(-1500)}`];

const changed = (then: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): readonly string[] =>
  [...new Set([...then.keys(), ...now.keys()])].filter((key) => then.get(key) !== now.get(key));

/**
 * A region goes while an `up` works in both, and stays away: the run stops with a clear error. When the region is back the next `up`
 * converges, and makes nothing anew of what lay in the other one.
 */
export async function regionRun({ name, call }: ReturnType<typeof regionRuns>[number], world: World): Promise<Outcome> {
  const started = performance.now();
  const place = world.fresh(name);
  try {
    const broken = await withoutRegion(place, "up", call);
    const then = lying(place.work);
    const recovered = await goOn(place);
    const now = lying(place.work);
    return {
      name,
      what: `${LOST} lost at call ${call}, ${then.size} records in ${OTHER}`,
      exit: broken.code,
      ups: recovered.ups,
      refused: recovered.refused,
      strays: recovered.strays,
      seconds: Math.round((performance.now() - started) / 1000),
      faults: [
        ...unclear(broken),
        ...[...then.keys()].filter((key) => !now.has(key)).map((key) => `of the region that was left, gone: ${key}`),
        ...recovered.faults,
        ...(recovered.faults.length > 0 ? [] : judged(place, world, `${broken.output}\n${recovered.output}`)),
      ],
    };
  } finally {
    kill(workersOf(place.work));
    if (process.env.SURVIVAL_KEEP === undefined) place.remove();
  }
}

export const LOST_REFRESH = "whole-lost-region-refresh";

const namesAndIds = (work: string): readonly string[] =>
  held(work, FOUNDATION).map(({ urn, id }) => `${urn} ${id ?? ""}`);

/**
 * A `refresh` while a region is away stops with a clear error, loses nothing of the state and touches nothing of the other region; once
 * the region is back it ends well, and there is nothing to do. (A state that was read back says some things in the API's words, so it is
 * not compared with a calm run's; that the next `up` sees no change is.)
 */
export async function regionRefresh(world: World): Promise<Outcome> {
  const started = performance.now();
  const place = world.built(LOST_REFRESH);
  try {
    const [before, had] = [lying(place.work), namesAndIds(place.work)];
    const broken = await withoutRegion(place, "refresh", 1);
    const left = new Set(namesAndIds(place.work));
    const touched = changed(before, lying(place.work));
    const again = await place.run("refresh", "--stack", FOUNDATION, "--local");
    const up = await place.run("up", "--stack", FOUNDATION, "--local");
    const quiet = up.code === 0 && /no change/.test(up.output);
    return {
      name: LOST_REFRESH,
      what: `${LOST} lost for a refresh, ${before.size} records in ${OTHER}`,
      exit: broken.code,
      ups: 1,
      refused: 0,
      strays: 0,
      seconds: Math.round((performance.now() - started) / 1000),
      faults: [
        ...unclear(broken),
        ...had.filter((line) => !left.has(line)).map((line) => `the state lost ${line}`),
        ...touched.map((key) => `of the region that was left, changed: ${key}`),
        ...(again.code === 0
          ? []
          : [`a refresh with the region back ended with ${again.code}:\n${again.output.slice(-1500)}`]),
        ...(quiet ? [] : [`an up after it ended with ${up.code}, or had something to do:\n${up.output.slice(-1500)}`]),
        ...orphans(place.work, world.calm.work).map((line) => `orphan: ${line}`),
        ...leaks(place.work, `${broken.output}\n${again.output}\n${up.output}`).map((file) => `a secret in ${file}`),
      ],
    };
  } finally {
    kill(workersOf(place.work));
    if (process.env.SURVIVAL_KEEP === undefined) place.remove();
  }
}
