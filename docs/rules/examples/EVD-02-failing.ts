import * as scaleway from "@pulumiverse/scaleway";

const registry = new scaleway.registry.Namespace("images", {});
// Known only once the registry exists: after the preview was judged.
new scaleway.object.Bucket("cohort", { region: registry.region.apply(String) });
