import type { meta } from "@pulumi/kubernetes/types/input.js";
import type { Estate } from "../../../../judge/facts/estate.ts";
import type { ManifestFact } from "../../../../judge/facts/fact-kubernetes.ts";
import { judgeManifest, type ManifestCheck, OBJECT, SYSTEM_NAMESPACES } from "../../../../judge/kit/manifest/check.ts";
import { anyOf, matches, oneOf, type Place, unsetOr, way } from "../../../../judge/kit/manifest/condition.ts";
import { notApplicable, type Result } from "../../../../judge/kit/result.ts";
import { resourceRule } from "../../../../judge/kit/rule.ts";

const metadata = way<meta.v1.ObjectMeta>(OBJECT, "metadata");
const label = (name: string): Place => {
  const { from, steps } = metadata("labels");
  return { from, steps: [...steps, `pod-security.kubernetes.io/${name}`] };
};
const isSystem = oneOf(metadata("name"), ...SYSTEM_NAMESPACES);

export const namespaceChecks: readonly ManifestCheck[] = [
  {
    name: "enforce",
    on: ["Namespace"],
    holds: anyOf(isSystem, oneOf(label("enforce"), "restricted")),
    want: "restricted",
    message: "label pod-security.kubernetes.io/enforce must be restricted",
  },
  {
    name: "enforce-version",
    on: ["Namespace"],
    holds: anyOf(isSystem, matches(label("enforce-version"), "^v1\\.[0-9]+$")),
    want: "a pinned version, e.g. v1.34",
    message: "label pod-security.kubernetes.io/enforce-version must pin a minor version",
  },
];

/** A patch says only what it changes: it may not weaken, and need not repeat. */
const patchChecks: readonly ManifestCheck[] = [
  {
    name: "enforce",
    on: ["Namespace"],
    holds: anyOf(isSystem, unsetOr(label("enforce"), "restricted")),
    want: "restricted",
    message: "",
  },
];

function judgeNamespace(fact: ManifestFact, estate: Estate): readonly Result[] {
  const { name } = fact;
  if (name.known && name.value !== undefined && SYSTEM_NAMESPACES.includes(name.value))
    return [notApplicable(fact.urn, "metadata.name", "a namespace of the cluster itself")];
  return judgeManifest(fact, estate, fact.patch ? patchChecks : namespaceChecks);
}

export const namespacesEnforcePodSecurity = resourceRule({
  id: "K8S-01",
  title: "each namespace enforces Pod Security `restricted` at a pinned version",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["CIS:5.2.1", "CIS:5.6.1", "PSS:restricted", "NSA:pod", "IR:6.3.2.b", "ISO:A.8.9"],
  rationale:
    "A namespace without the label admits privileged pods, whoever makes them: an operator, a job of a researcher, a stolen " +
    "token. Without a pinned version an upgrade of the cluster changes what is admitted.",
  remedy:
    "Label the namespace `pod-security.kubernetes.io/enforce: restricted` and `pod-security.kubernetes.io/enforce-version: v1.N`, " +
    "N being the cluster's minor version.",
  judgeOne: (resource, estate) =>
    resource.facts.flatMap((fact) =>
      fact.kind === "manifest" && fact.object === "Namespace" ? judgeNamespace(fact, estate) : [],
    ),
});
