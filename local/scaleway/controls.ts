import { z } from "zod";
import { inputError } from "../../kernel/errors.ts";
import type { Clock } from "./core/clock.ts";
import { type Faults, NO_FAULTS } from "./core/faults.ts";
import type { LocalRegion } from "./core/platform.ts";
import type { Store } from "./core/store.ts";
import type { Operations } from "./faults/operation.ts";
import { openOutages } from "./faults/outages.ts";
import { type FaultPlan, faultPlanSchema } from "./faults/plan.ts";
import { raiseStorm, type Storm, type Struck } from "./faults/storm.ts";
import { restoreInto, savedFolder } from "./saves.ts";
import { delayGrants } from "./services/iam/grant-delay.ts";

/** What can be done to a local Scaleway from outside its API: its time, its losses, its faults. */
export const orderSchema = z.discriminatedUnion("do", [
  z.object({ do: z.literal("look") }),
  z.object({ do: z.literal("advance"), ms: z.number().min(0) }),
  z.object({ do: z.literal("set-time"), time: z.iso.datetime({ offset: true }) }),
  z.object({ do: z.literal("hold") }),
  z.object({ do: z.literal("release") }),
  z.object({ do: z.literal("lose"), locality: z.string() }),
  z.object({ do: z.literal("regain"), locality: z.string() }),
  z.object({ do: z.literal("storm"), plan: faultPlanSchema }),
  z.object({ do: z.literal("calm") }),
  z.object({ do: z.literal("restore"), name: z.string() }),
]);
export type Order = z.infer<typeof orderSchema>;

export interface Condition {
  /** ISO instant of the platform's clock. */
  readonly time: string;
  /** Whether time stands still until it is moved. */
  readonly held: boolean;
  readonly lost: readonly string[];
  /** Whether a plan of faults is at work. */
  readonly stormy: boolean;
  /** Calls since the last plan was taken up. */
  readonly calls: number;
  /** Faults that came down since then, the latest ten thousand. */
  readonly struck: readonly Struck[];
}

export interface Controls {
  readonly faults: Faults;
  /** @throws BastideError for an order that cannot be carried out: a step back in time, a place that is not there. */
  carryOut(order: Order): Condition;
}

export interface ControlParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly regions: readonly LocalRegion[];
  readonly operations: Operations;
  /** Default: none. */
  readonly plan?: FaultPlan;
  /** Folder of the store, where its saves are. */
  readonly dataDir: string;
  /** Told the folder of a save that was just restored. Default: nothing else was saved. */
  readonly onRestored?: (folder: string) => void;
}

const CALM: FaultPlan = { schema: "bastide.faults/1", seed: "", faults: [], losses: [], grantDelaySeconds: 0 };

export function openControls({ store, clock, regions, operations, plan, dataDir, onRestored }: ControlParts): Controls {
  const outages = openOutages(store, regions);
  const raise = (next: FaultPlan): Storm => raiseStorm(next, { operations, now: clock.now, lost: outages.lost });
  // Losses alone need somebody who answers in the services' place.
  const quiet = raise(CALM);
  let storm = plan === undefined ? undefined : raise(plan);
  let stormy = storm !== undefined;
  delayGrants(store, plan?.grantDelaySeconds ?? 0);
  const condition = (): Condition => ({
    time: new Date(clock.now()).toISOString(),
    held: clock.held,
    lost: [...outages.lost()],
    stormy,
    calls: storm?.calls() ?? 0,
    struck: storm?.struck() ?? [],
  });
  return {
    faults: (request) => {
      if (stormy && storm !== undefined) return storm.faults(request);
      return outages.lost().size === 0 ? NO_FAULTS(request) : quiet.faults(request);
    },
    carryOut: (order) => {
      switch (order.do) {
        case "advance":
          clock.advance(order.ms);
          break;
        case "set-time":
          setTime(clock, order.time);
          break;
        case "hold":
          clock.hold();
          break;
        case "release":
          clock.release();
          break;
        case "lose":
          outages.lose(order.locality);
          break;
        case "regain":
          outages.regain(order.locality);
          break;
        case "storm":
          storm = raise(order.plan);
          stormy = true;
          delayGrants(store, order.plan.grantDelaySeconds);
          break;
        case "calm":
          stormy = false;
          delayGrants(store, 0);
          break;
        case "restore":
          restoreInto(store.database, { dataDir, name: order.name });
          clock.reload();
          onRestored?.(savedFolder({ dataDir, name: order.name }));
          break;
        case "look":
          break;
      }
      return condition();
    },
  };
}

function setTime(clock: Clock, time: string): void {
  const step = Date.parse(time) - clock.now();
  if (step < 0)
    throw inputError("time only goes forward", [
      {
        code: "local.time-back",
        path: "TIME",
        got: time,
        want: `an instant after ${new Date(clock.now()).toISOString()}`,
        fix: "take a later one, or `bastide local reset` and begin anew",
      },
    ]);
  clock.advance(step);
}
