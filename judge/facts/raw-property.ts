import { type RawResource, type RawValue, SECRET, UNKNOWN } from "./raw.ts";

/** Doors that show what the provider answered: there an output is the fact and the input only the wish. */
export type Sight = "wish" | "answer";

const usable = (v: RawValue | undefined): v is Exclude<RawValue, null> => v !== undefined && v !== null;
const settled = (v: RawValue | undefined): v is Exclude<RawValue, null> => usable(v) && v !== UNKNOWN && v !== SECRET;

/**
 * The value of a top-level property, `undefined` when it is absent and so the provider's default. Where the door shows answers,
 * a settled output wins over the input. Elsewhere what the program wrote counts, settled by the output once that is known. A
 * planned output of a property that nobody wrote says nothing: it is unknown only because the provider will echo its default.
 * A resource without any input was read, not written: its outputs are all there is.
 */
export function topLevelValue(raw: RawResource, property: string, sight: Sight): RawValue | undefined {
  const input = raw.inputs[property];
  const output = raw.outputs[property];
  if (sight === "answer" && settled(output)) return output;
  if (usable(input)) return input === UNKNOWN && settled(output) ? output : input;
  return wasRead(raw) && usable(output) ? output : undefined;
}

/** A value that names another resource: what was written, wherever one looks from. What nobody wrote names nothing of ours. */
export const writtenValue = (raw: RawResource, property: string): RawValue | undefined =>
  topLevelValue(raw, property, "wish");

const wasRead = (raw: RawResource): boolean => Object.keys(raw.inputs).length === 0;
