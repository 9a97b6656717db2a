import * as scaleway from "@pulumiverse/scaleway";

// Goes where SCW_DEFAULT_REGION, a profile file or the built-in default says.
new scaleway.object.Bucket("records", { name: "records" });
