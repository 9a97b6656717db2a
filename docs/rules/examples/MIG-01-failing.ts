import * as kubernetes from "@pulumi/kubernetes";

// Copies between two clouds, for nobody and for ever.
new kubernetes.batch.v1.CronJob("copy", {
  metadata: { name: "copy", namespace: "migration", labels: { purpose: "transfer" } },
  spec: {
    schedule: "0 * * * *",
    jobTemplate: { spec: { template: { spec: { containers: [{ name: "copy", image: "rclone" }] } } } },
  },
});
