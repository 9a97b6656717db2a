import { isWritten } from "../../../../judge/facts/written.ts";
import { fail, notApplicable, pass } from "../../../../judge/kit/result.ts";
import { resourceRule } from "../../../../judge/kit/rule.ts";
import { SILENT } from "./silent.data.ts";

export const silentChangesReplace = resourceRule({
  id: "TRP-05",
  title: "a property whose change the provider swallows replaces the resource",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["IR:6.3.2.a", "SNC:12.2.a", "ISO:A.8.9"],
  rationale:
    "These changes are planned, reported as done and never sent: a key keeps its algorithm, an ACL its VPC, a VPN its network, while " +
    "state and every later plan say otherwise. An ACL's new rules are even written to the VPC that it left.",
  remedy: "Add the property to the option `replaceOnChanges`.",
  // Policy packs are not shown the option; the gate and files are.
  needs: ["replaceOnChanges"],
  judgeOne: ({ urn, raw, canonicalType }) => {
    const { replaceOnChanges } = raw.options;
    return (Object.hasOwn(SILENT, canonicalType) ? (SILENT[canonicalType] ?? []) : []).flatMap((property) => {
      if (!isWritten(raw.inputs[property])) return [];
      if (!replaceOnChanges.visible) return [notApplicable(urn, property, "this door shows no replaceOnChanges")];
      const about = { subject: urn, property, want: "in replaceOnChanges" };
      const listed = replaceOnChanges.value.some((path) => path === property || path === "*");
      return [listed ? pass(about, replaceOnChanges.value) : fail(about, replaceOnChanges.value)];
    });
  },
});
