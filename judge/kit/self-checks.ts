import type { Estate } from "../facts/estate.ts";
import type { RawEstate } from "../facts/raw.ts";
import { KIT_RULES } from "./kit-rules.ts";
import type { Law } from "./law.ts";
import { fail, type Result, undecided } from "./result.ts";
import type { Rule, RuleData } from "./rule.ts";
import type { Waivers } from "./waivers.ts";

/** Results about the judging itself, each under its own rule of the kit. */
export type SelfCheck = readonly [RuleData, readonly Result[]];

export function nothingJudged(estate: Estate, rules: readonly Rule[]): SelfCheck {
  const resources = estate.resources.filter((r) => r.raw.custom && r.package !== "pulumi").length;
  const about = { subject: "stack", property: "", want: "at least one rule and one resource" };
  const empty = rules.length === 0 || resources === 0;
  return [KIT_RULES.nothingJudged, empty ? [fail(about, { rules: rules.length, resources })] : []];
}

/** Message of each rule that threw, by its id. */
export const crashes = (messages: ReadonlyMap<string, string>): SelfCheck => [
  KIT_RULES.ruleCrashed,
  [...messages].map(([id, message]) =>
    fail({ subject: "stack", property: id, want: "an answer" }, `rule crashed: ${message}`),
  ),
];

export const typesNotJudged = (estate: Estate): SelfCheck => [
  KIT_RULES.typeNotJudged,
  estate.resources.flatMap(({ urn, type, handling }) => {
    const about = { subject: urn, property: "type", want: "a type that is decoded or harmless" };
    return handling.judged === "no" ? [fail(about, `${type}: ${handling.reason}`)] : [];
  }),
];

/** Mandatory rules that this door can't decide, less those that the law leaves to another door. */
export function notSeen(raw: RawEstate, rules: readonly Rule[], law: Law): SelfCheck {
  const hidden = new Set(raw.notSeen);
  const blind = rules.filter((r) => r.enforcement === "mandatory" && (r.needs ?? []).some((need) => hidden.has(need)));
  const uncovered = blind.filter((r) => law.coveredElsewhere[r.id] === undefined);
  return [
    KIT_RULES.notSeen,
    uncovered.map(({ id, needs }) =>
      undecided({ subject: "stack", property: id, want: needs }, { property: id, suppliers: [] }),
    ),
  ];
}

/** Asked last: a waiver is used or unused only once everything else was judged. */
export const waiverFaults = (waivers: Waivers): SelfCheck => [
  KIT_RULES.waiver,
  waivers.faults().map(({ index, subject, got, want }) => fail({ subject, property: `waivers[${index}]`, want }, got)),
];
