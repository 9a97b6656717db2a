import * as kubernetes from "@pulumi/kubernetes";

new kubernetes.core.v1.Namespace("research", {
  metadata: {
    name: "research",
    labels: {
      "pod-security.kubernetes.io/enforce": "restricted",
      "pod-security.kubernetes.io/enforce-version": "v1.34",
    },
  },
});
