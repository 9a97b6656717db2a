import * as scaleway from "@pulumiverse/scaleway";

const network = new scaleway.network.PrivateNetwork("data", { region: "fr-par" });
new scaleway.databases.Instance("catalogue", {
  region: "fr-par",
  engine: "PostgreSQL-16",
  nodeType: "db-dev-s",
  privateNetwork: { pnId: network.id, enableIpam: true },
});
