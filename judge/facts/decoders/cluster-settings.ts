import type { ClusterArgs, PoolArgs } from "@pulumiverse/scaleway/kubernetes/index.js";
import type * as inputs from "@pulumiverse/scaleway/types/input.js";
import { type Decoder, decoder } from "./decoder.ts";
import { reading } from "./kubernetes-api/manifest.ts";

/** Versions, upgrades and switches of managed clusters. */
export const clusterSettingsDecoders: readonly Decoder[] = [
  decoder<ClusterArgs>("scaleway:kubernetes/cluster:Cluster", (read, { urn }) => {
    const upgrade = read.object("autoUpgrade");
    return [
      {
        kind: "cluster-settings",
        urn,
        version: { property: "version", value: read.text("version") },
        cni: { property: "cni", value: read.text("cni") },
        upgrade: {
          enabled: reading<UpgradeArgs, boolean | undefined>(
            upgrade,
            "autoUpgrade.enable",
            (u) => u.flag("enable"),
            false,
          ),
          day: reading<UpgradeArgs, string | undefined>(
            upgrade,
            "autoUpgrade.maintenanceWindowDay",
            (u) => u.text("maintenanceWindowDay"),
            undefined,
          ),
        },
        featureGates: { property: "featureGates", value: read.texts("featureGates") },
        admissionPlugins: { property: "admissionPlugins", value: read.texts("admissionPlugins") },
      },
    ];
  }),

  decoder<PoolArgs>("scaleway:kubernetes/pool:Pool", (read, { urn }) => [
    { kind: "kubelet", urn, args: read.map("kubeletArgs") },
  ]),
];

type UpgradeArgs = inputs.kubernetes.ClusterAutoUpgrade;
