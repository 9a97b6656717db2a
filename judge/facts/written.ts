import type { RawResource, RawValue } from "./raw.ts";

/** True for a value that a program wrote, known or not; an empty text counts as none. */
export const isWritten = (value: RawValue | undefined): boolean =>
  value !== undefined && value !== null && value !== "";

/** True for an input that the program registered and that a refresh took away because nothing was read back for it. */
export const wasTakenAway = (raw: RawResource, property: string): boolean =>
  raw.overwritten?.includes(property) === true && !isWritten(raw.inputs[property]);

/**
 * True for an input that may be what a refresh read and not what the program wrote: the state says so of its stack, and the
 * input is what the provider answered, word for word.
 */
export const mayBeReadBack = (raw: RawResource, property: string): boolean =>
  raw.overwritten !== undefined && raw.inputs[property] === raw.outputs[property];

/** True for a resource of which the program wrote nothing: it was read, or its registration is not shown. */
export const wasOnlyRead = (raw: RawResource): boolean => Object.keys(raw.inputs).length === 0;
