import { type RawObject, UNKNOWN } from "../../../judge/facts/raw.ts";
import type { Law } from "../../../judge/kit/law.ts";
import type { Tier } from "../../../stacks/vocabulary.ts";
import { urnOf } from "../../harness/raw.ts";
import type { RuleCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";
import {
  acl,
  aclRule,
  acls,
  balancer,
  card,
  gateway,
  mapped,
  net,
  netUrn,
  peered,
  server,
  serves,
  vpc,
} from "../../harness/wires.ts";

const DATA = "10.0.0.0/24";
const DMZ = "10.0.1.0/24";
const walled = [vpc("v"), net("data", "data", { v4: DATA }), net("dmz", "dmz", { v4: DMZ }), ...acls("v")];
const edge = [gateway("g"), serves("g", "dmz")];
const twoCards = [server("s", []), ...card("s", "dmz", "10.0.1.9"), ...card("s", "data", "10.0.0.9")];

export const g1: RuleCases = {
  passing: [
    {
      name: "a data network whose VPC has a way out elsewhere",
      resources: [...walled, ...edge, server("s", ["dmz"])],
      on: netUrn("data"),
      property: "reach",
    },
    {
      name: "compute leaves by its own NAT",
      resources: [
        vpc("v"),
        net("nodes", "compute", { v4: DATA, dataClass: "health-pseudo" }),
        ...acls("v"),
        gateway("g"),
        serves("g", "nodes"),
      ],
      on: netUrn("nodes"),
    },
  ],
  failing: [
    {
      name: "a machine in the data network and at the edge",
      resources: [...walled, ...edge, ...twoCards],
      on: netUrn("data"),
      property: "reach",
      got: {
        way: [
          {
            kind: "multi-homed",
            from: netUrn("data"),
            to: urnOf(T.server, "s"),
            by: urnOf(T.nic, "nic-s-data"),
            property: "privateNetworkId",
          },
          {
            kind: "multi-homed",
            from: urnOf(T.server, "s"),
            to: netUrn("dmz"),
            by: urnOf(T.nic, "nic-s-dmz"),
            property: "privateNetworkId",
          },
          {
            kind: "nat",
            from: netUrn("dmz"),
            to: urnOf(T.gateway, "g"),
            by: urnOf(T.attachment, "g-dmz"),
            property: "ipamConfigs",
          },
          {
            kind: "nat",
            from: urnOf(T.gateway, "g"),
            to: "internet",
            by: urnOf(T.attachment, "g-dmz"),
            property: "enableMasquerade",
          },
        ],
      },
    },
    {
      name: "a network without tier",
      resources: [vpc("v"), net("n", "", { v4: DATA, inputs: { tags: [] } }), gateway("g"), serves("g", "n")],
      on: netUrn("n"),
      property: "reach",
    },
    {
      name: "compute that leaves by a machine, not by its NAT",
      resources: [
        vpc("v"),
        net("nodes", "compute", { v4: DATA, dataClass: "health-pseudo" }),
        ...acls("v"),
        server("s", ["nodes"], { enableDynamicIp: true }),
      ],
      on: netUrn("nodes"),
      property: "reach",
    },
  ],
  undecided: [
    {
      name: "a peer that is not in the file",
      resources: [...walled, ...peered("v", "gone", false)],
      on: netUrn("data"),
    },
  ],
  notApplicable: [{ name: "no network", resources: [vpc("v")], on: "stack" }],
  mutations: [
    {
      of: "a data network whose VPC has a way out elsewhere",
      on: urnOf(T.server, "s"),
      property: "privateNetworks",
      to: [{ pnId: "fr-par/dmz" }, { pnId: "fr-par/data" }],
    },
  ],
};

const bastion = (sources: RawObject["x"] | undefined): RawObject => ({
  bastionEnabled: true,
  ...(sources === undefined ? {} : { allowedIpRanges: sources }),
});

export const g2: RuleCases = {
  passing: [
    {
      name: "a mapped port that ends in dmz",
      resources: [...walled, ...edge, mapped("g", "10.0.1.9"), server("s", []), ...card("s", "dmz", "10.0.1.9")],
      on: netUrn("data"),
      property: "reach",
    },
    {
      name: "an administrators' bastion",
      resources: [
        vpc("v"),
        net("admin", "admin", { v4: DATA }),
        ...acls("v"),
        gateway("b", bastion(["192.0.2.0/28"])),
        serves("b", "admin", false),
      ],
      on: netUrn("admin"),
    },
  ],
  failing: [
    {
      name: "a mapped port into a machine of two networks",
      resources: [...walled, ...edge, mapped("g", "10.0.1.9"), ...twoCards],
      on: netUrn("data"),
      property: "reach",
    },
    {
      name: "a load balancer whose servers are in the data tier",
      resources: [...walled, ...balancer("lb", ["data"], { port: 443, servers: ["10.0.0.7"], to: 5432 })],
      on: netUrn("data"),
      property: "reach",
    },
    {
      name: "a bastion for everybody",
      resources: [
        vpc("v"),
        net("admin", "admin", { v4: DATA }),
        gateway("b", bastion([])),
        serves("b", "admin", false),
      ],
      on: netUrn("admin"),
      property: "reach",
    },
    {
      name: "a bastion for others than the administrators",
      law: { adminSources: ["192.0.2.0/28"] },
      resources: [
        vpc("v"),
        net("admin", "admin", { v4: DATA }),
        gateway("b", bastion(["198.51.100.0/28"])),
        serves("b", "admin", false),
      ],
      on: netUrn("admin"),
      property: "reach",
    },
  ],
  undecided: [
    {
      name: "a mapped port to an address that is not known",
      resources: [
        vpc("v"),
        net("data", "data", { v4: DATA }),
        ...acls("v"),
        gateway("g"),
        serves("g", "data", false),
        mapped("g", UNKNOWN),
      ],
      on: netUrn("data"),
    },
  ],
  notApplicable: [{ name: "no network", resources: [vpc("v")], on: "stack" }],
  mutations: [
    {
      of: "an administrators' bastion",
      on: urnOf(T.gateway, "b"),
      property: "allowedIpRanges",
      to: ["0.0.0.0/0"],
    },
  ],
};

const flow = (from: Tier, to: Tier, port: number): Law["flows"][number] => ({
  name: `${from}-to-${to}`,
  from: { region: "fr-par", tier: from },
  to: { region: "fr-par", tier: to },
  protocol: "TCP",
  ports: [port, port],
  reason: "r",
  owner: "o",
  phases: ["sealed"],
});
const client = { srcPortLow: 1024, srcPortHigh: 65535 };
const open = [
  aclRule(DMZ, DATA, 443, client),
  aclRule(DATA, DMZ, undefined, { srcPortLow: 443, srcPortHigh: 443, dstPortLow: 1024, dstPortHigh: 65535 }),
];
const matrix = (rules: readonly RawObject[]) => [
  vpc("v"),
  net("data", "data", { v4: DATA }),
  net("dmz", "dmz", { v4: DMZ }),
  ...acls("v", rules),
];
const declared = { environment: "rehearsal", flows: [flow("dmz", "data", 443)] };

export const g13: RuleCases = {
  passing: [
    {
      name: "the declared flow and its answers",
      law: declared,
      resources: matrix(open),
      on: netUrn("dmz"),
      property: "flows",
    },
    { name: "no flow and none declared", law: { environment: "rehearsal" }, resources: matrix([]), on: netUrn("data") },
    { name: "what the filter of a program that is not ours accepts", resources: matrix(open), on: netUrn("dmz") },
  ],
  failing: [
    {
      name: "one port more",
      law: declared,
      resources: matrix([...open, aclRule(DMZ, DATA, 22)]),
      on: netUrn("dmz"),
      property: "flows",
    },
    {
      name: "a program that is not ours, without filter",
      resources: [vpc("v"), net("data", "data", { v4: DATA }), net("dmz", "dmz", { v4: DMZ })],
      on: netUrn("dmz"),
      property: "flows",
    },
    {
      name: "a client of low ports",
      law: declared,
      resources: matrix([aclRule(DMZ, DATA, 443), ...open]),
      on: netUrn("dmz"),
      property: "flows",
    },
    {
      name: "a declared flow that is not there",
      law: declared,
      resources: matrix([]),
      on: netUrn("dmz"),
      property: "flows",
      got: { missing: "dmz-to-data", family: 4 },
    },
    {
      name: "a flow whose answers are dropped",
      law: declared,
      resources: matrix(open.slice(0, 1)),
      on: netUrn("dmz"),
      property: "flows",
    },
    {
      name: "a flow between tiers that are not there",
      law: { environment: "rehearsal", flows: [flow("admin", "export", 443)] },
      resources: matrix([]),
      on: "stack",
      property: "flows",
    },
  ],
  undecided: [
    {
      name: "a rule of which the port is not known",
      law: declared,
      resources: matrix([...open, aclRule(DMZ, DATA, undefined, { dstPortLow: UNKNOWN })]),
      on: netUrn("dmz"),
    },
    {
      name: "a network whose range nobody knows yet",
      law: declared,
      resources: [vpc("v"), net("data", "data"), net("dmz", "dmz", { v4: DMZ }), ...acls("v")],
      on: netUrn("dmz"),
    },
  ],
  notApplicable: [{ name: "no network", law: declared, resources: [vpc("v")], on: "stack" }],
  mutations: [
    { of: "the declared flow and its answers", on: acl("v").urn, property: "rules.0.dstPortHigh", to: 444 },
    { of: "no flow and none declared", on: acl("v").urn, property: "defaultPolicy", to: "accept" },
  ],
};
