import * as scaleway from "@pulumiverse/scaleway";

new scaleway.observability.Source("logs", { type: "logs", retentionDays: 365, region: "fr-par" });
// Alerts are read in Cockpit; a contact's address would have to stand in the settings.
new scaleway.observability.AlertManager("alerts", { contactPoints: [], region: "fr-par" });
