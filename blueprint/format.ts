/**
 * Version of what a state holds: logical names, types, and what components say of themselves. It goes up when an older state
 * can no longer be taken over by an `up` as it is; the step that takes it over then stands in `cli/engine/state-format.ts`. A state without
 * one is of format 0, which differs from format 1 by the stamp alone.
 */
export const STATE_FORMAT = 1;
