import type { AclArgs, ClusterArgs, PoolArgs } from "@pulumiverse/scaleway/kubernetes/index.js";
import { mapKnown } from "../../../kernel/known.ts";
import { type Decoder, decoder } from "./decoder.ts";

/** Scaleway's managed Kubernetes; what runs inside is in `kubernetes-api.ts`. */
export const kubernetesDecoders: readonly Decoder[] = [
  decoder<ClusterArgs>("scaleway:kubernetes/cluster:Cluster", (read, { urn }) => [
    { kind: "cluster", urn, network: read.ref("privateNetworkId") },
  ]),

  decoder<PoolArgs>("scaleway:kubernetes/pool:Pool", (read, { urn }) => {
    const disabled = read.flag("publicIpDisabled");
    return [
      {
        kind: "host",
        urn,
        publicBy: [
          {
            property: "publicIpDisabled",
            value: mapKnown(disabled, (d) => d !== true),
            got: disabled,
            want: true,
          },
        ],
      },
      { kind: "filtered-host", urn, securityGroup: read.ref("securityGroupId") },
    ];
  }),

  decoder<AclArgs>("scaleway:kubernetes/acl:Acl", (read, { urn }) => [
    {
      kind: "control-plane-acl",
      urn,
      cluster: read.ref("clusterId"),
      nobody: { property: "noIpAllowed", value: read.flag("noIpAllowed") },
      sources: mapKnown(read.list("aclRules"), (rules) =>
        rules.map((rule) => ({
          range: { property: rule.path("ip"), value: rule.text("ip") },
          everyScalewayAddress: { property: rule.path("scalewayRanges"), value: rule.flag("scalewayRanges") },
        })),
      ),
    },
  ]),
];
