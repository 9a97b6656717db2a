import * as scaleway from "@pulumiverse/scaleway";

const provider = new scaleway.Provider("ams", { region: "nl-ams", zone: "nl-ams-1" });
// SCW_DEFAULT_REGION=fr-par in the environment moves it to Paris, with a warning.
new scaleway.object.Bucket("reference", { name: "reference" }, { provider });
