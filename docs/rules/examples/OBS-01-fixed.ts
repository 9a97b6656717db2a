import * as scaleway from "@pulumiverse/scaleway";

new scaleway.observability.Source("audit", { region: "fr-par", name: "audit", type: "logs", retentionDays: 365 });
