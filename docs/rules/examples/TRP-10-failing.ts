import * as scaleway from "@pulumiverse/scaleway";

const network = new scaleway.network.PrivateNetwork("nodes", { region: "fr-par" });
const gateway = new scaleway.network.PublicGateway("nat", { zone: "fr-par-1", type: "VPC-GW-S" });
new scaleway.network.GatewayNetwork("nodes", {
  zone: "fr-par-1",
  gatewayId: gateway.id,
  privateNetworkId: network.id,
  ipamConfigs: [{ pushDefaultRoute: true }],
});
// Made beside its gateway: nodes may look for a way out that is not there yet.
new scaleway.kubernetes.Cluster("research", {
  region: "fr-par",
  version: "1.34.1",
  cni: "cilium",
  privateNetworkId: network.id,
  deleteAdditionalResources: false,
});
