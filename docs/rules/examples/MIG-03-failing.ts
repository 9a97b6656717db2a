import * as kubernetes from "@pulumi/kubernetes";

// A research space that reaches the internet needs no airlock.
new kubernetes.core.v1.Namespace("space", { metadata: { name: "space", labels: { permit: "2026-17" } } });
new kubernetes.networking.v1.NetworkPolicy("packages", {
  metadata: { name: "packages", namespace: "space" },
  spec: {
    podSelector: {},
    policyTypes: ["Egress"],
    egress: [{ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports: [{ protocol: "TCP", port: 443 }] }],
  },
});
