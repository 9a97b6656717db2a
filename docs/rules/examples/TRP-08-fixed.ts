import * as scaleway from "@pulumiverse/scaleway";

const portal = new scaleway.loadbalancers.LoadBalancer("portal", { zone: "fr-par-1", type: "LB-S" });
export const address = portal.ipAddress;
