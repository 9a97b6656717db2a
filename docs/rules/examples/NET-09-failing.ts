import * as scaleway from "@pulumiverse/scaleway";

const network = (tier: string) =>
  new scaleway.network.PrivateNetwork(tier, {
    region: "fr-par",
    tags: ["data-class=technical", `tier=${tier}`, "env=prod", "owner=platform"],
  });
// A foot on either side of the wall.
new scaleway.instance.Server("bridge", {
  zone: "fr-par-1",
  type: "POP2-2C-8G",
  privateNetworks: [{ pnId: network("dmz").id }, { pnId: network("data").id }],
});
