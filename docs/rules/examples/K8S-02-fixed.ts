import * as kubernetes from "@pulumi/kubernetes";

new kubernetes.apps.v1.Deployment("trino", {
  metadata: { namespace: "research" },
  spec: {
    selector: { matchLabels: { app: "trino" } },
    template: {
      metadata: { labels: { app: "trino" } },
      spec: {
        securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
        containers: [
          {
            name: "trino",
            image: "trino",
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
          },
        ],
      },
    },
  },
});
