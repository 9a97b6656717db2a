import { byText } from "../../kernel/order.ts";
import type { RawResource } from "../facts/raw.ts";
import type { EngineResource } from "./engine-resource.ts";

/**
 * A refresh of the engine writes what it read over the inputs of a state and dates the resource anew; an input of which nothing
 * was read back it leaves as `null`, or names among the property dependencies alone. What a program registers the provider checks
 * first, and the bridge then notes under `__defaults` which inputs it filled in, none included; of what was only read there is no such
 * note (seen with engine 3.255 and provider 1.54 on every resource of the rehearsal, before a refresh and after it).
 */
export const afterRefresh = (raw: RawResource, from: EngineResource): RawResource =>
  wasRefreshed(from) ? { ...raw, overwritten: takenAway(from).sort(byText) } : raw;

const BRIDGED = "scaleway:";

const wasRefreshed = (r: EngineResource): boolean =>
  r.custom && r.type.startsWith(BRIDGED) && !("__defaults" in r.inputs) && wasDatedAnew(r);

/** The engine dates a resource when it makes it, and its last change as well: as long as both agree, nothing was overwritten. */
const wasDatedAnew = ({ created, modified }: EngineResource): boolean =>
  created !== undefined && modified !== undefined && created !== modified;

function takenAway(r: EngineResource): string[] {
  const names = new Set([...Object.keys(r.inputs), ...Object.keys(r.propertyDependencies ?? {})]);
  return [...names].filter((name) => isGone(name, r));
}

/** What is read back stands on both sides, so what stands on neither was not. */
const isGone = (name: string, { inputs, outputs }: EngineResource): boolean =>
  (inputs[name] ?? null) === null && (outputs[name] ?? null) === null;
