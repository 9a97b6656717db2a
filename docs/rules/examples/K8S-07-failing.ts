import * as scaleway from "@pulumiverse/scaleway";

// Nobody patches this version any more.
new scaleway.kubernetes.Cluster("main", {
  version: "1.32.3",
  cni: "cilium",
  region: "fr-par",
  deleteAdditionalResources: false,
});
