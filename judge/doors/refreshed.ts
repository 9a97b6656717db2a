import { byText } from "../../kernel/order.ts";
import type { RawResource } from "../facts/raw.ts";
import { type EngineResource, ownerOf } from "./engine-resource.ts";

/**
 * A refresh of the engine writes what it read over the inputs of a state and dates the resource anew; an input of which nothing
 * was read back it leaves as `null`, or names among the property dependencies alone (seen with engine 3.255). That is the one trace
 * of a refresh: a program that ran since would have put its inputs back. A `null` that was registered and whose resource was
 * updated leaves the same trace; the doors that see what a program registers judge it.
 */
export function refreshedStacks(resources: readonly EngineResource[]): ReadonlySet<string> {
  return new Set(resources.filter((r) => wasDatedAnew(r) && takenAway(r).length > 0).map((r) => ownerOf(r.urn)));
}

/** A resource with what the refresh of its stack, if there was one, took away from its inputs. */
export const afterRefresh = (raw: RawResource, from: EngineResource, stacks: ReadonlySet<string>): RawResource =>
  wasDatedAnew(from) && stacks.has(ownerOf(raw.urn)) ? { ...raw, overwritten: takenAway(from).sort(byText) } : raw;

/** The engine dates a resource when it makes it, and its last change as well: as long as both agree, nothing was overwritten. */
const wasDatedAnew = ({ created, modified }: EngineResource): boolean =>
  created !== undefined && modified !== undefined && created !== modified;

function takenAway(r: EngineResource): string[] {
  if (!r.custom) return [];
  const names = new Set([...Object.keys(r.inputs), ...Object.keys(r.propertyDependencies ?? {})]);
  return [...names].filter((name) => isGone(name, r));
}

/** What is read back stands on both sides, so what stands on neither was not. */
const isGone = (name: string, { inputs, outputs }: EngineResource): boolean =>
  (inputs[name] ?? null) === null && (outputs[name] ?? null) === null;
