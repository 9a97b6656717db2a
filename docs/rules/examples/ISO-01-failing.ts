import * as scaleway from "@pulumiverse/scaleway";

const tags = ["data-class=health-pseudo", "tier=compute", "env=prod", "owner=registry"];
const network = new scaleway.network.PrivateNetwork("space", { region: "fr-par", tags: [...tags, "permit=DR-1"] });
// A machine of another permit, in the same network.
new scaleway.instance.Server("guest", {
  zone: "fr-par-1",
  type: "POP2-2C-8G",
  privateNetworks: [{ pnId: network.id }],
  tags: [...tags, "permit=DR-2"],
});
