import * as kubernetes from "@pulumi/kubernetes";

// The cluster's default class does not encrypt.
new kubernetes.core.v1.PersistentVolumeClaim("scratch", {
  metadata: { name: "scratch", namespace: "research" },
  spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "100Gi" } } },
});
