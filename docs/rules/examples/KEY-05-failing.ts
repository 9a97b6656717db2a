import * as scaleway from "@pulumiverse/scaleway";

// Without a rotation policy one version of the key protects everything that is ever written.
new scaleway.keymanager.Key("cohort", { region: "fr-par", usage: "symmetric_encryption", algorithm: "aes_256_gcm" });
