import type { ReportViolation } from "@pulumi/policy";
import { KIT_RULES } from "../../../judge/kit/kit-rules.ts";
import type { Rule, RuleData } from "../../../judge/kit/rule.ts";
import type { Finding } from "../../../judge/kit/verdict.ts";
import { violationText } from "./wording.ts";

/**
 * Reports a finding under its own rule's name. The SDK runs every registered policy on its own copy of all resources, so one
 * policy judges for all; its report takes an object that names another policy and sets the level outright, which the SDK's
 * declarations leave out (@pulumi/policy 1.21.0 `server.js`, makeReportViolationFun). A mandatory finding stays mandatory,
 * undecided ones too.
 */
export function reporter(rules: readonly Rule[]): (finding: Finding, report: ReportViolation) => void {
  const data = new Map<string, RuleData>([...rules, ...Object.values(KIT_RULES)].map((r) => [r.id, r]));
  return (finding, report) => {
    const rule = data.get(finding.rule);
    if (rule === undefined) throw new Error(`a finding of ${finding.rule}, which is no rule of this pack`);
    Reflect.apply(report, undefined, [
      {
        name: rule.id,
        description: rule.title,
        message: violationText(finding, rule),
        // As the law has it, which may say another level than the rule.
        enforcementLevel: finding.enforcement,
        severity: rule.severity,
        ...(finding.subject === "stack" ? {} : { urn: finding.subject }),
      },
    ]);
  };
}
