import * as scaleway from "@pulumiverse/scaleway";

const tags = ["data-class=technical", "tier=compute", "env=prod", "owner=platform"];
const network = new scaleway.network.PrivateNetwork("compute", { region: "fr-par", tags });
new scaleway.kubernetes.Cluster("research", {
  region: "fr-par",
  version: "1.34",
  cni: "cilium",
  privateNetworkId: network.id,
  deleteAdditionalResources: false,
  tags,
});
new scaleway.observability.Source("logs", { region: "fr-par", name: "logs", type: "logs", retentionDays: 365 });
new scaleway.observability.AlertManager("on-call", {
  region: "fr-par",
  contactPoints: [{ email: "on-call@example.org" }],
});
