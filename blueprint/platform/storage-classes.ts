import type { PartSpec } from "../model/platform.ts";
import type { PlatformContext } from "./context.ts";
import { ENCRYPTED_CLASS } from "./kinds.ts";
import { fromFoundation, object } from "./object.ts";

/**
 * The one storage class that the platform uses: volumes encrypted under a Key Manager key of the region (scaleway-csi,
 * parameters `encrypted` and `kmsKeyId`), made where the pod lands, kept when their claim goes.
 */
export function planStorageClasses(context: PlatformContext): PartSpec {
  const scope = context.scope("storage", "kube-system", { tier: "data", dataClass: context.plan.computeClass });
  return context.part("StorageClasses", "storage", [
    object(scope, {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      name: ENCRYPTED_CLASS,
      clusterWide: true,
      annotations: { "storageclass.kubernetes.io/is-default-class": "true" },
      body: {
        provisioner: "csi.scaleway.com",
        parameters: { encrypted: "true", kmsKeyId: fromFoundation(`volumeKeys.${context.region.name}`) },
        reclaimPolicy: "Retain",
        allowVolumeExpansion: true,
        volumeBindingMode: "WaitForFirstConsumer",
      },
    }),
  ]);
}
