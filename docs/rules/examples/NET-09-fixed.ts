import * as scaleway from "@pulumiverse/scaleway";

const network = new scaleway.network.PrivateNetwork("dmz", {
  region: "fr-par",
  tags: ["data-class=technical", "tier=dmz", "env=prod", "owner=platform"],
});
// One network; what it needs of another passes the VPC's ACLs.
new scaleway.instance.Server("proxy", {
  zone: "fr-par-1",
  type: "POP2-2C-8G",
  privateNetworks: [{ pnId: network.id }],
});
