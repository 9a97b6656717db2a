import * as scaleway from "@pulumiverse/scaleway";

const tags = ["data-class=technical", "tier=compute", "env=prod", "owner=platform"];
const network = new scaleway.network.PrivateNetwork("compute", { region: "fr-par", tags });
// Nobody keeps its logs, and nobody is told when it fails.
new scaleway.kubernetes.Cluster("research", {
  region: "fr-par",
  version: "1.34",
  cni: "cilium",
  privateNetworkId: network.id,
  deleteAdditionalResources: false,
  tags,
});
