import * as scaleway from "@pulumiverse/scaleway";

new scaleway.kubernetes.Cluster("main", {
  version: "1.35",
  cni: "cilium",
  region: "fr-par",
  deleteAdditionalResources: false,
  autoUpgrade: { enable: true, maintenanceWindowDay: "sunday", maintenanceWindowStartHour: 3 },
});
