import * as scaleway from "@pulumiverse/scaleway";

const address = new scaleway.loadbalancers.Ip("portal", { zone: "fr-par-1" });
// May get a second address, which nothing here names.
new scaleway.loadbalancers.LoadBalancer("portal", { zone: "fr-par-1", type: "LB-S", ipIds: [address.id] });
