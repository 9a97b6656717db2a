import type { Resource } from "../../../../judge/facts/observed.ts";
import { fail, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { resourceRule } from "../../../../judge/kit/rule.ts";

/** Kinds of facts whose resource closes something by being there. */
const WALLS: ReadonlySet<string> = new Set(["network-acl", "control-plane-acl"]);

function judgeWall({ urn, raw }: Resource): Result {
  const { protect, retainOnDelete } = raw.options;
  const about = { subject: urn, property: "protect", want: "protect or retainOnDelete" };
  if (protect.visible && protect.value) return pass(about, "protect");
  if (retainOnDelete.visible && retainOnDelete.value) return pass(about, "retainOnDelete");
  if (!protect.visible || !retainOnDelete.visible)
    return undecided(about, { property: "retainOnDelete", suppliers: [] });
  return fail(about, "deleted like anything else");
}

export const wallsOutliveTheirDeletion = resourceRule({
  id: "TRP-04",
  title: "an ACL whose deletion opens what it closed is kept from deletion",
  severity: "critical",
  enforcement: "mandatory",
  waivable: true,
  controls: ["SNC:13.2.a", "IR:6.7.2.d", "ISO:A.8.20"],
  rationale:
    "Deleting or replacing a cluster's ACL admits 0.0.0.0/0 and all of Scaleway again; deleting a VPC's ACL sets it to accept, and " +
    "the one of IPv6 opens the list of IPv4 instead of its own. A renamed resource is enough.",
  remedy: "Set the options `protect: true` or `retainOnDelete: true`, so that the ACL goes only with what it guards.",
  judgeOne: (resource) => (resource.facts.some((fact) => WALLS.has(fact.kind)) ? [judgeWall(resource)] : []),
});
