import type { ManifestCheck } from "../../../judge/kit/manifest/check.ts";
import type { RuleData } from "../../../judge/kit/rule.ts";
import { namespaceChecks, namespacesEnforcePodSecurity } from "../rules/kubernetes/namespaces-enforce-pod-security.ts";
import { podsAreRestricted, restrictedChecks } from "../rules/kubernetes/pods-are-restricted.ts";
import { accountChecks, placeChecks, roleChecks } from "../rules/kubernetes/rights.ts";
import { rightsAreLeast } from "../rules/kubernetes/rights-are-least.ts";
import { environmentChecks, secretsComeAsFiles } from "../rules/kubernetes/secrets-come-as-files.ts";
import { serviceChecks, servicesOpenNoPublicDoor } from "../rules/kubernetes/services-open-no-public-door.ts";
import { imageChecks, imagesComeFromOwnRegistries } from "../rules/supply-chain/images-come-from-own-registries.ts";

/** A rule's checks as both doors have them. */
export interface AdmissionRule {
  readonly rule: RuleData;
  readonly checks: readonly ManifestCheck[];
  /** Objects that the control plane makes for itself are let through: its own roles and default accounts. */
  readonly exemptsControlPlane: boolean;
}

export const ADMISSION_RULES: readonly AdmissionRule[] = [
  { rule: namespacesEnforcePodSecurity, checks: namespaceChecks, exemptsControlPlane: true },
  { rule: podsAreRestricted, checks: restrictedChecks, exemptsControlPlane: false },
  { rule: servicesOpenNoPublicDoor, checks: serviceChecks, exemptsControlPlane: false },
  { rule: rightsAreLeast, checks: [...roleChecks, ...placeChecks], exemptsControlPlane: true },
  { rule: rightsAreLeast, checks: accountChecks, exemptsControlPlane: false },
  { rule: secretsComeAsFiles, checks: environmentChecks, exemptsControlPlane: false },
  { rule: imagesComeFromOwnRegistries, checks: imageChecks, exemptsControlPlane: false },
];

/** What the API server is not asked, and why: the judge alone says it. */
export const NOT_AT_THE_SERVER: readonly { readonly rule: string; readonly what: string; readonly reason: string }[] = [
  {
    rule: "K8S-02",
    what: "pods of the cluster's own namespaces",
    reason:
      "the cluster's managed parts are made there, by no program of ours; the judge judges what a program puts there",
  },
  {
    rule: "K8S-03",
    what: "a default-deny policy in each namespace",
    reason: "rests on two objects, and a namespace comes before its policies; the network plug-in is no object at all",
  },
  { rule: "K8S-04", what: "classes of Ingresses", reason: "the class must be one that is declared: another object" },
  {
    rule: "K8S-05",
    what: "a pod that leaves it to its account whether a token is mounted",
    reason: "the account is another object, which is asked by itself when it is made",
  },
  {
    rule: "K8S-06",
    what: "content of secrets",
    reason: "what synchronises an outer store writes the same objects as a person would",
  },
  { rule: "K8S-07", what: "everything", reason: "version and upgrades are the cluster's, not an object's in it" },
  { rule: "K8S-08", what: "everything", reason: "whether policies are there is not theirs to say" },
  {
    rule: "ISO-04",
    what: "everything",
    reason: "encryption is the storage class's, the data class the namespace's: other objects",
  },
  {
    rule: "MIG-01",
    what: "everything",
    reason: "an end date is measured against the day, which policies are not told",
  },
  {
    rule: "MIG-02",
    what: "everything",
    reason: "the manifest, the comparison and the grants of a migrated set are other objects",
  },
  {
    rule: "MIG-03",
    what: "everything",
    reason: "routes and grants out of a research space are many objects, most of them not in the cluster",
  },
  { rule: "MIG-04", what: "everything", reason: "only advice" },
  { rule: "SUP-01", what: "serverless containers", reason: "run beside the cluster" },
  { rule: "SUP-04", what: "everything", reason: "what a program runs on its own machine never reaches a server" },
];
