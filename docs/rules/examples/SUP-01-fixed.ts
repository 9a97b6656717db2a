import * as kubernetes from "@pulumi/kubernetes";
import * as scaleway from "@pulumiverse/scaleway";

new scaleway.registry.Namespace("images", { name: "example-images", region: "fr-par", isPublic: false });

const digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
new kubernetes.core.v1.Pod("trino", {
  metadata: { namespace: "trino" },
  spec: { containers: [{ name: "trino", image: `rg.fr-par.scw.cloud/example-images/trino@sha256:${digest}` }] },
});
