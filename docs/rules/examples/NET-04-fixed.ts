import * as scaleway from "@pulumiverse/scaleway";

const tags = ["data-class=health-pseudo", "tier=data", "env=prod", "owner=registry"];
const vpc = new scaleway.network.Vpc("research", { region: "fr-par", tags });
new scaleway.network.PrivateNetwork("data", { region: "fr-par", vpcId: vpc.id, tags });
for (const isIpv6 of [false, true]) {
  new scaleway.network.Acl(
    isIpv6 ? "v6" : "v4",
    { region: "fr-par", vpcId: vpc.id, isIpv6, defaultPolicy: "drop", rules: [] },
    { protect: true, replaceOnChanges: ["vpcId", "isIpv6"] },
  );
}
