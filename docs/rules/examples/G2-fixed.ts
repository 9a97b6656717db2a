import * as scaleway from "@pulumiverse/scaleway";

const tags = (tier: string) => ["data-class=technical", `tier=${tier}`, "env=prod", "owner=registry"];
const vpc = new scaleway.network.Vpc("main", { region: "fr-par", tags: tags("admin") });
new scaleway.network.PrivateNetwork("databases", {
  region: "fr-par",
  vpcId: vpc.id,
  ipv4Subnet: { subnet: "10.0.0.0/24" },
  tags: tags("data"),
});
for (const isIpv6 of [false, true]) {
  new scaleway.network.Acl(`drop-${isIpv6}`, { region: "fr-par", vpcId: vpc.id, isIpv6, defaultPolicy: "drop" });
}
const edge = new scaleway.network.PrivateNetwork("edge", {
  region: "fr-par",
  vpcId: vpc.id,
  ipv4Subnet: { subnet: "10.0.1.0/24" },
  tags: tags("dmz"),
});
// The entrance ends at the edge; what stands there asks the databases by a declared flow.
const portal = new scaleway.loadbalancers.LoadBalancer("portal", {
  zone: "fr-par-1",
  type: "LB-S",
  privateNetworks: [{ privateNetworkId: edge.id }],
  tags: tags("dmz"),
});
const backend = new scaleway.loadbalancers.Backend("portal", {
  lbId: portal.id,
  forwardProtocol: "tcp",
  forwardPort: 8443,
  serverIps: ["10.0.1.7"],
});
new scaleway.loadbalancers.Frontend("portal", { lbId: portal.id, backendId: backend.id, inboundPort: 443 });
