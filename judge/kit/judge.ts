import { byKey, sortedUnique } from "../../kernel/order.ts";
import { type Estate, estateOf, estateOfRaw, showsAnswers } from "../facts/estate.ts";
import type { Resource } from "../facts/observed.ts";
import type { RawEstate } from "../facts/raw.ts";
import { estateAdvisories, lawAdvisories } from "./advisories.ts";
import { asWritten } from "./as-written.ts";
import { attestationsOf } from "./attestations.ts";
import { oldFindings } from "./baseline.ts";
import { digestOf } from "./digest.ts";
import { enforced } from "./enforced.ts";
import { type Excuses, tally } from "./finding.ts";
import { KIT_RULES } from "./kit-rules.ts";
import { type Law, lawDigests } from "./law.ts";
import { notApplicable, type Result } from "./result.ts";
import type { Rule } from "./rule.ts";
import {
  crashes,
  type LawChange,
  lawChanged,
  neverFired,
  nothingJudged,
  notSeen,
  typesNotJudged,
  waiverFaults,
} from "./self-checks.ts";
import type { AttestedClaim, Finding, Verdict } from "./verdict.ts";
import { waiversOf } from "./waivers.ts";

export interface JudgeOptions {
  /** ISO instant of the judgement: waivers and dates are measured against it. */
  readonly now: string;
  /** Keep passes and not-applicables among the findings. Default: only what is not a pass. */
  readonly all?: boolean;
  /** What the change under judgement has otherwise than the law's trusted place. Absent: there was nothing to compare. */
  readonly lawChanges?: readonly LawChange[] | undefined;
}

/** Keeps each failure once: an estate that is judged twice tells most of them twice. */
function firstOfItsFailures(): (result: Result) => boolean {
  const told = new Set<string>();
  return ({ outcome, subject, property }) => {
    if (outcome !== "fail") return true;
    const key = `${subject}\n${property}`;
    const first = !told.has(key);
    told.add(key);
    return first;
  };
}

/**
 * Judges an estate under a law. Total: a rule that throws becomes a finding, an estate or a pack with nothing in it never
 * passes, a mandatory rule that cannot know makes the outcome undecided. Same input, same bytes.
 */
export function judgeEstate(raw: RawEstate, law: Law, all: readonly Rule[], options: JudgeOptions): Verdict {
  const { rules, lowered } = enforced(all, law);
  const estate = estateOfRaw(raw);
  const written = showsAnswers(raw.door) ? asWritten(raw.resources) : undefined;
  const other = written === undefined ? undefined : estateOf(raw.door, written, raw, estate);
  const excuses = excusesFor(law, rules, raw.resources, options.now);
  const total = tally(estate, excuses, options.all === true);
  const crashed = new Map<string, string>();
  for (const rule of rules) {
    try {
      const first = rule.judge(estate, law, options.now);
      const second = other === undefined ? [] : rule.judge(other, law, options.now).filter((r) => r.outcome === "fail");
      const results = (second.length === 0 ? first : [...first, ...second]).filter(firstOfItsFailures());
      total.add(
        rule,
        results.length > 0 ? results : [notApplicable("stack", "", "nothing of its kind in this estate")],
      );
    } catch (cause) {
      crashed.set(rule.id, cause instanceof Error ? cause.message : String(cause));
    }
  }
  for (const check of [
    nothingJudged(estate, rules),
    crashes(crashed),
    typesNotJudged(estate),
    notSeen(raw, rules, law),
    neverFired(rules),
    lawChanged(options.lawChanges),
  ]) {
    total.add(...check);
  }
  total.add(...waiverFaults(excuses.waivers, excuses.old));
  return {
    schema: "bastide.verdict/1",
    subject: raw.subject,
    door: raw.door,
    profile: law.profile,
    outcome: total.outcome(),
    law: { ...lawDigests(law), rules: rulesDigest(all) },
    now: options.now,
    counts: total.counts(rules.length),
    notSeen: sortedUnique(raw.notSeen),
    attested: attestedClaims(law, options.now),
    advisories: sortedUnique([
      ...law.advisories,
      ...estateAdvisories(estate),
      ...lawAdvisories(law, excuses.old, lowered, options.now),
    ]),
    findings: total.findings(),
  };
}

/**
 * What the resource rules find on one resource before anything is created, among `estate`, which holds what was registered so
 * far. Failures only: what can't be known yet is the whole estate's business. Waivers hold here as they do there.
 */
export function judgeResource(
  resource: Resource,
  estate: Estate,
  law: Law,
  rules: readonly Rule[],
  now: string,
): readonly Finding[] {
  const total = tally(estate, excusesFor(law, rules, [resource], now), false);
  for (const rule of enforced(rules, law).rules) {
    if (rule.judgeOne !== undefined) total.add(rule, rule.judgeOne(resource, estate, law, now));
  }
  return total.findings().filter((f) => f.outcome === "fail");
}

/** What the law excuses, as far as it concerns the stacks of these resources. */
function excusesFor(law: Law, rules: readonly Rule[], resources: readonly { urn: string }[], now: string): Excuses {
  const stacks = new Set<string>();
  for (const { urn } of resources) {
    const end = urn.indexOf("::");
    stacks.add(end < 0 ? urn : urn.slice(0, end));
  }
  return {
    waivers: waiversOf(law.waivers, [...rules, ...kitAsRules], stacks, now),
    old: oldFindings(law.baseline, now),
  };
}

/** Digest of what rules say of themselves; their code is in the digest of the pack's sources. */
export const rulesDigest = (rules: readonly Rule[]): string =>
  digestOf(rules.map(({ judge: _, judgeOne: __, ...data }) => data));

const attestedClaims = (law: Law, now: string): readonly AttestedClaim[] =>
  attestationsOf(law.attestations, now)
    .inForce.map(({ kind, scope, owner, expires, document, example }) => {
      return { kind, scope, owner, expires, document: document.sha256, example: example === true };
    })
    .sort(byKey((a) => `${a.kind} ${a.expires} ${a.document}`));

const kitAsRules: readonly Rule[] = Object.values(KIT_RULES).map((data) => ({ ...data, judge: () => [] }));
