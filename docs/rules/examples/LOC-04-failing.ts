import * as scaleway from "@pulumiverse/scaleway";

const logs = new scaleway.observability.Source("logs", { type: "logs", retentionDays: 365, region: "fr-par" });
// Without endpoint: https://api.datadoghq.com, outside the Union.
new scaleway.observability.Exporter("logs", {
  datasourceId: logs.id,
  datadogDestination: { apiKey: "from a secret" },
  region: "fr-par",
});
