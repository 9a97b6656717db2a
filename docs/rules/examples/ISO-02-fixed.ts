import * as scaleway from "@pulumiverse/scaleway";

new scaleway.kubernetes.Cluster("research", {
  region: "fr-par",
  type: "kapsule-dedicated-4",
  version: "1.34.1",
  cni: "cilium",
  deleteAdditionalResources: false,
  tags: ["data-class=health-pseudo", "tier=compute", "env=prod", "owner=registry"],
});
