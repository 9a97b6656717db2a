import * as scaleway from "@pulumiverse/scaleway";

// Seven days are gone before anybody asks.
new scaleway.observability.Source("audit", { region: "fr-par", name: "audit", type: "logs", retentionDays: 7 });
