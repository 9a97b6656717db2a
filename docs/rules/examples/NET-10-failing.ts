import * as scaleway from "@pulumiverse/scaleway";

const network = new scaleway.network.PrivateNetwork("compute", { region: "fr-par" });
// Without an ACL of its own, the control plane answers 0.0.0.0/0.
new scaleway.kubernetes.Cluster("research", {
  region: "fr-par",
  version: "1.34",
  cni: "cilium",
  privateNetworkId: network.id,
  deleteAdditionalResources: false,
});
