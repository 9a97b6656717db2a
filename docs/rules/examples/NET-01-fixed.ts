import * as scaleway from "@pulumiverse/scaleway";

const network = new scaleway.network.PrivateNetwork("compute", { region: "fr-par" });
const cluster = new scaleway.kubernetes.Cluster("research", {
  region: "fr-par",
  version: "1.34",
  cni: "cilium",
  privateNetworkId: network.id,
  deleteAdditionalResources: false,
});
new scaleway.kubernetes.Pool("general", {
  clusterId: cluster.id,
  nodeType: "POP2-4C-16G",
  size: 3,
  zone: "fr-par-1",
  publicIpDisabled: true,
});
