import * as scaleway from "@pulumiverse/scaleway";

// In whichever project the environment or the credential names.
new scaleway.object.Bucket("records", { name: "records", region: "fr-par" });
