import type { core } from "@pulumi/kubernetes/types/input.js";
import type { Estate } from "../../../../judge/facts/estate.ts";
import type { IngressFact } from "../../../../judge/facts/fact-services.ts";
import { judgeManifest, type ManifestCheck, OBJECT } from "../../../../judge/kit/manifest/check.ts";
import { anyOf, oneOf, unset, unsetOr, way } from "../../../../judge/kit/manifest/condition.ts";
import { fail, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";

/** Asks Scaleway's cloud controller for a load balancer in the private network alone. */
const PRIVATE = "service.beta.kubernetes.io/scw-loadbalancer-private";

const spec = way<core.v1.ServiceSpec>(OBJECT, "spec");
const annotation = { from: OBJECT, steps: ["metadata", "annotations", PRIVATE] };

export const serviceChecks: readonly ManifestCheck[] = [
  {
    name: "type",
    on: ["Service"],
    holds: unsetOr(spec("type"), "ClusterIP", "LoadBalancer"),
    want: "ClusterIP, or LoadBalancer with the private annotation",
    message: "no port of every node, and no alias of a name elsewhere",
  },
  {
    name: "private load balancer",
    on: ["Service"],
    holds: anyOf(
      unset(spec("type")),
      oneOf(spec("type"), "ClusterIP", "ExternalName", "NodePort"),
      oneOf(annotation, "true"),
    ),
    want: "true",
    message: `a load balancer carries ${PRIVATE}: "true"`,
  },
  {
    name: "external addresses",
    on: ["Service"],
    holds: unset(spec("externalIPs")),
    want: [],
    message: "no external addresses",
  },
];

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
    "rule sees it; a NodePort opens every node; an ExternalName gives a stranger a name that looks like ours.",
  remedy: `Use ClusterIP, or LoadBalancer with the annotation \`${PRIVATE}: "true"\`; no \`externalIPs\`; name a declared IngressClass.`,
  judgeOne: (resource, estate) =>
    resource.facts.flatMap((fact) => {
      if (fact.kind === "manifest") return judgeManifest(fact, estate, serviceChecks);
      return fact.kind === "ingress" ? [judgeIngress(fact, estate)] : [];
    }),
  judge: (estate) => [
    ...estate.facts("manifest").flatMap((fact) => judgeManifest(fact, estate, serviceChecks)),
    ...estate.facts("ingress").map((i) => judgeIngress(i, estate)),
  ],
});
