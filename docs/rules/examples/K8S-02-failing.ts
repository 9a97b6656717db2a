import * as kubernetes from "@pulumi/kubernetes";

// Nothing is said about user, privileges, capabilities or seccomp: the defaults are what a breakout needs.
new kubernetes.apps.v1.Deployment("trino", {
  metadata: { namespace: "research" },
  spec: {
    selector: { matchLabels: { app: "trino" } },
    template: {
      metadata: { labels: { app: "trino" } },
      spec: { containers: [{ name: "trino", image: "trino" }] },
    },
  },
});
