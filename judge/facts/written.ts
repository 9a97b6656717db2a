import type { RawResource, RawValue } from "./raw.ts";

/** True for a value that a program wrote, known or not; an empty text counts as none. */
export const isWritten = (value: RawValue | undefined): boolean =>
  value !== undefined && value !== null && value !== "";

/** True for a resource of which the program wrote nothing: it was read, or its registration is not shown. */
export const wasOnlyRead = (raw: RawResource): boolean => Object.keys(raw.inputs).length === 0;
