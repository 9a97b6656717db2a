import type { Estate } from "../facts/estate.ts";
import type { RawEstate } from "../facts/raw.ts";
import type { OldFindings } from "./baseline.ts";
import { KIT_RULES } from "./kit-rules.ts";
import type { Law } from "./law.ts";
import { fail, notApplicable, pass, type Result, undecided } from "./result.ts";
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
  // A door that names itself covers nothing.
  const uncovered = blind.filter(({ id }) => {
    const door = Object.hasOwn(law.coveredElsewhere, id) ? law.coveredElsewhere[id] : undefined;
    return door === undefined || door === raw.door;
  });
  return [
    KIT_RULES.notSeen,
    uncovered.map(({ id, needs }) =>
      undecided({ subject: "stack", property: id, want: needs }, { property: id, suppliers: [] }),
    ),
  ];
}

/** Asked last: a waiver is used or unused only once everything else was judged. */
export const waiverFaults = (waivers: Waivers, old: OldFindings): SelfCheck => [
  KIT_RULES.waiver,
  [
    ...waivers
      .faults()
      .map(({ index, subject, got, want }) => fail({ subject, property: `waivers[${index}]`, want }, got)),
    ...(old.fault === undefined
      ? []
      : [fail({ subject: "stack", property: "baseline", want: old.fault.want }, old.fault.got)]),
  ],
];

/** Rules that were told not to have both examples; a rule of which nothing is told is one of a test. */
export const neverFired = (rules: readonly Rule[]): SelfCheck => [
  KIT_RULES.neverFired,
  rules
    .filter((r) => r.enforcement === "mandatory" && r.proven !== undefined)
    .map((r) => {
      const about = { subject: "stack", property: r.id, want: "a refused and an accepted example" };
      return r.proven === true ? pass(about, "both") : fail(about, "none, or one");
    }),
];

/** A part of the law that the change under judgement has otherwise than the trusted place. */
export interface LawChange {
  readonly part: string;
  /** Digest in the change, and in the trusted place. */
  readonly got: string;
  readonly want: string;
}

/** `undefined`: nothing was compared, because the law is the working tree's own, or its reader has no tree. */
export const lawChanged = (changes: readonly LawChange[] | undefined): SelfCheck => [
  KIT_RULES.lawChanged,
  changes === undefined
    ? [notApplicable("stack", "", "the law was taken from one place only")]
    : changes.length === 0
      ? [pass({ subject: "stack", property: "law", want: "the trusted place's law" }, "the same")]
      : changes.map(({ part, got, want }) => fail({ subject: "stack", property: `law.${part}`, want }, got)),
];
