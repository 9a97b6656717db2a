import * as kubernetes from "@pulumi/kubernetes";

const spec = (serviceAccountName: string, image: string) => ({
  template: { spec: { serviceAccountName, containers: [{ name: "main", image }] } },
});

new kubernetes.batch.v1.Job("copy", {
  metadata: {
    name: "copy",
    namespace: "migration",
    labels: { purpose: "transfer" },
    annotations: {
      "transfer-set": "tables",
      "transfer-manifest": "s3://manifests/tables.json",
      "transfer-decommission": "2027-03-31",
    },
  },
  spec: spec("copier", "rclone"),
});
new kubernetes.batch.v1.Job("compare", {
  metadata: {
    name: "compare",
    namespace: "migration",
    labels: { purpose: "comparison" },
    annotations: { "transfer-set": "tables" },
  },
  spec: spec("comparer", "compare"),
});
