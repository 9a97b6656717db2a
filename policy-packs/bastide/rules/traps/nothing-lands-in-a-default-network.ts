import { trapRule } from "./trap.ts";

export const nothingLandsInADefaultNetwork = trapRule("default-network", {
  id: "TRP-11",
  title: "private networks name their VPC, clusters their private network",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["SNC:13.1.a", "ISO:A.8.22"],
  rationale:
    "Without a VPC a private network lands in the default VPC of the project, beside whatever else nobody placed, under an ACL that accepts; a cluster without private network gets one there.",
  remedy: "Write `vpcId` on the private network and `privateNetworkId` on the cluster.",
});
