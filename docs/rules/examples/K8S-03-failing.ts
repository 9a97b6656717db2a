import * as kubernetes from "@pulumi/kubernetes";

// Every pod in it talks with every pod of the cluster, and with whatever the nodes reach.
new kubernetes.core.v1.Namespace("research", { metadata: { name: "research" } });
