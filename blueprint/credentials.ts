import { addDays, dayOf, daysBetween, midnight } from "../stacks/dates.ts";
import type { Settings } from "../stacks/schema.ts";
import type { PlanContext } from "./context.ts";
import type { Key, ProjectKey } from "./model/common.ts";
import type { ApiKeySpec } from "./model/identity.ts";
import { keyOf } from "./naming.ts";

/**
 * Two overlapping API keys for each application, rotated alternately from the settings' origin: slot `a` is made anew in even
 * periods, `b` in odd ones. An `up` in a later period replaces exactly one of the two, so a client that holds both always
 * holds a live one.
 *
 * Laws (tested): on every day both keys of the plan are live; a key's end never lies more than its lifetime after the day
 * of the plan, nor a run's `expiresAt` in the past; from one period to the next exactly one slot changes.
 */
export const SLOTS = ["a", "b"] as const;
export type Slot = (typeof SLOTS)[number];

/** ISO instant at which the key in `slot` ends, seen on `day` (`YYYY-MM-DD`). */
export function expiryOf(slot: Slot, credentials: Omit<Settings["credentials"], "asOf">, day: string): string {
  const { origin, everyDays, lifetimeDays } = credentials;
  const period = Math.floor(daysBetween(origin, day) / everyDays);
  const parity = slot === "a" ? 0 : 1;
  // The last period, this one included, in which the slot was made anew; before the origin for `b` in period 0.
  const madeIn = Math.abs(period % 2) === parity ? period : period - 1;
  return midnight(addDays(origin, madeIn * everyDays + lifetimeDays));
}

/** Both keys of an application, as of the day in the settings or else of the run. */
export function planApiKeys(
  context: PlanContext,
  wish: { readonly key: Key; readonly application: Key; readonly project: ProjectKey; readonly of: string },
): readonly ApiKeySpec[] {
  const { credentials } = context.settings;
  const day = credentials.asOf ?? dayOf(context.now);
  return SLOTS.map((slot) => ({
    key: keyOf(wish.key, slot),
    application: wish.application,
    slot,
    description: `${wish.of}, slot ${slot}: rotated every ${2 * credentials.everyDays} days, the other slot in between`,
    expiresAt: expiryOf(slot, credentials, day),
    defaultProject: wish.project,
  }));
}
