import * as k8s from "@pulumi/kubernetes";
import type { CustomResource, CustomResourceOptions } from "@pulumi/pulumi";
import type { Manifest } from "../../blueprint/model/platform.ts";
import { toolError } from "../../kernel/errors.ts";

/** A class of @pulumi/kubernetes, as far as a manifest needs it: the SDK's own argument types are checked by a test on the plan. */
export type ObjectClass = new (name: string, args: never, options?: CustomResourceOptions) => CustomResource;

/** The kinds that the platform is made of. The SDK loads a class when it is first read, so each stands behind a function. */
const CLASSES: Readonly<Record<string, () => ObjectClass>> = {
  "v1/ConfigMap": () => k8s.core.v1.ConfigMap,
  "v1/LimitRange": () => k8s.core.v1.LimitRange,
  "v1/Namespace": () => k8s.core.v1.Namespace,
  "v1/ResourceQuota": () => k8s.core.v1.ResourceQuota,
  "v1/Service": () => k8s.core.v1.Service,
  "v1/ServiceAccount": () => k8s.core.v1.ServiceAccount,
  "admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy": () =>
    k8s.admissionregistration.v1.ValidatingAdmissionPolicy,
  "admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding": () =>
    k8s.admissionregistration.v1.ValidatingAdmissionPolicyBinding,
  "apps/v1/Deployment": () => k8s.apps.v1.Deployment,
  "apps/v1/StatefulSet": () => k8s.apps.v1.StatefulSet,
  "batch/v1/CronJob": () => k8s.batch.v1.CronJob,
  "networking.k8s.io/v1/NetworkPolicy": () => k8s.networking.v1.NetworkPolicy,
  "policy/v1/PodDisruptionBudget": () => k8s.policy.v1.PodDisruptionBudget,
  "rbac.authorization.k8s.io/v1/Role": () => k8s.rbac.v1.Role,
  "rbac.authorization.k8s.io/v1/RoleBinding": () => k8s.rbac.v1.RoleBinding,
  "storage.k8s.io/v1/StorageClass": () => k8s.storage.v1.StorageClass,
};

export function classOf({ apiVersion, kind }: Pick<Manifest, "apiVersion" | "kind">): ObjectClass {
  const found = CLASSES[`${apiVersion}/${kind}`];
  if (found === undefined) throw toolError(`the plan wants a ${apiVersion} ${kind}, which no component makes`);
  return found();
}
