import * as scaleway from "@pulumiverse/scaleway";

const tags = ["data-class=technical", "tier=compute", "env=prod", "owner=platform"];
const network = new scaleway.network.PrivateNetwork("compute", { region: "fr-par", tags });
const cluster = new scaleway.kubernetes.Cluster("research", {
  region: "fr-par",
  version: "1.34",
  cni: "cilium",
  privateNetworkId: network.id,
  deleteAdditionalResources: false,
  tags,
});
for (const zone of ["fr-par-1", "fr-par-2"]) {
  new scaleway.kubernetes.Pool(`general-${zone}`, {
    region: "fr-par",
    zone,
    clusterId: cluster.id,
    nodeType: "POP2-4C-16G",
    size: 1,
    publicIpDisabled: true,
    tags,
  });
}
