import type { Estate } from "../../../../judge/facts/estate.ts";
import type { ManifestFact, PodFact } from "../../../../judge/facts/fact-kubernetes.ts";
import { namespaceKey, placed } from "../../../../judge/facts/kubernetes-scope.ts";
import { judgeManifest } from "../../../../judge/kit/manifest/check.ts";
import { notApplicable, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { accountChecks, placeChecks, roleChecks } from "./rights.ts";

const CHECKS = [...roleChecks, ...accountChecks, ...placeChecks];

/** A patch that says nothing of the token leaves it as it is, which this estate does not show. */
function judgeObject(fact: ManifestFact, estate: Estate): readonly Result[] {
  if (!fact.patch) return judgeManifest(fact, estate, CHECKS);
  return fact.object === "ServiceAccount" && fact.manifest.automountServiceAccountToken !== undefined
    ? judgeManifest(fact, estate, roleChecks)
    : [notApplicable(fact.urn, "metadata", "a patch of something else")];
}

/** A pod that leaves it to its account whether a token is mounted: the account must be here, where it is judged itself. */
function judgeAccount(fact: PodFact, object: ManifestFact, estate: Estate): readonly Result[] {
  const { mountsToken, serviceAccount } = fact;
  const decides = !mountsToken.value.known || mountsToken.value.value !== undefined;
  if (decides || !serviceAccount.value.known || serviceAccount.value.value === undefined) return [];
  const name = serviceAccount.value.value;
  const want = "a service account of this estate that mounts no token";
  const about = { subject: fact.urn, property: mountsToken.property, want };
  const namespace = namespaceKey(object, estate);
  if (!namespace.known) return [undecided(about, namespace.from)];
  const accounts = placed("service-account", estate).filter((a) => {
    const place = namespaceKey(a.object, estate);
    return a.object.cluster === object.cluster && place.known && place.value === namespace.value;
  });
  const own = accounts.find((a) => a.fact.name.known && a.fact.name.value === name);
  if (own === undefined) return [undecided(about, { property: serviceAccount.property, suppliers: [] })];
  return [pass({ ...about, path: [own.fact.urn] }, name)];
}

export const rightsAreLeast = rule({
  id: "K8S-05",
  title:
    "rights in the cluster are named and small; no default account, no token mounted unasked, nothing in `default`",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: [
    "CIS:5.1.1",
    "CIS:5.1.2",
    "CIS:5.1.3",
    "CIS:5.1.5",
    "CIS:5.1.6",
    "CIS:5.1.7",
    "CIS:5.1.8",
    "CIS:5.6.4",
    "NSA:authz",
    "IR:11.2.2.a",
    "ISO:A.8.2",
  ],
  rationale:
    "A token is mounted into every pod unless somebody says no; with a wildcard role behind it, whoever gets into one container " +
    "has the cluster. `bind`, `escalate` and `impersonate` are every other right, under a smaller name.",
  remedy:
    "Write verbs, groups and resources out; bind roles to named service accounts; set `automountServiceAccountToken: false` on " +
    "accounts and project a token with audience and expiry where a pod needs one; use a namespace of its own.",
  judgeOne: (resource, estate) =>
    resource.facts.flatMap((fact) => (fact.kind === "manifest" ? judgeObject(fact, estate) : [])),
  judge: (estate) => [
    ...estate.facts("manifest").flatMap((fact) => judgeObject(fact, estate)),
    ...placed("pod", estate).flatMap(({ fact, object }) => judgeAccount(fact, object, estate)),
  ],
});
