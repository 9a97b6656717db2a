import * as kubernetes from "@pulumi/kubernetes";

// Filled by what synchronises secrets from the outer store; the pod reads a file.
new kubernetes.core.v1.Secret("database", { metadata: { name: "database", namespace: "trino" } });
new kubernetes.core.v1.Pod("trino", {
  metadata: { name: "trino", namespace: "trino" },
  spec: {
    containers: [{ name: "trino", image: "trino", volumeMounts: [{ name: "database", mountPath: "/secrets" }] }],
    volumes: [{ name: "database", secret: { secretName: "database" } }],
  },
});
