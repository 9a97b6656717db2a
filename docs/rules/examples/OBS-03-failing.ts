import * as scaleway from "@pulumiverse/scaleway";

const tags = { "data-class": "technical", tier: "log", env: "prod", owner: "security" };
// Whoever administers the project administers the evidence, too.
new scaleway.object.Bucket("sessions", { name: "example-sessions", region: "fr-par", tags });
