import type { ManagedServiceFact } from "../../../../judge/facts/fact.ts";
import { decide, type Result } from "../../../../judge/kit/result.ts";
import { resourceRule } from "../../../../judge/kit/rule.ts";

function judgeService({ urn, privateEndpoint, publicEndpoints }: ManagedServiceFact): readonly Result[] {
  return [
    decide(
      { subject: urn, property: privateEndpoint.property, want: "an endpoint in a private network" },
      privateEndpoint.value,
      (there) => there,
    ),
    ...publicEndpoints.map(({ property, value }) =>
      decide({ subject: urn, property, want: "no public endpoint" }, value, (there) => !there),
    ),
  ];
}

export const managedServicesArePrivate = resourceRule({
  id: "NET-02",
  title: "managed services have a private endpoint and no public one",
  severity: "critical",
  enforcement: "mandatory",
  waivable: true,
  controls: ["SNC:13.2.a", "IR:6.7.2.c", "IR:6.7.2.i", "ISO:A.8.21", "ISO:A.8.22", "RCF:7.A.8"],
  rationale:
    "Scaleway gives a database without private network a public address, and some services one in any case; their access lists are " +
    "open until narrowed.",
  remedy:
    "Set `privateNetwork` and leave `loadBalancer`, `publicNetwork`, `directAccess` and `publicEndpoint` away; services that can't " +
    "be private don't belong here.",
  judgeOne: (resource) => resource.facts.flatMap((fact) => (fact.kind === "managed-service" ? judgeService(fact) : [])),
});
