import { type RawResource, type RawValue, SECRET, UNKNOWN } from "./raw.ts";

/** Doors that show what the provider answered: there an output is the fact and the input only the wish. */
export type Sight = "wish" | "answer";

const usable = (v: RawValue | undefined): v is Exclude<RawValue, null> => v !== undefined && v !== null;
const settled = (v: RawValue | undefined): v is Exclude<RawValue, null> => usable(v) && v !== UNKNOWN && v !== SECRET;

/**
 * The value of a top-level property, `undefined` when it is absent. Where the door shows answers, a settled output wins over
 * the input. Elsewhere what the program wrote wins, then a settled output. An output that is merely planned as unknown does
 * not make an absent input unknown when `hasDefault`: the provider is known to send its default.
 */
export function topLevelValue(
  raw: RawResource,
  property: string,
  sight: Sight,
  hasDefault: boolean,
): RawValue | undefined {
  const input = raw.inputs[property];
  const output = raw.outputs[property];
  if (sight === "answer" && settled(output)) return output;
  if (usable(input) && (input !== UNKNOWN || !settled(output))) return input;
  if (settled(output)) return output;
  if (usable(output) && !hasDefault) return output;
  return undefined;
}
