import * as kubernetes from "@pulumi/kubernetes";

new kubernetes.core.v1.Namespace("space", { metadata: { name: "space", labels: { permit: "2026-17" } } });
new kubernetes.networking.v1.NetworkPolicy("airlock", {
  metadata: { name: "airlock", namespace: "space" },
  spec: {
    podSelector: {},
    policyTypes: ["Egress"],
    egress: [{ to: [{ ipBlock: { cidr: "10.0.48.0/22" } }], ports: [{ protocol: "TCP", port: 443 }] }],
  },
});
