import type { IpArgs as IpamIpArgs } from "@pulumiverse/scaleway/ipam/index.js";
import type {
  AclArgs,
  ConnectorArgs,
  GatewayNetworkArgs,
  IngressRuleArgs,
  PrivateNetworkArgs,
  PublicGatewayArgs,
  PublicGatewayPatRuleArgs,
  RouteArgs,
  VpcArgs,
} from "@pulumiverse/scaleway/network/index.js";
import { allKnown, type Known, known, mapKnown } from "../../../kernel/known.ts";
import type { Item } from "../plain.ts";
import type { Reader } from "../reader.ts";
import { type Decoder, decoder } from "./decoder.ts";

type RuleReader = Reader<Item<AclArgs, "rules">>;

const aclRule = (rule: RuleReader) => ({
  property: rule.path("action").replace(/\.action$/, ""),
  action: rule.text("action"),
  protocol: rule.text("protocol"),
  source: rule.text("source"),
  destination: rule.text("destination"),
  sourcePorts: { low: rule.count("srcPortLow"), high: rule.count("srcPortHigh") },
  destinationPorts: { low: rule.count("dstPortLow"), high: rule.count("dstPortHigh") },
});

function subnet(read: Reader<PrivateNetworkArgs>): Known<string | undefined> {
  const block = read.object("ipv4Subnet");
  return block.known ? (block.value?.text("subnet") ?? known(undefined)) : block;
}

function subnets6(read: Reader<PrivateNetworkArgs>): Known<readonly string[]> {
  const list = read.list("ipv6Subnets");
  if (!list.known) return list;
  return mapKnown(allKnown(list.value.map((block) => block.text("subnet"))), (found) =>
    found.flatMap((text) => (text === undefined ? [] : [text])),
  );
}

/** The first attachment block decides: a gateway network has one. */
function pushedRoute(read: Reader<GatewayNetworkArgs>): Known<boolean | undefined> {
  const blocks = read.list("ipamConfigs");
  if (!blocks.known) return blocks;
  const pushed = allKnown(blocks.value.map((block) => block.flag("pushDefaultRoute")));
  return mapKnown(pushed, (flags) => flags.some((flag) => flag === true));
}

/** Networks, filters, routes and gateways, read a second time for what the graph needs beside the other rules. */
export const topologyDecoders: readonly Decoder[] = [
  decoder<VpcArgs>("scaleway:network/vpc:Vpc", (read, { urn }) => {
    // Provider 2.80.0 sends false where nothing is written; others may not, and nobody has seen what peers do then: not a protection.
    const written = read.present("enableTransitivity");
    const enabled = written.known && !written.value ? known(undefined) : read.flag("enableTransitivity");
    return [{ kind: "transit", urn, enabled: { property: "enableTransitivity", value: enabled } }];
  }),

  decoder<PrivateNetworkArgs>("scaleway:network/privateNetwork:PrivateNetwork", (read, { urn }) => [
    {
      kind: "network-ranges",
      urn,
      ipv4: { property: "ipv4Subnet.subnet", value: subnet(read) },
      ipv6: { property: "ipv6Subnets", value: subnets6(read) },
    },
  ]),

  decoder<AclArgs>("scaleway:network/acl:Acl", (read, { urn }) => [
    {
      kind: "acl-rules",
      urn,
      rules: { property: "rules", value: mapKnown(read.list("rules"), (rules) => rules.map(aclRule)) },
    },
  ]),

  decoder<RouteArgs>("scaleway:network/route:Route", (read, { urn }) => [
    {
      kind: "next-hop",
      urn,
      resource: read.ref("nexthopResourceId"),
      network: read.ref("nexthopPrivateNetworkId"),
      connector: read.ref("nexthopVpcConnectorId"),
    },
  ]),

  decoder<IngressRuleArgs>("scaleway:network/ingressRule:IngressRule", (read, { urn }) => [
    {
      kind: "ingress-route",
      urn,
      vpc: read.ref("vpcId"),
      source: { property: "source", value: read.text("source") },
      network: read.ref("nexthopPrivateNetworkId"),
      address: { property: "nexthopResourceIp", value: read.text("nexthopResourceIp") },
    },
  ]),

  decoder<ConnectorArgs>("scaleway:network/connector:Connector", (read, { urn }) => [
    { kind: "connector", urn, vpc: read.ref("vpcId"), target: read.ref("targetVpcId") },
  ]),

  decoder<PublicGatewayArgs>("scaleway:network/publicGateway:PublicGateway", (read, { urn }) => [
    {
      kind: "gateway-entrance",
      urn,
      address: read.ref("ipId"),
      bastion: { property: "bastionEnabled", value: read.flag("bastionEnabled") },
      bastionPort: { property: "bastionPort", value: read.count("bastionPort") },
      bastionSources: { property: "allowedIpRanges", value: read.texts("allowedIpRanges") },
    },
  ]),

  decoder<GatewayNetworkArgs>("scaleway:network/gatewayNetwork:GatewayNetwork", (read, { urn }) => [
    {
      kind: "attachment-route",
      urn,
      masquerade: { property: "enableMasquerade", value: read.flag("enableMasquerade") },
      defaultRoute: { property: "ipamConfigs", value: pushedRoute(read) },
    },
  ]),

  decoder<PublicGatewayPatRuleArgs>("scaleway:network/publicGatewayPatRule:PublicGatewayPatRule", (read, { urn }) => [
    {
      kind: "mapped-port",
      urn,
      privatePort: { property: "privatePort", value: read.count("privatePort") },
      protocol: { property: "protocol", value: read.text("protocol") },
    },
  ]),

  decoder<IpamIpArgs>("scaleway:ipam/ip:Ip", (read, { urn }) => [
    {
      kind: "booked-address",
      urn,
      address: { property: "address", value: read.text("address") },
      networks: mapKnown(read.list("sources"), (sources) => sources.map((s) => s.ref("privateNetworkId"))),
    },
  ]),
];
