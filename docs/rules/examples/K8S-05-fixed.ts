import * as kubernetes from "@pulumi/kubernetes";

const metadata = { name: "operator", namespace: "spark" };

new kubernetes.core.v1.ServiceAccount("operator", { metadata, automountServiceAccountToken: false });
new kubernetes.rbac.v1.Role("operator", {
  metadata,
  rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["create", "get", "list", "watch", "delete"] }],
});
new kubernetes.rbac.v1.RoleBinding("operator", {
  metadata,
  roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "operator" },
  subjects: [{ kind: "ServiceAccount", name: "operator", namespace: "spark" }],
});
