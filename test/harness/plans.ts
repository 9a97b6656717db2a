import type { Blueprint } from "../../blueprint/model/blueprint.ts";
import { plan } from "../../blueprint/plan.ts";
import { paris } from "../../stacks/environments/paris.ts";
import { rehearsal } from "../../stacks/environments/rehearsal.ts";
import { checkEnvironment, type Environment, loadEnvironment } from "../../stacks/load.ts";
import type { SettingsInput } from "../../stacks/schema.ts";

/** Day that every test of settings and plans is run at. */
export const NOW = "2026-11-23T12:00:00Z";

export const load = (name: string): Environment => loadEnvironment(name, { now: NOW });
export const planOf = (name: string): Blueprint => plan(load(name));
export const planOfSettings = (settings: SettingsInput): Blueprint => plan(checkEnvironment(settings, { now: NOW }));

/** Sound settings to change one thing of: two regions, and one. */
export const TWO_REGIONS: SettingsInput = rehearsal;
export const ONE_REGION: SettingsInput = paris;

/** Every value below `value`, depth first. */
export function* walk(value: unknown): Generator<unknown> {
  yield value;
  if (typeof value === "object" && value !== null) {
    for (const child of Object.values(value)) yield* walk(child);
  }
}

const isKeyed = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/** Logical names that a plan gives: each `key` beside a `name`, a `rules` list and so on, and the parts that have no name. */
export function keysOf(blueprint: Blueprint): readonly string[] {
  const found = new Set<string>();
  for (const value of walk(blueprint)) {
    if (!isKeyed(value)) continue;
    for (const field of ["key", "configKey"]) {
      const key = value[field];
      if (typeof key === "string") found.add(key);
    }
  }
  return [...found].sort();
}
