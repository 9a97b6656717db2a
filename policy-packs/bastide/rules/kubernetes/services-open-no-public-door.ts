import type { Estate } from "../../../../judge/facts/estate.ts";
import type { IngressFact, ServiceFact } from "../../../../judge/facts/fact.ts";
import { decide, fail, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";

/** Asks Scaleway's cloud controller for a load balancer in the private network alone. */
const PRIVATE = "service.beta.kubernetes.io/scw-loadbalancer-private";

function judgeType({ urn, type, annotations }: ServiceFact): Result {
  const { property, value } = type;
  const about = { subject: urn, property, want: "ClusterIP, or LoadBalancer with the private annotation" };
  if (!value.known) return undecided(about, value.from);
  if (value.value === "NodePort") return fail(about, value.value);
  if (value.value !== "LoadBalancer") return pass(about, value.value ?? null);
  const annotated = { subject: urn, property: `${annotations.property}["${PRIVATE}"]`, want: "true" };
  const { value: all } = annotations;
  if (!all.known) return undecided(annotated, all.from);
  const mark = all.value[PRIVATE];
  return mark === "true" ? pass(annotated, mark) : fail(annotated, mark ?? null);
}

const judgeExternal = ({ urn, externalIps }: ServiceFact): Result =>
  decide(
    { subject: urn, property: externalIps.property, want: [] },
    externalIps.value,
    (addresses) => addresses.length === 0,
  );

/** An Ingress opens what its controller's Service opens: the class must be one that this estate declares, so that it is judged. */
function judgeIngress({ urn, className }: IngressFact, estate: Estate): Result {
  const { property, value } = className;
  const about = { subject: urn, property, want: "an IngressClass of this estate" };
  if (!value.known) return undecided(about, value.from);
  const name = value.value;
  if (name === undefined) return fail(about, "the cluster's default class, whose door is not in this estate");
  const classes = estate.facts("ingress-class");
  const own = classes.find((c) => c.name.known && c.name.value === name);
  if (own !== undefined) return pass({ ...about, path: [own.urn] }, name);
  const unclear = classes.flatMap((c) => (c.name.known ? [] : [c.name.from]))[0];
  return undecided(about, unclear ?? { property, suppliers: [] });
}

export const servicesOpenNoPublicDoor = rule({
  id: "K8S-04",
  title: "no Service or Ingress opens a public door",
  severity: "critical",
  enforcement: "mandatory",
  waivable: true,
  controls: ["CIS:1.2.3", "INT:R4", "RCF:7.A.6", "NSA:network", "ISO:A.8.20"],
  rationale:
    "A Service of type LoadBalancer makes a load balancer with a public address outside the declared resources, where no other " +
    "rule sees it; a NodePort opens every node.",
  remedy: `Use ClusterIP, or LoadBalancer with the annotation \`${PRIVATE}: "true"\`; no \`externalIPs\`; name a declared IngressClass.`,
  judgeOne: (resource, estate) =>
    resource.facts.flatMap((fact) => {
      if (fact.kind === "service") return [judgeType(fact), judgeExternal(fact)];
      return fact.kind === "ingress" ? [judgeIngress(fact, estate)] : [];
    }),
  judge: (estate) => [
    ...estate.facts("service").flatMap((s) => [judgeType(s), judgeExternal(s)]),
    ...estate.facts("ingress").map((i) => judgeIngress(i, estate)),
  ],
});
