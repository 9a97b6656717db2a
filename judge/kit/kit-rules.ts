import type { RuleData } from "./rule.ts";

/**
 * Findings of the kit itself, about the judging and not about one resource's properties. They are rules in every report, but no
 * pack can leave them out.
 */
export const KIT_RULES = {
  nothingJudged: {
    id: "KIT-01",
    title: "something is judged, by at least one rule",
    severity: "critical",
    enforcement: "mandatory",
    waivable: false,
    controls: ["IR:6.5.2.b"],
    rationale: "A gate that loaded no rule, or saw no resource, has shown nothing; a pass of it would be a lie.",
    remedy: "Judge the right stack or file with the pack's rules; if the stack is empty on purpose, don't gate it.",
  },
  ruleCrashed: {
    id: "KIT-02",
    title: "every rule comes to an answer",
    severity: "critical",
    enforcement: "mandatory",
    waivable: false,
    controls: ["IR:6.5.2.b"],
    rationale: "A rule that throws has not judged; what it would have refused is not known.",
    remedy: "Report the crash with the estate that causes it, or correct the rule.",
  },
  typeNotJudged: {
    id: "KIT-03",
    title: "every resource is of a type that is decoded, or harmless for a stated reason",
    severity: "high",
    enforcement: "mandatory",
    waivable: true,
    controls: ["IR:6.3.2.b", "ISO:A.8.9"],
    rationale: "A type that no decoder reads can open, move or decrypt without any rule noticing.",
    remedy: "Use a type that is judged, or waive this one resource after looking at what it opens.",
  },
  waiver: {
    id: "EVD-01",
    title: "each waiver is well-formed, in force, approved by another, and needed",
    severity: "high",
    enforcement: "mandatory",
    waivable: false,
    controls: ["SNC:5.3.g", "RCF:2.C.2", "RCF:16.3", "IR:2.2.1", "ISO:A.5.36"],
    rationale: "An exception that nobody needs, nobody else approved or nobody ended becomes the rule.",
    remedy:
      "Correct, renew or delete the waiver; at most 90 days, one rule, one URN, an approver who is not the owner.",
  },
  notSeen: {
    id: "KIT-04",
    title: "this door shows what each mandatory rule needs, or another door is named that does",
    severity: "high",
    enforcement: "mandatory",
    waivable: false,
    controls: ["IR:6.5.2.b"],
    rationale: "A rule that could not see its subject did not pass; it was not asked.",
    remedy: "Judge through a door that shows it, or name that door in the settings.",
  },
} as const satisfies Readonly<Record<string, RuleData>>;
