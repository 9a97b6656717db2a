import * as scaleway from "@pulumiverse/scaleway";

new scaleway.keymanager.Key("records", {
  region: "fr-par",
  usage: "symmetric_encryption",
  algorithm: "aes_256_gcm",
  // Gone on the second of January; wanted back by every plan from then on.
  rotationPolicy: { rotationPeriod: "2160h", nextRotationAt: "2027-01-01T00:00:00Z" },
});
