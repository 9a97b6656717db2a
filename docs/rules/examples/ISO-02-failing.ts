import * as scaleway from "@pulumiverse/scaleway";

// Without `type` the control plane is the mutualised one.
new scaleway.kubernetes.Cluster("research", {
  region: "fr-par",
  version: "1.34.1",
  cni: "cilium",
  deleteAdditionalResources: false,
  tags: ["data-class=health-pseudo", "tier=compute", "env=prod", "owner=registry"],
});
