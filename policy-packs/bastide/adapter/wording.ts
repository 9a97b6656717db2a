import type { RuleData } from "../../../judge/kit/rule.ts";
import type { Finding } from "../../../judge/kit/verdict.ts";
import { stableJson } from "../../../kernel/order.ts";

/** Longest value that is printed whole. */
const SHOWN = 200;

const show = (value: unknown): string => {
  const text = typeof value === "string" ? value : stableJson(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
};

/** What the engine prints under the rule's id and the resource: what must hold, what is there, where it came from, the fix. */
export function violationText(finding: Finding, rule: RuleData): string {
  const { property, got, want, path } = finding;
  const where = property === "" ? "it" : property;
  const fact =
    finding.outcome === "undecided"
      ? `cannot know: ${where} is not known yet${path.length > 0 ? `, it comes from ${path.join(", ")}` : ""}`
      : `${where} is ${show(got)}`;
  const by = finding.outcome !== "undecided" && path.length > 0 ? [`by way of ${path.join(" → ")}`] : [];
  return [rule.title, fact, `wanted: ${show(want)}`, ...by, `fix: ${rule.remedy}`].join("\n");
}
