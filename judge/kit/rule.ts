import type { Estate } from "../facts/estate.ts";
import type { Resource } from "../facts/observed.ts";
import type { BlindSpot } from "../facts/raw.ts";
import type { ControlRef } from "./controls.ts";
import type { Law } from "./law.ts";
import type { Result } from "./result.ts";
import type { Enforcement, Severity } from "./verdict.ts";

/** What a rule is: data, so that reports, references and tests read it instead of prose. */
export interface RuleData {
  readonly id: string;
  /** What must hold, in the rule's own words. */
  readonly title: string;
  readonly severity: Severity;
  readonly enforcement: Enforcement;
  readonly waivable: boolean;
  readonly controls: readonly ControlRef[];
  /** Why it matters, one or two sentences. */
  readonly rationale: string;
  /** What to change, in the imperative. */
  readonly remedy: string;
  /** What a door must show for the rule to be decidable. Absent: every door shows enough. */
  readonly needs?: readonly BlindSpot[];
  /** Whether a refused and an accepted example of it are tried by tests. Absent: nothing is told of it. */
  readonly proven?: boolean;
}

export interface Rule extends RuleData {
  /** Judges a whole estate; `now` is an ISO instant. Pure. No result means that nothing in the estate is its business. */
  readonly judge: (estate: Estate, law: Law, now: string) => readonly Result[];
  /** Judges one resource by itself and by what was registered before it; `undefined` for rules that need all. */
  readonly judgeOne?: (resource: Resource, estate: Estate, law: Law, now: string) => readonly Result[];
}

/** A rule over the whole stack; with `judgeOne` for the part of it that one resource decides. */
export const rule = (definition: Rule): Rule => definition;

/** A rule that can be decided resource by resource, and so before anything is created. */
export const resourceRule = (definition: RuleData & { readonly judgeOne: NonNullable<Rule["judgeOne"]> }): Rule => ({
  ...definition,
  judge: (estate, law, now) => judgeEach(definition.judgeOne, estate, law, now),
});

/** One loop for all such rules, by index: it is what a large estate spends its time in, and is compiled once. */
function judgeEach(judgeOne: NonNullable<Rule["judgeOne"]>, estate: Estate, law: Law, now: string): readonly Result[] {
  const { resources } = estate;
  const all: Result[] = [];
  for (let r = 0; r < resources.length; r += 1) {
    const resource = resources[r];
    const results = resource === undefined ? [] : judgeOne(resource, estate, law, now);
    for (let i = 0; i < results.length; i += 1) {
      const result = results[i];
      if (result !== undefined) all.push(result);
    }
  }
  return all;
}
