import * as scaleway from "@pulumiverse/scaleway";

// The request lacks the field, and the answer has a public address.
new scaleway.loadbalancers.LoadBalancer("inner", { zone: "fr-par-1", type: "LB-S", assignFlexibleIp: false });
