import * as scaleway from "@pulumiverse/scaleway";

const balancer = new scaleway.loadbalancers.LoadBalancer("portal", { zone: "fr-par-1", type: "LB-S" });
new scaleway.loadbalancers.Backend("portal", {
  lbId: balancer.id,
  forwardProtocol: "http",
  forwardPort: 443,
  // An outage of ours would send people, and what they type, to another country.
  failoverHost: "portal-standby.s3-website.nl-ams.scw.cloud",
});
