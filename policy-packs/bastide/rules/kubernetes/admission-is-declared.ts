import type { Estate } from "../../../../judge/facts/estate.ts";
import type { AdmissionFact } from "../../../../judge/facts/fact-kubernetes.ts";
import { type Placed, placed } from "../../../../judge/facts/kubernetes-scope.ts";
import { fail, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { sortedUnique, stableJson } from "../../../../kernel/order.ts";
import { admissionManifests } from "../../admission/policies.ts";

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

let byName: ReadonlyMap<string, string> | undefined;
/** What Bastide renders from its own rules: each policy's and each binding's specification, by part and name. */
const rendered = (): ReadonlyMap<string, string> => {
  byName ??= new Map(
    admissionManifests().map(({ kind, metadata, spec }) => [
      `${kind === "ValidatingAdmissionPolicy" ? "policy" : "binding"} ${metadata.name}`,
      stableJson(spec),
    ]),
  );
  return byName;
};

const keyOf = ({ part, name }: AdmissionFact): string => `${part} ${name.known ? (name.value ?? "") : ""}`;

/** A native policy or binding that is there and refuses nothing is worse than none: it looks like one. */
function judgeNative(fact: AdmissionFact, estate: Estate): Result | undefined {
  if (fact.part !== "policy" && fact.part !== "binding") return undefined;
  const subject = fact.urn;
  const spec = estate.resource(subject)?.raw.inputs.spec;
  const own = rendered().get(keyOf(fact));
  if (own !== undefined) {
    const about = { subject, property: "spec", want: "what Bastide renders from its rules under this name" };
    return stableJson(spec) === own ? pass(about, "as rendered") : fail(about, "something else");
  }
  if (fact.part === "policy") {
    const about = { subject, property: "spec", want: "a policy that refuses" };
    if (!fact.toothless.known) return undecided(about, fact.toothless.from);
    return fact.toothless.value === undefined ? pass(about, "validates") : fail(about, fact.toothless.value);
  }
  const about = { subject, property: "spec.validationActions", want: "Deny" };
  if (!fact.actions.known) return undecided(about, fact.actions.from);
  return fact.actions.value.includes("Deny") ? pass(about, "Deny") : fail(about, fact.actions.value);
}

/** Of the rendered ones all, or none: a cluster that has most of them has a hole where the others were. */
function judgeSet(subject: string, facts: readonly AdmissionFact[]): readonly Result[] {
  const there = new Set(facts.map(keyOf));
  const missing = [...rendered().keys()].filter((key) => !there.has(key));
  if (missing.length === rendered().size) return [];
  const about = { subject, property: "rendered policies", want: "all that Bastide renders, each with its binding" };
  return [missing.length === 0 ? pass(about, "all") : fail(about, missing)];
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
    ...judgeSet(subject, facts),
    ...facts.flatMap((fact) => judgeNative(fact, estate) ?? []),
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
    "server refuses the same things. A policy without validations, with `failurePolicy: Ignore`, or bound to warn only looks like one " +
    "that refuses; so does one of Bastide's own that was changed by hand.",
  remedy:
    "Install the policies that Bastide renders from its own rules (`stacks/admission.json`), all of them and unchanged, bind others with " +
    "`Deny`, and install an engine that verifies signatures, e.g. the Sigstore policy controller, with its `ClusterImagePolicy`.",
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
