import * as kubernetes from "@pulumi/kubernetes";

// Whatever the tag means on the day that a node pulls it.
new kubernetes.core.v1.Pod("trino", {
  metadata: { namespace: "trino" },
  spec: { containers: [{ name: "trino", image: "docker.io/trinodb/trino:latest" }] },
});
