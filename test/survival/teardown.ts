import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Finished } from "../harness/clone.ts";
import { canariesOf, leaks, teardownDifferences } from "./compare.ts";
import { momentOf, type Outcome, strike } from "./kill.ts";
import { commandOf, kill, workersOf } from "./processes.ts";
import type { Kill } from "./scenarios.ts";
import { ledgerCalls } from "./store.ts";
import { FOUNDATION, type Place, type World } from "./world.ts";

const DOWN = ["destroy", "--stack", FOUNDATION, "--local"] as const;
const TRIES = 4;

/** A destroy with a consent that names all that it asks to be named. */
async function consented(place: Place): Promise<readonly string[]> {
  const refused = await place.run(...DOWN);
  const destroy = [...refused.output.matchAll(/^ {2}(urn:\S+) {2}\[destroy\.no-consent\]/gm)].map((m) => m[1] ?? "");
  if (refused.code !== 1 || destroy.length === 0)
    throw new Error(`a destroy without consent ended with ${refused.code}:\n${refused.output}`);
  const file = join(place.work, "consent.json");
  writeFileSync(
    file,
    JSON.stringify({
      schema: "bastide.consent/1",
      destroy,
      owner: "survival",
      reason: "end of the rehearsal",
      expires: "2099-01-01T00:00:00Z",
    }),
  );
  return [...DOWN, "--consent", file];
}

interface Calm {
  readonly place: Place;
  readonly calls: World["calls"];
}
const calmOnes = new Map<World, Calm>();

/** How a calm teardown of this world ends; made once. */
async function calmTeardown(world: World): Promise<Calm> {
  const known = calmOnes.get(world);
  if (known !== undefined) return known;
  const place = world.built("calm-teardown");
  const command = await consented(place);
  const first = ledgerCalls(place.work);
  const { code, output } = await place.run(...command);
  if (code !== 0) throw new Error(`the calm teardown ended with ${code}:\n${output}`);
  const calm = { place, calls: { first, last: ledgerCalls(place.work) } };
  calmOnes.set(world, calm);
  return calm;
}

/** Kills somebody in the middle of a `destroy`, and has it run again, as an operator would: nothing may stay that a calm one removes. */
export async function teardownRun(plan: Kill, world: World): Promise<Outcome> {
  const started = performance.now();
  const calm = await calmTeardown(world);
  const place = world.built(plan.name);
  try {
    const command = await consented(place);
    const secrets = canariesOf(place.work);
    const before = ledgerCalls(place.work);
    const running = place.start(...command);
    // Both are built from the same calm run: the calls before it are the same ones.
    const shift = before - calm.calls.first;
    const calls = await strike(running, place, { ...plan, moment: momentOf(plan.share, calm.calls) + shift });
    const broken = await running.finished;
    const runs: Finished[] = [];
    while (runs.at(-1)?.code !== 0 && runs.length < TRIES) runs.push(await place.run(...command));
    const last = runs.at(-1);
    const output = [broken, ...runs].map((r) => r.output).join("\n");
    const left = workersOf(place.work);
    return {
      name: plan.name,
      what: `${plan.victim} killed at call ${(calls ?? 0) - before} of ${calm.calls.last - calm.calls.first} of a destroy`,
      exit: broken.code,
      ups: runs.length,
      refused: 0,
      strays: 0,
      seconds: Math.round((performance.now() - started) / 1000),
      faults: [
        ...(calls === undefined ? ["the run ended before it could be killed"] : []),
        ...(last?.code === 0
          ? teardownDifferences(place.work, calm.place.work)
          : [`destroy does not end well in ${TRIES} runs:\n${last?.output.slice(-2500)}`]),
        ...leaks(place.work, output, secrets).map((file) => `a secret in ${file}`),
        ...left.map((pid) => `still at work: ${commandOf(pid)}`),
      ],
    };
  } finally {
    kill(workersOf(place.work));
    if (process.env.SURVIVAL_KEEP === undefined) place.remove();
  }
}
