import * as kubernetes from "@pulumi/kubernetes";
import * as scaleway from "@pulumiverse/scaleway";

const tags = { "data-class": "health-pseudo", tier: "backup", env: "prod", owner: "registry" };
new scaleway.object.Bucket("copy", { name: "example-cohort-copy", region: "fr-par", tags });
new kubernetes.batch.v1.CronJob("restore-test", {
  metadata: { namespace: "backup", annotations: { "bastide.dev/restores": "example-cohort-copy" } },
  spec: {
    schedule: "0 3 * * 0",
    jobTemplate: { spec: { template: { spec: { restartPolicy: "Never", containers: [{ name: "restore" }] } } } },
  },
});
