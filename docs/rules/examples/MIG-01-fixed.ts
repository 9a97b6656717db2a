import * as kubernetes from "@pulumi/kubernetes";

new kubernetes.batch.v1.CronJob("copy", {
  metadata: {
    name: "copy",
    namespace: "migration",
    labels: { purpose: "transfer" },
    annotations: {
      "transfer-source": "abfss://tables@old-account",
      "transfer-destination": "s3://new-tables",
      "transfer-owner": "data-office",
      "transfer-until": "2027-01-31",
    },
  },
  spec: {
    schedule: "0 * * * *",
    jobTemplate: { spec: { template: { spec: { containers: [{ name: "copy", image: "rclone" }] } } } },
  },
});
