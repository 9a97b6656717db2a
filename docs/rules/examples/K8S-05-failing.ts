import * as kubernetes from "@pulumi/kubernetes";

// Whoever runs as this role has the cluster.
new kubernetes.rbac.v1.ClusterRole("operator", {
  metadata: { name: "operator" },
  rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }],
});
