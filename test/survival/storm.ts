import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { goOn, judged, type Outcome } from "./kill.ts";
import { kill, workersOf } from "./processes.ts";
import { FOUNDATION, type World } from "./world.ts";

/** Faults of one kind, often enough to strike an `up` many times. */
const STORMS = {
  busy: { when: { rate: 0.05 }, fault: { kind: "throttle", retryAfter: 1 } },
  broken: { when: { rate: 0.03 }, fault: { kind: "error", status: 502 } },
  refused: { when: { rate: 0.03 }, on: { requests: "writes" }, fault: { kind: "error", status: 500, after: true } },
  cut: { when: { rate: 0.03 }, fault: { kind: "reset" } },
  lost: { when: { rate: 0.05 }, on: { requests: "writes" }, fault: { kind: "reset", after: true } },
  half: { when: { rate: 0.03 }, fault: { kind: "truncate", bytes: 40 } },
  slow: { when: { rate: 0.1 }, fault: { kind: "slow", ms: 800 } },
} as const;
export type StormName = keyof typeof STORMS;
export const STORM_NAMES: readonly StormName[] = ["busy", "broken", "refused", "cut", "lost", "half", "slow"];

export const stormRuns = (seed: string, size: World["size"]) =>
  STORM_NAMES.map((storm) => ({ name: `${size}-storm-${storm}`, size, storm, seed }));

/** An `up` under a storm of one kind converges, or stops with a clear error, and the next ones converge. */
export async function stormRun(
  { name, storm, seed }: ReturnType<typeof stormRuns>[number],
  world: World,
): Promise<Outcome> {
  const started = performance.now();
  const place = world.fresh(name);
  try {
    const file = join(place.work, "storm.json");
    writeFileSync(
      file,
      JSON.stringify({ schema: "bastide.faults/1", seed, faults: [{ name: storm, ...STORMS[storm] }] }),
    );
    const stormy = await place.run("up", "--stack", FOUNDATION, "--local", "--faults", file);
    const clear = stormy.code === 0 || (stormy.code === 3 && /^ +fix: /m.test(stormy.output));
    const recovered = await goOn(place);
    return {
      name,
      what: `storm of ${STORMS[storm].fault.kind}${"after" in STORMS[storm].fault ? " after the work" : ""}`,
      exit: stormy.code,
      ups: recovered.ups,
      refused: recovered.refused,
      strays: recovered.strays,
      seconds: Math.round((performance.now() - started) / 1000),
      faults: [
        ...(clear ? [] : [`ended with ${stormy.code} and no clear error:\n${stormy.output.slice(-1500)}`]),
        ...recovered.faults,
        ...(recovered.faults.length > 0 ? [] : judged(place, world, `${stormy.output}\n${recovered.output}`)),
      ],
    };
  } finally {
    kill(workersOf(place.work));
    if (process.env.SURVIVAL_KEEP === undefined) place.remove();
  }
}
