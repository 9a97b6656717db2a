import * as scaleway from "@pulumiverse/scaleway";

const balancer = new scaleway.loadbalancers.LoadBalancer("portal", {
  zone: "fr-par-1",
  type: "LB-S",
  sslCompatibilityLevel: "ssl_compatibility_level_modern",
});
// Encrypts, and believes whoever answers.
new scaleway.loadbalancers.Backend("portal", {
  lbId: balancer.id,
  forwardProtocol: "http",
  forwardPort: 8443,
  sslBridging: true,
  ignoreSslServerVerify: true,
});
