import * as scaleway from "@pulumiverse/scaleway";

new scaleway.keymanager.Key(
  "records",
  { region: "fr-par", usage: "symmetric_encryption", algorithm: "aes_256_gcm" },
  { replaceOnChanges: ["usage", "algorithm", "origin", "unprotected"] },
);
