import type { GatewayEntranceFact } from "../../../../judge/facts/fact-topology.ts";
import { isAnySource } from "../../../../judge/kit/ranges.ts";
import { decide, fail, notApplicable, type Result, undecided } from "../../../../judge/kit/result.ts";
import { resourceRule } from "../../../../judge/kit/rule.ts";

function judgeBastion({ urn, bastion, bastionSources }: GatewayEntranceFact): Result {
  const { property, value } = bastionSources;
  const about = { subject: urn, property, want: "named ranges, at least one" };
  if (bastion.value.known && bastion.value.value !== true) return notApplicable(urn, property, "no bastion");
  const result = decide(about, value, (ranges) => ranges.length > 0 && !ranges.some(isAnySource));
  if (result.outcome !== "fail") return result;
  return bastion.value.known
    ? fail(about, value.known && value.value.length === 0 ? "none: everybody" : result.got)
    : undecided(about, bastion.value.from);
}

export const bastionsNameTheirSources = resourceRule({
  id: "TRP-06",
  title: "an SSH bastion names its sources when it is switched on, and an empty list is none",
  severity: "critical",
  enforcement: "mandatory",
  waivable: true,
  controls: ["SNC:9.6.e", "ADM:R16", "IR:6.7.2.d", "ISO:A.8.20"],
  rationale:
    "A bastion is born open to 0.0.0.0/0. `allowedIpRanges: []` looks closed and is never sent at creation: the first run ends " +
    "complete with the bastion open to the world, and only the next one would close it.",
  remedy: "Write the administrators' ranges in `allowedIpRanges`, or leave the bastion off.",
  judgeOne: (resource) =>
    resource.facts.flatMap((fact) => (fact.kind === "gateway-entrance" ? [judgeBastion(fact)] : [])),
});
