import { fail, pass } from "../../../../judge/kit/result.ts";
import { resourceRule } from "../../../../judge/kit/rule.ts";

export const onlyCanonicalTypes = resourceRule({
  id: "SUP-03",
  title: "resources are registered under canonical type tokens",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["IR:6.3.2.b", "ISO:A.8.9"],
  rationale:
    "The provider's SDK still ships deprecated names for most of its types. They reach the same API, and slip past every rule and " +
    "review that matches by type; ours maps them first, others may not.",
  remedy:
    "Use the class of the module that the finding names; the engine takes the old name for an alias and replaces nothing.",
  judgeOne: ({ urn, type, canonicalType, raw }) => {
    if (!raw.custom || !type.startsWith("scaleway:")) return [];
    const about = { subject: urn, property: "type", want: canonicalType };
    return [type === canonicalType ? pass(about, type) : fail(about, type)];
  },
});
