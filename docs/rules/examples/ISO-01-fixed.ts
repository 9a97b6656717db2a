import * as scaleway from "@pulumiverse/scaleway";

const tags = ["data-class=health-pseudo", "tier=compute", "env=prod", "owner=registry"];
for (const permit of ["DR-1", "DR-2"]) {
  const own = [...tags, `permit=${permit}`];
  const network = new scaleway.network.PrivateNetwork(permit, { region: "fr-par", tags: own });
  new scaleway.instance.Server(permit, {
    zone: "fr-par-1",
    type: "POP2-2C-8G",
    privateNetworks: [{ pnId: network.id }],
    tags: own,
  });
}
