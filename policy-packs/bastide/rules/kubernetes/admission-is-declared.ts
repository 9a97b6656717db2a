import type { Estate } from "../../../../judge/facts/estate.ts";
import type { AdmissionFact } from "../../../../judge/facts/fact-kubernetes.ts";
import { type Placed, placed } from "../../../../judge/facts/kubernetes-scope.ts";
import { fail, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { sortedUnique } from "../../../../kernel/order.ts";

/** Engine resources are custom kinds without a manifest fact: their cluster is their provider. */
function admissionsOf(cluster: string, estate: Estate): readonly AdmissionFact[] {
  return estate.facts("admission").filter((fact) => (estate.resource(fact.urn)?.raw.provider ?? "") === cluster);
}

/** A native policy refuses only by a binding that denies. */
function refuses(facts: readonly AdmissionFact[]): "yes" | "no" | AdmissionFact {
  if (facts.some((f) => f.part === "engine" || f.part === "signatures")) return "yes";
  const names = facts.flatMap((f) => (f.part === "policy" && f.name.known ? [f.name.value] : []));
  const bindings = facts.filter((f) => f.part === "binding");
  const binds = bindings.some(
    ({ policy, actions }) =>
      policy.known && names.includes(policy.value) && actions.known && actions.value.includes("Deny"),
  );
  if (binds) return "yes";
  return bindings.find(({ policy, actions }) => !policy.known || !actions.known) ?? "no";
}

function judgeCluster(cluster: string, workloads: readonly Placed<unknown>[], estate: Estate): readonly Result[] {
  const facts = admissionsOf(cluster, estate);
  const subject = cluster === "" ? (workloads[0]?.object.urn ?? "stack") : cluster;
  const engine = {
    subject,
    property: "admission",
    want: "a ValidatingAdmissionPolicy bound with Deny, or an admission engine's policy",
  };
  const signed = { subject, property: "signatures", want: "a policy that verifies image signatures" };
  const answer = refuses(facts);
  return [
    answer === "yes"
      ? pass(engine, facts.length)
      : answer === "no"
        ? fail(engine, null)
        : undecided(engine, { property: "spec", suppliers: [answer.urn] }),
    facts.some((f) => f.part === "signatures") ? pass(signed, "declared") : fail(signed, null),
  ];
}

export const admissionIsDeclared = rule({
  id: "K8S-08",
  title: "each cluster with workloads declares what refuses bad ones at its API server, and verifies image signatures",
  severity: "medium",
  enforcement: "advisory",
  waivable: true,
  controls: ["CIS:5.2.1", "CIS:5.5.1", "SNC:12.10.a", "IR:6.6.1.c", "ISO:A.8.19", "NSA:upgrade"],
  rationale:
    "This judge sees what programs declare. What an operator, a job or a person makes at the API server passes it by, unless the " +
    "server refuses the same things.",
  remedy:
    "Install the policies that Bastide renders from its own rules (`stacks/admission.json`), and an engine that verifies signatures, " +
    "e.g. the Sigstore policy controller, with its `ClusterImagePolicy`.",
  judge: (estate) => {
    const workloads = placed("pod", estate);
    const clusters = sortedUnique(workloads.map((w) => w.object.cluster));
    return clusters.flatMap((cluster) =>
      judgeCluster(
        cluster,
        workloads.filter((w) => w.object.cluster === cluster),
        estate,
      ),
    );
  },
});
