import * as scaleway from "@pulumiverse/scaleway";

const provider = new scaleway.Provider("paris", { region: "fr-par" });
new scaleway.object.Bucket("cohort", { region: "fr-par" }, { provider });
