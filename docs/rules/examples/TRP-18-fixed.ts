import * as scaleway from "@pulumiverse/scaleway";

new scaleway.observability.Token("dashboards", {
  region: "fr-par",
  scopes: { queryLogs: true, queryMetrics: true, writeLogs: false, writeMetrics: false },
});
