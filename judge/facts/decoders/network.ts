import type {
  AclArgs,
  GatewayNetworkArgs,
  PrivateNetworkArgs,
  PublicGatewayArgs,
  PublicGatewayIpArgs,
  PublicGatewayPatRuleArgs,
  RouteArgs,
  VpcArgs,
} from "@pulumiverse/scaleway/network/index.js";
import { supplied } from "../reader.ts";
import { type Decoder, decoder } from "./decoder.ts";

export const networkDecoders: readonly Decoder[] = [
  decoder<VpcArgs>("scaleway:network/vpc:Vpc", (_, { urn }) => [{ kind: "vpc", urn }]),

  decoder<PrivateNetworkArgs>("scaleway:network/privateNetwork:PrivateNetwork", (read, { urn }) => [
    {
      kind: "private-network",
      urn,
      vpc: read.ref("vpcId"),
      learnsDefaultRoutes: {
        property: "enableDefaultRoutePropagation",
        value: read.flag("enableDefaultRoutePropagation"),
      },
    },
  ]),

  decoder<RouteArgs>("scaleway:network/route:Route", (read, { urn }) => [
    {
      kind: "route",
      urn,
      vpc: read.ref("vpcId"),
      destination: { property: "destination", value: read.text("destination") },
    },
  ]),

  decoder<PublicGatewayArgs>("scaleway:network/publicGateway:PublicGateway", (read, { urn }) => [
    { kind: "gateway", urn, smtp: { property: "enableSmtp", value: read.flag("enableSmtp") } },
  ]),

  decoder<PublicGatewayIpArgs>("scaleway:network/publicGatewayIp:PublicGatewayIp", (_, raw) => [
    { kind: "gateway-address", urn: raw.urn, address: supplied(raw, "address") },
  ]),

  decoder<GatewayNetworkArgs>("scaleway:network/gatewayNetwork:GatewayNetwork", (read, { urn }) => [
    { kind: "gateway-attachment", urn, gateway: read.ref("gatewayId"), network: read.ref("privateNetworkId") },
  ]),

  decoder<AclArgs>("scaleway:network/acl:Acl", (read, { urn }) => [
    {
      kind: "network-acl",
      urn,
      vpc: read.ref("vpcId"),
      isIpv6: { property: "isIpv6", value: read.flag("isIpv6") },
      defaultPolicy: { property: "defaultPolicy", value: read.text("defaultPolicy") },
    },
  ]),

  decoder<PublicGatewayPatRuleArgs>("scaleway:network/publicGatewayPatRule:PublicGatewayPatRule", (read, { urn }) => [
    {
      kind: "port-mapping",
      urn,
      gateway: read.ref("gatewayId"),
      publicPort: { property: "publicPort", value: read.count("publicPort") },
      privateAddress: { property: "privateIp", value: read.text("privateIp") },
    },
  ]),
];
