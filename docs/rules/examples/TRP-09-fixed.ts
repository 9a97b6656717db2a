import * as scaleway from "@pulumiverse/scaleway";

new scaleway.kubernetes.Pool("gpu", {
  zone: "fr-par-1",
  clusterId: "fr-par/11111111-2222-4333-8444-555555555555",
  nodeType: "POP2-4C-16G",
  size: 1,
  taints: [{ key: "reserved", value: "research", effect: "NoSchedule" }],
});
