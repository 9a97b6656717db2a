import * as scaleway from "@pulumiverse/scaleway";

// Public, and written as what it is.
new scaleway.loadbalancers.LoadBalancer("portal", { zone: "fr-par-1", type: "LB-S" });
