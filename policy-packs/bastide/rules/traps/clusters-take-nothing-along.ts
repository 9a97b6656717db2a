import { trapRule } from "./trap.ts";

export const clustersTakeNothingAlong = trapRule("additional-resources", {
  id: "TRP-12",
  title: "deleting a cluster takes no network, volume or load balancer along",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["GDPR:32.1.b", "ISO:A.8.13"],
  rationale:
    "`deleteAdditionalResources: true` deletes volumes, load balancers and the private network if it is empty, also those that the cluster did not make, and races with the engine that deletes them too.",
  remedy: "Set `deleteAdditionalResources: false`, and delete claims and load balancers before the cluster.",
});
