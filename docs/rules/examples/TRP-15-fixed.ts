import * as scaleway from "@pulumiverse/scaleway";

new scaleway.keymanager.Key("records", {
  region: "fr-par",
  usage: "symmetric_encryption",
  algorithm: "aes_256_gcm",
  rotationPolicy: { rotationPeriod: "2160h" },
});
