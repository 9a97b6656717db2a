import { type RawObject, UNKNOWN } from "../../../judge/facts/raw.ts";
import type { RuleId } from "../../../policy-packs/bastide/rules/ids.ts";
import { component, raw, tagList, urnOf } from "../../harness/raw.ts";
import type { MoreCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";
import {
  acl,
  attach,
  between,
  card,
  entrance,
  far,
  gateway,
  LB,
  law,
  lb,
  map,
  nets,
  network,
  PAT,
  route,
  rule,
  server,
  vpc,
} from "./edges.ts";
import { acl as aclOf, cluster, declared, home, ip } from "./kubernetes.ts";

const drop = { inboundDefaultPolicy: "drop", outboundDefaultPolicy: "drop" };
const group = (inputs: RawObject = {}, tier = "dmz") =>
  raw(T.group, "g", { ...drop, tags: tagList("technical", tier), ...inputs }, { id: "fr-par-1/g" });
const https = { action: "accept", protocol: "TCP", port: 443, ipRange: "0.0.0.0/0" };
const rules = (inputs: RawObject, dependsOn = {}) => raw(T.groupRules, "r", inputs, { dependsOn });
const inRules = urnOf(T.groupRules, "r");
const inGroup = urnOf(T.group, "g");
const two = (type: string, ...tiers: string[]) =>
  tiers.map((tier, i) => raw(type, `n${i}`, { tags: tagList("technical", tier) }));
const acl4 = urnOf(T.acl, "acl4");
const [compute, data] = [urnOf(T.network, "compute"), urnOf(T.network, "data")];
const attached = urnOf(T.attachment, "a");
const mapped = urnOf(PAT, "m");
const listed = { entrances: [entrance] };
const routed = urnOf(T.route, "r");
const otherRoute = (inputs: RawObject) => raw(T.route, "r", { region: "fr-par", vpcId: "fr-par/v", ...inputs });
const control = urnOf(T.aclOf, "a");
const dmz = network("dmz", "dmz", "10.0.9.0/24");
const flowTo = (region: string, tier: "compute" | "data") => ({
  environment: "test",
  flows: between().flows.map((f) => ({
    ...f,
    from: { region: "fr-par", tier: "compute" as const },
    to: { region, tier },
  })),
});
const admins = { adminSources: ["192.0.2.0/24"] };
const gatewayAt = raw(T.gatewayIp, "nat", { zone: "fr-par-1" }, { outputs: { address: "51.15.0.1" } });

export const moreNetworks = {
  "NET-03": {
    passing: [
      {
        name: "HTTPS from everywhere, by rules beside a group in dmz",
        resources: [group(), rules({ securityGroupId: "fr-par-1/g", inboundRules: [https] })],
        on: inRules,
        property: "inboundRules[0]",
        got: { source: "0.0.0.0/0", protocol: "TCP", ports: "443" },
        alone: true,
      },
      {
        name: "HTTPS as a range of one",
        resources: [group({ inboundRules: [{ ...https, port: null, portRange: "443-443" }] })],
        on: inGroup,
        property: "inboundRules[0]",
      },
      {
        name: "a rule that drops",
        resources: [group({ inboundRules: [{ action: "drop", ipRange: "0.0.0.0/0" }] })],
        on: inGroup,
        property: "inboundRules[0]",
        got: "drop",
      },
      {
        name: "a named source on every port",
        resources: [group({ inboundRules: [{ action: "accept", ipRange: "192.0.2.0/28" }] })],
        on: inGroup,
        property: "inboundRules[0]",
        got: "192.0.2.0/28",
      },
      {
        name: "a named source by a protocol that is not known",
        resources: [group({ inboundRules: [{ ...https, protocol: UNKNOWN, ipRange: "192.0.2.0/28" }] })],
        on: inGroup,
        property: "inboundRules[0]",
      },
      {
        name: "a pool and its group",
        resources: [group(), raw(T.pool, "p", { securityGroupId: "fr-par-1/g" })],
        on: urnOf(T.pool, "p"),
        property: "securityGroupId",
        got: inGroup,
        path: [inGroup],
        proof: "checked",
      },
    ],
    failing: [
      {
        name: "every port from everywhere, told in full",
        resources: [group({ inboundRules: [{ action: "accept", protocol: "TCP", ipRange: "0.0.0.0/0" }] })],
        on: inGroup,
        property: "inboundRules[0]",
        got: { source: "0.0.0.0/0", protocol: "TCP", ports: "every port" },
      },
      {
        name: "443 by UDP from everywhere",
        resources: [group({ inboundRules: [{ ...https, protocol: "UDP" }] })],
        on: inGroup,
        property: "inboundRules[0]",
      },
      {
        name: "HTTPS from everywhere, by rules beside a group of another tier",
        resources: [group({}, "data"), rules({ securityGroupId: "fr-par-1/g", inboundRules: [https] })],
        on: inRules,
        property: "inboundRules[0]",
        alone: true,
      },
    ],
    undecided: [
      {
        name: "rules that are not known",
        resources: [group({ inboundRules: UNKNOWN })],
        on: inGroup,
        property: "inboundRules",
      },
      {
        name: "outbound rules that are not known",
        resources: [group({ outboundRules: UNKNOWN })],
        on: inGroup,
        property: "outboundRules",
      },
      {
        name: "a source that is not known",
        resources: [group({ inboundRules: [{ ...https, ipRange: UNKNOWN }] })],
        on: inGroup,
        property: "inboundRules[0]",
      },
      {
        name: "HTTPS by rules beside a group of another stack",
        resources: [rules({ securityGroupId: "fr-par-1/x", inboundRules: [https] })],
        on: inRules,
        property: "inboundRules[0]",
      },
      {
        name: "HTTPS by rules beside a group that is one of two",
        resources: [
          ...two(T.group, "dmz", "data"),
          rules(
            { securityGroupId: UNKNOWN, inboundRules: [https] },
            { securityGroupId: [urnOf(T.group, "n0"), urnOf(T.group, "n1")] },
          ),
        ],
        on: inRules,
        property: "inboundRules[0]",
      },
      {
        name: "a pool whose group is of another stack, and which",
        resources: [raw(T.pool, "p", { securityGroupId: "fr-par-1/x" })],
        on: urnOf(T.pool, "p"),
        property: "securityGroupId",
        path: ["fr-par-1/x"],
      },
      {
        name: "a pool whose group is one of two",
        resources: [
          ...two(T.group, "dmz", "data"),
          raw(
            T.pool,
            "p",
            { securityGroupId: UNKNOWN },
            { dependsOn: { securityGroupId: [urnOf(T.group, "n0"), urnOf(T.group, "n1")] } },
          ),
        ],
        on: urnOf(T.pool, "p"),
        property: "securityGroupId",
      },
    ],
  },
  "NET-04": {
    passing: [
      {
        name: "both ACLs, and which",
        resources: [vpc, ...nets, acl(4), acl(6)],
        on: vpc.urn,
        property: "acl.ipv4",
        path: [compute, acl4],
      },
      {
        name: "a rule that drops everything",
        resources: [vpc, ...nets, acl(4, [rule({ action: "drop", source: "0.0.0.0/0" })]), acl(6)],
        on: acl4,
        property: "rules[0]",
        got: "drop",
      },
      {
        name: "answers of a declared flow, on one port",
        resources: [
          vpc,
          ...nets,
          acl(4, [
            rule({
              source: "10.0.1.0/24",
              destination: "10.0.0.0/24",
              srcPortLow: 5432,
              dstPortLow: 1024,
              dstPortHigh: 65535,
            }),
          ]),
          acl(6),
        ],
        on: acl4,
        property: "rules[0]",
        law: law(),
      },
      {
        name: "a flow behind another one of the law",
        resources: [vpc, ...nets, dmz, acl(4, [rule()]), acl(6)],
        on: acl4,
        property: "rules[0]",
        law: {
          environment: "test",
          flows: [
            ...law().flows.map((f) => ({ ...f, from: { region: "fr-par", tier: "dmz" as const } })),
            ...law().flows,
          ],
        },
      },
    ],
    failing: [
      {
        name: "no ACL, and around what",
        resources: [vpc, ...nets],
        on: vpc.urn,
        property: "acl.ipv4",
        path: [compute],
      },
      {
        name: "an administrators' network of health data",
        resources: [vpc, network("admin", "admin", "10.0.3.0/24")],
        on: vpc.urn,
        property: "acl.ipv4",
      },
      {
        name: "a technical network of compute",
        resources: [vpc, network("n", "compute", "10.0.3.0/24", "fr-par", { tags: tagList("technical", "compute") })],
        on: vpc.urn,
        property: "acl.ipv4",
      },
      {
        name: "every source, written out",
        resources: [vpc, ...nets, acl(4, [rule({ source: "0.0.0.0/0" })]), acl(6)],
        on: acl4,
        property: "rules[0]",
        got: "0.0.0.0/0",
      },
      {
        name: "answers from another port than the flow's",
        resources: [
          vpc,
          ...nets,
          acl(4, [
            rule({
              source: "10.0.1.0/24",
              destination: "10.0.0.0/24",
              srcPortLow: 22,
              srcPortHigh: 22,
              dstPortLow: 1024,
              dstPortHigh: 65535,
            }),
          ]),
          acl(6),
        ],
        on: acl4,
        property: "rules[0]",
        law: law(),
      },
      {
        name: "the flow's ports towards other networks",
        resources: [
          vpc,
          ...nets,
          dmz,
          acl(4, [
            rule({ source: "10.0.9.0/24", srcPortLow: 5432, srcPortHigh: 5432, dstPortLow: 22, dstPortHigh: 22 }),
          ]),
          acl(6),
        ],
        on: acl4,
        property: "rules[0]",
        law: law(),
      },
    ],
    undecided: [
      {
        name: "an ACL whose family is not known, and who will tell",
        resources: [vpc, ...nets, acl(4, [], { isIpv6: UNKNOWN }), acl(6)],
        on: vpc.urn,
        property: "acl.ipv4",
        from: acl4,
      },
      {
        name: "a port that is not known",
        resources: [vpc, ...nets, acl(4, [rule({ dstPortLow: UNKNOWN })]), acl(6)],
        on: acl4,
        property: "rules[0]",
      },
      {
        name: "a flow whose networks' ranges are not known",
        resources: [
          vpc,
          network("compute", "compute", "x", "fr-par", { ipv4Subnet: UNKNOWN }),
          network("data", "data", "10.0.1.0/24"),
          acl(4, [rule()]),
          acl(6),
        ],
        on: acl4,
        property: "rules[0]",
        law: law(),
      },
      {
        name: "a flow to networks whose ranges are not known",
        resources: [
          vpc,
          network("compute", "compute", "10.0.0.0/24"),
          network("data", "data", "x", "fr-par", { ipv4Subnet: UNKNOWN }),
          acl(4, [rule()]),
          acl(6),
        ],
        on: acl4,
        property: "rules[0]",
        law: law(),
      },
    ],
    notApplicable: [
      {
        name: "a VPC with nothing but technical administration",
        resources: [vpc, network("admin", "admin", "10.0.3.0/24", "fr-par", { tags: tagList("technical", "admin") })],
        on: vpc.urn,
        property: "acl",
      },
    ],
  },
  "NET-05": {
    passing: [
      {
        name: "a data network that learns nothing, told so",
        resources: [vpc, network("data", "data", "10.0.1.0/24", "fr-par", { enableDefaultRoutePropagation: false })],
        on: data,
        property: "enableDefaultRoutePropagation",
        got: false,
      },
      {
        name: "a gateway for compute, and which network",
        resources: [vpc, ...nets, attach("a", "compute")],
        on: attached,
        property: "privateNetworkId",
        path: [compute],
      },
      {
        name: "a network that learns nothing, whatever its tier",
        resources: [
          vpc,
          raw(T.network, "n", { vpcId: "fr-par/v", enableDefaultRoutePropagation: false, tags: UNKNOWN }),
        ],
        on: urnOf(T.network, "n"),
        property: "enableDefaultRoutePropagation",
      },
    ],
    failing: [
      {
        name: "a default route beside a data network, and which",
        resources: [vpc, ...nets, route("0.0.0.0/0")],
        on: routed,
        property: "destination",
        got: "0.0.0.0/0",
        path: [data],
      },
      {
        name: "a default route in the project's default VPC",
        resources: [
          network("data", "data", "10.0.1.0/24", "fr-par", { vpcId: null }),
          raw(T.route, "r", { region: "fr-par", destination: "0.0.0.0/0" }),
        ],
        on: routed,
        property: "destination",
      },
      {
        name: "a route to nobody wrote where",
        resources: [vpc, ...nets, otherRoute({})],
        on: routed,
        property: "destination",
        got: null,
      },
      {
        name: "a default route in a VPC of another stack, with a data network in it",
        resources: [network("data", "data", "10.0.1.0/24"), route("0.0.0.0/0")],
        on: routed,
        property: "destination",
      },
      {
        name: "a default route in a VPC that is not known",
        resources: [vpc, ...nets, otherRoute({ vpcId: UNKNOWN, destination: "0.0.0.0/0" })],
        on: routed,
        property: "destination",
      },
      {
        name: "a default route beside a data network whose VPC is not known",
        resources: [vpc, network("data", "data", "10.0.1.0/24", "fr-par", { vpcId: UNKNOWN }), route("0.0.0.0/0")],
        on: routed,
        property: "destination",
      },
    ],
    undecided: [
      {
        name: "propagation that is not known",
        resources: [network("data", "data", "10.0.1.0/24", "fr-par", { enableDefaultRoutePropagation: UNKNOWN })],
        on: data,
        property: "enableDefaultRoutePropagation",
      },
      {
        name: "propagation into a network whose tier is not known",
        resources: [raw(T.network, "n", { enableDefaultRoutePropagation: true, tags: UNKNOWN })],
        on: urnOf(T.network, "n"),
        property: "enableDefaultRoutePropagation",
      },
      {
        name: "a destination that is not known",
        resources: [vpc, ...nets, otherRoute({ destination: UNKNOWN })],
        on: routed,
        property: "destination",
      },
    ],
    notApplicable: [
      {
        name: "a destination that is not known, where no data network is",
        resources: [vpc, network("compute", "compute", "10.0.0.0/24"), otherRoute({ destination: UNKNOWN })],
        on: routed,
        property: "destination",
      },
      {
        name: "a default route in another VPC than the data network's",
        resources: [
          vpc,
          raw(T.vpc, "w", { region: "fr-par" }, { id: "fr-par/w" }),
          network("data", "data", "10.0.1.0/24", "fr-par", { vpcId: "fr-par/w" }),
          route("0.0.0.0/0"),
        ],
        on: routed,
        property: "destination",
      },
    ],
  },
  "NET-06": {
    passing: [
      {
        name: "one gateway for the nodes, and which network",
        resources: [...nets, attach("a", "compute")],
        on: attached,
        property: "privateNetworkId",
        path: [compute],
        proof: "checked",
      },
      {
        name: "one gateway for the nodes, told as the only one",
        resources: [...nets, attach("a", "compute")],
        on: attached,
        property: "gatewayId",
        got: compute,
      },
      {
        name: "a way out of dmz beside that of the nodes",
        resources: [...nets, dmz, attach("a", "compute"), attach("b", "dmz")],
        on: urnOf(T.attachment, "b"),
        property: "gatewayId",
      },
      {
        name: "administrators that learn nothing",
        resources: [network("admin", "admin", "10.0.3.0/24", "fr-par", { enableDefaultRoutePropagation: false })],
        on: urnOf(T.network, "admin"),
        property: "enableDefaultRoutePropagation",
        got: false,
      },
      {
        name: "a gateway that lets no mail out",
        resources: [raw(T.gateway, "g", { type: "VPC-GW-S", enableSmtp: false })],
        on: urnOf(T.gateway, "g"),
        property: "enableSmtp",
        got: false,
      },
      {
        name: "nodes that learn the way out of dmz, and data that NET-05 judges",
        resources: [
          network("compute", "compute", "10.0.0.0/24", "fr-par", { enableDefaultRoutePropagation: true }),
          network("data", "data", "10.0.1.0/24", "fr-par", { enableDefaultRoutePropagation: true }),
          raw(T.gateway, "g", { type: "VPC-GW-S", enableSmtp: false }),
        ],
        on: urnOf(T.gateway, "g"),
      },
      {
        name: "a network that is known by a dependency",
        resources: [
          raw(T.network, "n", { region: "fr-par", tags: tagList("technical", "compute") }),
          {
            ...attach("a", "n", { privateNetworkId: UNKNOWN }),
            propertyDependencies: { privateNetworkId: [urnOf(T.network, "n")] },
          },
        ],
        on: attached,
        property: "privateNetworkId",
        proof: "assumed",
      },
    ],
    failing: [
      {
        name: "a second way out, beside which",
        resources: [...nets, attach("a", "compute"), attach("b", "compute", { gatewayId: "fr-par-1/h" })],
        on: urnOf(T.attachment, "b"),
        property: "gatewayId",
        got: `a second one beside ${attached}`,
        path: [attached],
      },
    ],
    undecided: [
      {
        name: "a network that is one of two",
        resources: [
          ...two(T.network, "compute", "data"),
          {
            ...attach("a", "x", { privateNetworkId: UNKNOWN }),
            propertyDependencies: { privateNetworkId: [urnOf(T.network, "n0"), urnOf(T.network, "n1")] },
          },
        ],
        on: attached,
        property: "privateNetworkId",
      },
      {
        name: "a network of another stack",
        resources: [attach("a", "elsewhere")],
        on: attached,
        property: "privateNetworkId",
      },
      {
        name: "a translation that is not known, and of which network",
        resources: [...nets, attach("a", "compute", { enableMasquerade: UNKNOWN })],
        on: attached,
        property: "privateNetworkId",
        path: [compute],
      },
    ],
  },
  "NET-07": {
    passing: [
      {
        name: "a listed port that leads to a host of dmz",
        resources: [...nets, dmz, gateway(), map({ privateIp: "10.0.9.7" })],
        on: mapped,
        property: "privateIp",
        law: listed,
        alone: true,
      },
      {
        name: "a listed port between the ends of its range",
        resources: [gateway(), map({ publicPort: 51825 })],
        on: mapped,
        property: "publicPort",
        law: { entrances: [{ ...entrance, ports: [51820, 51830] as [number, number] }] },
      },
      {
        name: "a port that is listed for both protocols",
        resources: [gateway(), map({ protocol: "both" })],
        on: mapped,
        property: "publicPort",
        law: { entrances: [entrance, { ...entrance, protocol: "TCP" as const }] },
      },
      {
        name: "a load balancer, which has no port of its own",
        resources: [lb()],
        on: urnOf(LB, "l"),
        property: "tags.tier",
      },
    ],
    failing: [
      {
        name: "a port that is listed for another tier",
        resources: [gateway(), map()],
        on: mapped,
        property: "publicPort",
        law: { entrances: [{ ...entrance, tier: "admin" as const }] },
        alone: true,
      },
      {
        name: "a port that is listed for TCP only, for both",
        resources: [gateway(), map({ protocol: "both" })],
        on: mapped,
        property: "publicPort",
        law: { entrances: [{ ...entrance, protocol: "TCP" as const }] },
      },
      {
        name: "a port below the range",
        resources: [gateway(), map({ publicPort: 51819 })],
        on: mapped,
        property: "publicPort",
        law: listed,
      },
      {
        name: "a port above the range",
        resources: [gateway(), map({ publicPort: 51821 })],
        on: mapped,
        property: "publicPort",
        law: listed,
      },
      {
        name: "no port at all",
        resources: [gateway(), map({ publicPort: null })],
        on: mapped,
        property: "publicPort",
        law: listed,
        got: { protocol: "udp", port: null },
      },
    ],
    undecided: [
      {
        name: "a gateway that is one of two",
        resources: [
          ...two(T.gateway, "dmz", "data"),
          {
            ...map({ gatewayId: UNKNOWN }),
            propertyDependencies: { gatewayId: [urnOf(T.gateway, "n0"), urnOf(T.gateway, "n1")] },
          },
        ],
        on: mapped,
        property: "tags.tier",
        law: listed,
      },
      { name: "a gateway of another stack", resources: [map()], on: mapped, property: "tags.tier", law: listed },
      {
        name: "a protocol that is not known",
        resources: [gateway(), map({ protocol: UNKNOWN })],
        on: mapped,
        property: "publicPort",
        law: listed,
      },
      {
        name: "a range of dmz that is not known",
        resources: [
          network("dmz", "dmz", "x", "fr-par", { ipv4Subnet: UNKNOWN }),
          gateway(),
          map({ zone: "fr-par-1" }),
        ],
        on: mapped,
        property: "privateIp",
        law: listed,
      },
      {
        name: "an address that is not known",
        resources: [dmz, gateway(), map({ zone: "fr-par-1", privateIp: UNKNOWN })],
        on: mapped,
        property: "privateIp",
        law: listed,
      },
    ],
  },
  "NET-09": {
    passing: [
      {
        name: "a server with one card, and in which network",
        resources: [...nets, server, card("c", "compute")],
        on: server.urn,
        property: "privateNetworks",
        got: [compute],
        path: [compute],
      },
      {
        name: "a server in a network of another stack",
        resources: [server, card("c", "elsewhere")],
        on: server.urn,
        property: "privateNetworks",
        got: ["fr-par/elsewhere"],
      },
      {
        name: "a server of the tier of its network",
        resources: [
          ...nets,
          raw(T.server, "s", { tags: tagList("technical", "compute") }, { id: "fr-par-1/s" }),
          card("c", "compute"),
        ],
        on: server.urn,
        property: "tags.tier",
        path: [compute],
      },
      {
        name: "a cluster of the tier of its network",
        resources: [
          ...nets,
          raw(T.cluster, "k", { privateNetworkId: "fr-par/compute", tags: tagList("technical", "compute") }),
        ],
        on: urnOf(T.cluster, "k"),
        property: "tags.tier",
      },
      {
        name: "a card of a server that is not here",
        resources: [...nets, card("c", "compute")],
        on: card("c", "compute").urn,
        property: "privateNetworks",
      },
      {
        name: "a cluster in a network of another stack",
        resources: [vpc, raw(T.cluster, "k", { privateNetworkId: "fr-par/x", tags: tagList("technical", "data") })],
        on: vpc.urn,
      },
    ],
    failing: [
      {
        name: "a route to the near end of a declared flow",
        resources: [...nets, far, route("10.0.0.0/24")],
        on: routed,
        property: "destination",
        law: between(),
      },
      {
        name: "a route to the far end of a flow between other regions",
        resources: [...nets, far, network("third", "data", "10.2.0.0/24", "fr-low"), route("10.2.0.0/24")],
        on: routed,
        property: "destination",
        law: {
          environment: "test",
          flows: between().flows.map((f) => ({ ...f, to: { region: "fr-low", tier: "data" as const } })),
        },
      },
      {
        name: "a route within a region that a flow of it names",
        resources: [...nets, route("10.0.1.0/24")],
        on: routed,
        property: "destination",
        law: flowTo("fr-par", "data"),
      },
      {
        name: "a server with two cards, and in which networks",
        resources: [...nets, server, card("c", "compute"), card("d", "elsewhere")],
        on: server.urn,
        property: "privateNetworks",
        got: ["fr-par/elsewhere", compute],
        path: ["fr-par/elsewhere", compute],
      },
      {
        name: "a cluster in the network of another tier, and which",
        resources: [
          ...nets,
          raw(T.cluster, "k", { privateNetworkId: "fr-par/data", tags: tagList("technical", "compute") }),
        ],
        on: urnOf(T.cluster, "k"),
        property: "tags.tier",
        path: [data],
      },
    ],
    undecided: [
      {
        name: "a route to where nobody knows",
        resources: [...nets, far, otherRoute({ destination: UNKNOWN })],
        on: routed,
        property: "destination",
        law: between(),
      },
      {
        name: "a route while the far end's range is not known",
        resources: [...nets, network("far", "compute", "x", "fr-far", { ipv4Subnet: UNKNOWN }), route("10.1.0.0/24")],
        on: routed,
        property: "destination",
        law: between(),
      },
      {
        name: "a network that is one of two",
        resources: [
          ...nets,
          server,
          { ...card("c", "?"), propertyDependencies: { privateNetworkId: [compute, data] } },
        ],
        on: server.urn,
        property: "privateNetworks",
      },
      {
        name: "networks that are not known",
        resources: [raw(T.server, "s", { privateNetworks: UNKNOWN }, { id: "fr-par-1/s" })],
        on: server.urn,
        property: "privateNetworks",
      },
      {
        name: "networks that are not known, beside a card",
        resources: [
          ...nets,
          card("c", "compute"),
          raw(T.server, "s", { privateNetworks: UNKNOWN }, { id: "fr-par-1/s" }),
        ],
        on: server.urn,
        property: "privateNetworks",
        path: [compute],
      },
    ],
    notApplicable: [{ name: "a bucket, told once", resources: [raw(T.bucket, "b")], on: "stack", property: "" }],
  },
  "NET-10": {
    passing: [
      {
        name: "nobody at all, told so",
        resources: [cluster, raw(T.aclOf, "a", { clusterId: "fr-par/c", noIpAllowed: true })],
        on: control,
        property: "noIpAllowed",
        got: true,
        alone: true,
      },
      {
        name: "a gateway of this estate, by its address",
        resources: [cluster, gatewayAt, aclOf([{ ip: "51.15.0.1/32" }])],
        on: control,
        property: "aclRules[0].ip",
        law: admins,
      },
      {
        name: "a list that is not known, of declared ranges within the administrators'",
        resources: [cluster, home, ip, declared(UNKNOWN, [ip.urn])],
        on: control,
        property: "aclRules[1].ip",
        law: admins,
        proof: "declared",
      },
      {
        name: "a cluster with its ACL, and which",
        resources: [cluster, aclOf([{ ip: "192.0.2.0/28" }])],
        on: cluster.urn,
        property: "acl",
        path: [control],
        proof: "checked",
      },
      {
        name: "no addresses of Scaleway's customers",
        resources: [cluster, aclOf([{ ip: "192.0.2.0/28", scalewayRanges: false }])],
        on: control,
        property: "aclRules[0].scalewayRanges",
        got: false,
      },
    ],
    failing: [
      {
        name: "an address of no gateway here",
        resources: [cluster, gatewayAt, aclOf([{ ip: "51.15.0.2/32" }])],
        on: control,
        property: "aclRules[0].ip",
        law: admins,
        got: "51.15.0.2/32",
        alone: true,
      },
      {
        name: "an address while the gateway's is not known",
        resources: [cluster, ip, aclOf([{ ip: "51.15.0.2/32" }])],
        on: control,
        property: "aclRules[0].ip",
        law: admins,
      },
      {
        name: "a source without range",
        resources: [cluster, aclOf([{}])],
        on: control,
        property: "aclRules[0].ip",
        got: null,
      },
      {
        name: "a list that is not known, of declared ranges beside the administrators'",
        resources: [cluster, home, ip, declared(UNKNOWN, [ip.urn])],
        on: control,
        property: "aclRules[0].ip",
        law: { adminSources: ["198.51.100.0/24"] },
        proof: "declared",
      },
    ],
    undecided: [
      {
        name: "a declared list of ranges alone, which anything may be",
        resources: [
          cluster,
          component("bastide:components:Cluster", "home", {
            declared: [
              {
                kind: "allowed-sources",
                subject: `${T.aclOf}::a`,
                property: "aclRules",
                sources: [{ kind: "cidr", cidr: "192.0.2.0/28", description: "admins" }],
              },
            ],
          }),
          declared(UNKNOWN, []),
        ],
        on: control,
        property: "aclRules",
      },
      {
        name: "a list of another length than the declared one",
        resources: [cluster, home, ip, declared([{ ip: UNKNOWN }], [ip.urn])],
        on: control,
        property: "aclRules[0].ip",
      },
      {
        name: "a declared range where an address is not known",
        resources: [cluster, home, ip, declared([{ ip: UNKNOWN }, { ip: "192.0.2.0/28" }], [ip.urn])],
        on: control,
        property: "aclRules[0].ip",
      },
      {
        name: "an ACL of a cluster that is one of two",
        resources: [
          raw(T.cluster, "c"),
          raw(T.cluster, "d"),
          raw(
            T.aclOf,
            "a",
            { clusterId: UNKNOWN, noIpAllowed: true },
            { dependsOn: { clusterId: [urnOf(T.cluster, "c"), urnOf(T.cluster, "d")] } },
          ),
        ],
        on: urnOf(T.cluster, "c"),
        property: "acl",
      },
    ],
  },
} as const satisfies Partial<Record<RuleId, MoreCases>>;
