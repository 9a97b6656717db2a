import { type Law, lawForForeign } from "../../judge/kit/law.ts";

/** A law for tests: the built-in one of a profile, with what the test sets. */
export const testLaw = (changes: Partial<Law> = {}): Law => ({ ...lawForForeign("fr-health"), ...changes });

export const NOW = "2026-11-23T12:00:00.000Z";
