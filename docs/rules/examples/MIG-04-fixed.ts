import * as scaleway from "@pulumiverse/scaleway";

new scaleway.object.Bucket("tables", {
  region: "fr-par",
  tags: { "data-class": "health-pseudo", exit: "iceberg/copy-job" },
});
