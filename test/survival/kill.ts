import { setTimeout } from "node:timers/promises";
import type { Finished, Running } from "../harness/clone.ts";
import { leaks, orphans, stateDifferences } from "./compare.ts";
import { commandOf, kill, victimsOf, workersOf } from "./processes.ts";
import type { Kill } from "./scenarios.ts";
import { watchCalls } from "./store.ts";
import { FOUNDATION, type Place, type World } from "./world.ts";

/** What became of one run that was disturbed. */
export interface Outcome {
  readonly name: string;
  readonly what: string;
  /** How the disturbed run ended. */
  readonly exit: number | null;
  /** Further runs of `up` until one ended well; those that were refused because the killed run's engine still worked are apart. */
  readonly ups: number;
  readonly refused: number;
  /** What `strays` named, and had removed. */
  readonly strays: number;
  readonly seconds: number;
  /** Empty when it was survived. */
  readonly faults: readonly string[];
}

const UP = ["up", "--stack", FOUNDATION, "--local"] as const;
/** An engine that outlived its run gives up when its own calls have been refused often enough. */
const PATIENCE_MS = 180_000;
const UPS = 3;

/** Kills once so many calls were answered; gives how many there were, or undefined when the run ended before. */
export async function strike(
  running: Running,
  place: Place,
  { victim, delayMs, moment }: Pick<Kill, "victim" | "delayMs"> & { readonly moment: number },
): Promise<number | undefined> {
  const watch = watchCalls(place.work);
  let over = false;
  void running.finished.then(() => {
    over = true;
  });
  try {
    while (!over) {
      if (watch.calls() >= moment) {
        await setTimeout(delayMs);
        const pids = victimsOf(victim, running.process.pid ?? 0);
        if (pids.length > 0) {
          const calls = watch.calls();
          kill(pids);
          return calls;
        }
      }
      await setTimeout(2);
    }
    return undefined;
  } finally {
    watch.close();
  }
}

/** The call at which a kill falls within a run's calls. */
export const momentOf = (share: number, { first, last }: World["calls"]): number =>
  first + 1 + Math.floor(share * (last - first - 1));

export interface Recovered {
  readonly ups: number;
  readonly refused: number;
  readonly strays: number;
  readonly output: string;
  readonly faults: readonly string[];
}

const LOCKED = /\[(stack\.locked|run\.locked)\]/;

/** What an operator does: the same command again, until it ends well; then removes what `strays` names, as it says. */
export async function goOn(place: Place): Promise<Recovered> {
  const outputs: string[] = [];
  const run = async (...args: readonly string[]): Promise<Finished> => {
    const finished = await place.run(...args);
    outputs.push(finished.output);
    return finished;
  };
  const until = Date.now() + PATIENCE_MS;
  let [ups, refused, strays] = [0, 0, 0];
  const end = (...faults: readonly string[]): Recovered => ({
    ups,
    refused,
    strays,
    output: outputs.join("\n"),
    faults,
  });
  for (;;) {
    const { code, output } = await run(...UP);
    if (code !== 0 && LOCKED.test(output) && Date.now() < until) {
      refused += 1;
      await setTimeout(3000);
      continue;
    }
    ups += 1;
    if (code === 0) break;
    if (!/^ {2}fix: |fix: /m.test(output))
      return end(`ended with ${code} and no word of what to do:\n${output.slice(-1500)}`);
    if (ups === UPS) return end(`up does not converge in ${UPS} runs:\n${output.slice(-2500)}`);
  }
  const { code, output } = await run("strays", "--stack", FOUNDATION, "--local", "--json");
  if (code !== 0 && code !== 1) return end(`strays ended with ${code}:\n${output}`);
  // Data is on stdout, progress on stderr; the clone gives both.
  const list = /^\[(\]|\n[\s\S]*?^\])$/m.exec(output)?.[0];
  if (list === undefined) return end(`strays gave no list:\n${output}`);
  const named: readonly { readonly id: string }[] = JSON.parse(list);
  strays = named.length;
  if (strays > 0) {
    const removal = await run("strays", "--stack", FOUNDATION, "--local", "--remove", ...named.map((n) => n.id));
    if (removal.code !== 0) return end(`the strays could not be removed:\n${removal.output}`);
  }
  return end();
}

/** Kills somebody in the middle of an `up`, goes on as an operator would, and compares with a calm run. */
export async function killRun(plan: Kill, world: World): Promise<Outcome> {
  const started = performance.now();
  const place = world.fresh(plan.name);
  try {
    const running = place.start(...UP);
    const calls = await strike(running, place, { ...plan, moment: momentOf(plan.share, world.calls) });
    const broken = await running.finished;
    const recovered = await goOn(place);
    const faults = [
      ...(calls === undefined ? ["the run ended before it could be killed"] : []),
      ...recovered.faults,
      ...(recovered.faults.length > 0 ? [] : judged(place, world, `${broken.output}\n${recovered.output}`)),
    ];
    return {
      name: plan.name,
      what: `${plan.victim} killed at call ${(calls ?? 0) - world.calls.first} of ${world.calls.last - world.calls.first}`,
      exit: broken.code,
      ups: recovered.ups,
      refused: recovered.refused,
      strays: recovered.strays,
      seconds: Math.round((performance.now() - started) / 1000),
      faults,
    };
  } finally {
    kill(workersOf(place.work));
    if (process.env.SURVIVAL_KEEP === undefined) place.remove();
  }
}

/** State as after a calm run, nothing at Scaleway that no state holds, no secret in what was written, nobody left at work. */
export function judged(place: Place, world: World, output: string): readonly string[] {
  const left = workersOf(place.work);
  return [
    ...stateDifferences(place.work, world.calm.work).map((line) => `state: ${line}`),
    ...orphans(place.work, world.calm.work).map((line) => `orphan: ${line}`),
    ...leaks(place.work, output).map((file) => `a secret in ${file}`),
    ...(left.length === 0
      ? []
      : [`${left.length} processes still at work: ${left.map((pid) => commandOf(pid)).join("; ")}`]),
  ];
}
