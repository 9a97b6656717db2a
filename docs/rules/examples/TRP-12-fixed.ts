import * as scaleway from "@pulumiverse/scaleway";

new scaleway.kubernetes.Cluster("research", {
  region: "fr-par",
  version: "1.34.1",
  cni: "cilium",
  deleteAdditionalResources: false,
});
