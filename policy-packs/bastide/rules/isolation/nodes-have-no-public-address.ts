import { decide } from "../../../../judge/kit/result.ts";
import { resourceRule } from "../../../../judge/kit/rule.ts";

export const nodesHaveNoPublicAddress = resourceRule({
  id: "NET-01",
  title: "no node, server or router has a routable address",
  severity: "critical",
  enforcement: "mandatory",
  waivable: true,
  controls: ["SNC:13.2.a", "INT:R4", "IR:6.7.2.c", "ISO:A.8.20", "ISO:A.8.22", "RCF:7.A.7", "NSA:network"],
  rationale:
    "A Kapsule node gets a public address unless its pool says otherwise, and an address is an entrance whatever filters it " +
    "today. What must be reached from outside stands behind a gateway in dmz.",
  remedy:
    "Set `publicIpDisabled: true` on the pool, or take `ipId`, `ipIds`, `enableDynamicIp` and flexible IPs away from the server.",
  judgeOne: (resource) =>
    resource.facts.flatMap((fact) =>
      fact.kind === "host"
        ? fact.publicBy.map(({ property, value, got, want }) =>
            decide({ subject: resource.urn, property, want }, value, (isPublic) => !isPublic, got),
          )
        : [],
    ),
});
