import * as scaleway from "@pulumiverse/scaleway";

// Meant to read; may write logs and metrics as well.
new scaleway.observability.Token("dashboards", { region: "fr-par", scopes: { queryLogs: true, queryMetrics: true } });
