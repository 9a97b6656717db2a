import * as kubernetes from "@pulumi/kubernetes";

// Admits privileged pods, whoever makes them.
new kubernetes.core.v1.Namespace("research", { metadata: { name: "research" } });
