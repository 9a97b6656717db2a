import * as kubernetes from "@pulumi/kubernetes";

new kubernetes.storage.v1.StorageClass("sealed", {
  metadata: { name: "sealed" },
  provisioner: "csi.scaleway.com",
  parameters: {
    encrypted: "true",
    "csi.storage.k8s.io/node-stage-secret-name": "volumes",
    "csi.storage.k8s.io/node-stage-secret-namespace": "kube-system",
  },
});
new kubernetes.core.v1.PersistentVolumeClaim("scratch", {
  metadata: { name: "scratch", namespace: "research" },
  spec: {
    storageClassName: "sealed",
    accessModes: ["ReadWriteOnce"],
    resources: { requests: { storage: "100Gi" } },
  },
});
