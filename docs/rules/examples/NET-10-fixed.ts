import * as scaleway from "@pulumiverse/scaleway";

const network = new scaleway.network.PrivateNetwork("compute", { region: "fr-par" });
const cluster = new scaleway.kubernetes.Cluster("research", {
  region: "fr-par",
  version: "1.34",
  cni: "cilium",
  privateNetworkId: network.id,
  deleteAdditionalResources: false,
});
new scaleway.kubernetes.Acl("research", {
  region: "fr-par",
  clusterId: cluster.id,
  aclRules: [{ ip: "192.0.2.0/27", description: "administrators" }],
});
