import * as scaleway from "@pulumiverse/scaleway";

new scaleway.keymanager.Key("cohort", {
  region: "fr-par",
  usage: "symmetric_encryption",
  algorithm: "aes_256_gcm",
  tags: ["data-class=health-pseudo", "tier=data", "env=prod", "owner=data-office"],
});
