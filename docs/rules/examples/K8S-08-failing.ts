import * as kubernetes from "@pulumi/kubernetes";

// What an operator or a person makes beside it, nothing refuses.
new kubernetes.core.v1.Pod("trino", {
  metadata: { name: "trino", namespace: "trino" },
  spec: { containers: [{ name: "trino", image: "trino" }] },
});
