import type { PartSpec } from "../model/platform.ts";
import type { PlatformContext } from "./context.ts";
import { ENCRYPTED_CLASS, SCRATCH_CLASS } from "./kinds.ts";
import { fromFoundation, object } from "./object.ts";

/**
 * The two storage classes that the platform uses: volumes encrypted under a Key Manager key of the region (scaleway-csi,
 * parameters `encrypted` and `kmsKeyId`), made where the pod lands. What is data stays when its claim goes; what an engine spilled
 * goes with the pod that spilled it.
 */
export function planStorageClasses(context: PlatformContext): PartSpec {
  const scope = context.scope("storage", "kube-system", { tier: "data", dataClass: context.plan.computeClass });
  const encrypted = (name: string, reclaimPolicy: "Retain" | "Delete", isDefault: boolean) =>
    object(scope, {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      name,
      clusterWide: true,
      annotations: { "storageclass.kubernetes.io/is-default-class": String(isDefault) },
      body: {
        provisioner: "csi.scaleway.com",
        parameters: { encrypted: "true", kmsKeyId: fromFoundation(`volumeKeys.${context.region.name}`) },
        reclaimPolicy,
        allowVolumeExpansion: true,
        volumeBindingMode: "WaitForFirstConsumer",
      },
    });
  return context.part("StorageClasses", "storage", [
    encrypted(ENCRYPTED_CLASS, "Retain", true),
    encrypted(SCRATCH_CLASS, "Delete", false),
  ]);
}
