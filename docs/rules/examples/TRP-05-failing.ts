import * as scaleway from "@pulumiverse/scaleway";

// A later change of the algorithm is reported as done; the key stays as it is.
new scaleway.keymanager.Key("records", {
  region: "fr-par",
  usage: "symmetric_encryption",
  algorithm: "aes_256_gcm",
});
