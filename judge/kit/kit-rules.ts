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
    title: "each waiver and baseline is well-formed, in force, narrow, approved by another, and needed",
    severity: "high",
    enforcement: "mandatory",
    waivable: false,
    controls: ["SNC:5.3.g", "RCF:2.C.2", "RCF:16.3", "IR:2.2.1", "ISO:A.5.36"],
    rationale: "An exception that nobody needs, nobody else approved or nobody ended becomes the rule.",
    remedy:
      "Correct, renew or delete the waiver; at most 90 days, one rule, one URN, one property, an approver who is neither its author " +
      "nor its owner.",
  },
  neverFired: {
    id: "EVD-03",
    title: "each mandatory rule has a refused and an accepted example that are tried",
    severity: "medium",
    enforcement: "mandatory",
    waivable: true,
    controls: ["IR:6.5.2.b", "ISO:A.8.29", "SNC:14.6.a", "GDPR:32.1.d", "NIS2:21.2.f"],
    rationale: "A rule that was never seen refusing anything may be one that can't.",
    remedy: "Give the rule an example that it refuses and one that it accepts, and run both.",
  },
  lawChanged: {
    id: "EVD-06",
    title: "the law of the change is the law of the trusted place",
    severity: "high",
    enforcement: "mandatory",
    waivable: false,
    controls: ["SNC:12.2.a", "SNC:14.2.a", "ISO:A.8.32"],
    rationale:
      "A change that brings its own region, exception or rule with it has judged itself. What it changes of the law counts once the " +
      "owners of the law have merged it, not before.",
    remedy: "Merge the change of the law first and by itself, approved by its owners; then judge the rest under it.",
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
