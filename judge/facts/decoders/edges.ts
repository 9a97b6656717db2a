import type { InstanceTemplateArgs } from "@pulumiverse/scaleway/autoscaling/index.js";
import type { LinkArgs } from "@pulumiverse/scaleway/interlink/index.js";
import type {
  ConnectorArgs,
  IngressRuleArgs,
  PublicGatewayPatRuleArgs,
  VpcArgs,
} from "@pulumiverse/scaleway/network/index.js";
import type { ConnectionArgs, GatewayArgs } from "@pulumiverse/scaleway/s2svpn/index.js";
import { type Known, known, mapKnown } from "../../../kernel/known.ts";
import type { JoinFact } from "../fact-edge.ts";
import { type Decoder, decoder } from "./decoder.ts";

const joins = (urn: string, how: string, property: string, value: Known<boolean>, got: Known<unknown>): JoinFact => ({
  kind: "join",
  urn,
  how,
  joins: { property, value },
  got,
});

/** A type that joins by being there. */
const always = (urn: string, how: string, property: string): JoinFact =>
  joins(urn, how, property, known(true), known(how));

/** Edges of networks; types with another decoder give these facts besides. */
export const edgeDecoders: readonly Decoder[] = [
  decoder<PublicGatewayPatRuleArgs>("scaleway:network/publicGatewayPatRule:PublicGatewayPatRule", (read, { urn }) => [
    {
      kind: "entrance",
      urn,
      protocol: read.text("protocol"),
      port: { property: "publicPort", value: read.count("publicPort") },
      owner: read.ref("gatewayId"),
    },
  ]),

  decoder<VpcArgs>("scaleway:network/vpc:Vpc", (read, { urn }) => {
    const transitive = read.flag("enableTransitivity");
    return [
      joins(
        urn,
        "carries traffic of one peered VPC on to another",
        "enableTransitivity",
        mapKnown(transitive, (on) => on === true),
        transitive,
      ),
    ];
  }),
  decoder<ConnectorArgs>("scaleway:network/connector:Connector", (_, { urn }) => [
    always(urn, "peers two VPCs", "targetVpcId"),
  ]),
  decoder<IngressRuleArgs>("scaleway:network/ingressRule:IngressRule", (_, { urn }) => [
    always(urn, "sends what comes from elsewhere to a host of its choice", "source"),
  ]),
  decoder<GatewayArgs>("scaleway:s2svpn/gateway:Gateway", (_, { urn }) => [
    always(urn, "ends a VPN from outside in a private network", "privateNetworkId"),
  ]),
  decoder<ConnectionArgs>("scaleway:s2svpn/connection:Connection", (_, { urn }) => [
    always(urn, "carries routes from and to a network outside", "vpnGatewayId"),
  ]),
  decoder<LinkArgs>("scaleway:interlink/link:Link", (_, { urn }) => [
    always(urn, "links a VPC to a partner's network", "popId"),
  ]),

  decoder<InstanceTemplateArgs>("scaleway:autoscaling/instanceTemplate:InstanceTemplate", (read, { urn }) => [
    { kind: "cards", urn, networks: { property: "privateNetworkIds", value: read.refs("privateNetworkIds") } },
  ]),
];
