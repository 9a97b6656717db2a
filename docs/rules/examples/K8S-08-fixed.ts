import * as kubernetes from "@pulumi/kubernetes";

new kubernetes.core.v1.Pod("trino", {
  metadata: { name: "trino", namespace: "trino" },
  spec: { containers: [{ name: "trino", image: "trino" }] },
});
new kubernetes.admissionregistration.v1.ValidatingAdmissionPolicy("no-host-network", {
  metadata: { name: "no-host-network" },
  spec: {
    matchConstraints: {
      resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: ["pods"] }],
    },
    validations: [{ expression: "!object.spec.?hostNetwork.orValue(false)" }],
  },
});
new kubernetes.admissionregistration.v1.ValidatingAdmissionPolicyBinding("no-host-network", {
  metadata: { name: "no-host-network" },
  spec: { policyName: "no-host-network", validationActions: ["Deny"] },
});
new kubernetes.apiextensions.CustomResource("signed", {
  apiVersion: "policy.sigstore.dev/v1beta1",
  kind: "ClusterImagePolicy",
  metadata: { name: "signed" },
});
