import * as scaleway from "@pulumiverse/scaleway";

const balancer = new scaleway.loadbalancers.LoadBalancer("portal", { zone: "fr-par-1", type: "LB-S" });
new scaleway.loadbalancers.Backend("portal", {
  lbId: balancer.id,
  forwardProtocol: "http",
  forwardPort: 443,
  failoverHost: "portal-standby.s3-website.fr-par.scw.cloud",
});
