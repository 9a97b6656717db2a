import * as kubernetes from "@pulumi/kubernetes";

new kubernetes.core.v1.Namespace("research", { metadata: { name: "research" } });
new kubernetes.networking.v1.NetworkPolicy("deny", {
  metadata: { name: "deny", namespace: "research" },
  spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
});
new kubernetes.networking.v1.NetworkPolicy("names", {
  metadata: { name: "names", namespace: "research" },
  spec: {
    podSelector: {},
    policyTypes: ["Egress"],
    egress: [
      {
        to: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } } }],
        ports: [{ protocol: "UDP", port: 53 }],
      },
    ],
  },
});
