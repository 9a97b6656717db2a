import * as scaleway from "@pulumiverse/scaleway";

const tags = (tier: string) => ["data-class=technical", `tier=${tier}`, "env=prod", "owner=registry"];
const vpc = new scaleway.network.Vpc("main", { region: "fr-par", tags: tags("admin") });
const databases = new scaleway.network.PrivateNetwork("databases", {
  region: "fr-par",
  vpcId: vpc.id,
  ipv4Subnet: { subnet: "10.0.0.0/24" },
  tags: tags("data"),
});
// An entrance of the internet whose other side is in the data tier.
const portal = new scaleway.loadbalancers.LoadBalancer("portal", {
  zone: "fr-par-1",
  type: "LB-S",
  privateNetworks: [{ privateNetworkId: databases.id }],
  tags: tags("dmz"),
});
const backend = new scaleway.loadbalancers.Backend("portal", {
  lbId: portal.id,
  forwardProtocol: "tcp",
  forwardPort: 5432,
  serverIps: ["10.0.0.7"],
});
new scaleway.loadbalancers.Frontend("portal", { lbId: portal.id, backendId: backend.id, inboundPort: 443 });
