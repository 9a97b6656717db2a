import { type RawObject, type RawResource, UNKNOWN } from "../../../judge/facts/raw.ts";
import type { Law } from "../../../judge/kit/law.ts";
import type { RuleId } from "../../../policy-packs/bastide/rules/ids.ts";
import type { Tier } from "../../../stacks/vocabulary.ts";
import { tagList, urnOf } from "../../harness/raw.ts";
import type { MoreCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";
import { acl, aclRule, acls, card, gateway, net, netUrn, peered, server, serves, vpc } from "../../harness/wires.ts";

const DATA = "10.0.0.0/24";
const DMZ = "10.0.1.0/24";
const v = vpc("v");
const data = net("data", "data", { v4: DATA });
const dmz = net("dmz", "dmz", { v4: DMZ });
const walled = [v, data, dmz, ...acls("v")];
const edge = [gateway("g"), serves("g", "dmz")];
/** The same resource, its reference known as derived from the right one only. */
const derived = (resource: RawResource, property: string, from: RawResource): RawResource => ({
  ...resource,
  inputs: { ...resource.inputs, [property]: UNKNOWN },
  propertyDependencies: { [property]: [from.urn] },
});
const unborn = (resource: RawResource): RawResource => ({ ...resource, id: UNKNOWN });
const bastion = (...sources: string[]): RawObject => ({ bastionEnabled: true, allowedIpRanges: sources });
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
const ADMIN = "10.0.2.0/24";
const admin = net("admin", "admin", { v4: ADMIN });
const gone = urnOf(T.connector, "v-to-gone");

export const moreGraph = {
  G1: {
    passing: [
      {
        name: "an edge of health data, which is not the data tier",
        resources: [v, data, net("dmz", "dmz", { v4: DMZ, dataClass: "health-pseudo" }), ...acls("v"), ...edge],
        on: netUrn("data"),
        property: "reach",
        proof: "checked",
      },
      {
        name: "a technical network with a way out beside the data network",
        resources: [...walled, admin, gateway("g"), serves("g", "admin")],
        on: netUrn("data"),
      },
      {
        name: "a network whose VPC is known by a dependency only",
        resources: [unborn(v), derived(data, "vpcId", v)],
        on: netUrn("data"),
        proof: "assumed",
      },
      {
        name: "a filter whose VPC is known by a dependency only",
        resources: [v, data, derived(acl("v"), "vpcId", v)],
        on: netUrn("data"),
        proof: "assumed",
      },
    ],
    failing: [
      {
        name: "compute that leaves by a machine at the edge, not by its NAT",
        resources: [
          v,
          net("nodes", "compute", { v4: DATA, dataClass: "health-pseudo" }),
          dmz,
          ...acls("v"),
          ...edge,
          server("s", []),
          ...card("s", "dmz", "10.0.1.9"),
          ...card("s", "nodes", "10.0.0.9"),
        ],
        on: netUrn("nodes"),
        property: "reach",
      },
      {
        name: "a machine in both, and the whole way",
        resources: [
          ...walled,
          ...edge,
          server("s", []),
          ...card("s", "dmz", "10.0.1.9"),
          ...card("s", "data", "10.0.0.9"),
        ],
        on: netUrn("data"),
        property: "reach",
        proof: "checked",
        path: [
          netUrn("data"),
          urnOf(T.nic, "nic-s-data"),
          urnOf(T.server, "s"),
          urnOf(T.nic, "nic-s-dmz"),
          netUrn("dmz"),
          urnOf(T.attachment, "g-dmz"),
          urnOf(T.gateway, "g"),
          "internet",
        ],
      },
      {
        name: "a gateway whose network is known by a dependency only",
        resources: [v, unborn(data), gateway("g"), derived(serves("g", "data"), "privateNetworkId", data)],
        on: netUrn("data"),
        property: "reach",
        proof: "assumed",
      },
    ],
    undecided: [
      {
        name: "a peer that is not in the file, and who would know",
        resources: [...walled, ...peered("v", "gone", false)],
        on: netUrn("data"),
        from: gone,
        path: [netUrn("data"), gone, "fr-par/gone", gone],
      },
    ],
  },
  G2: {
    passing: [
      {
        name: "an administrators' bastion, and what its network may reach",
        resources: [
          v,
          data,
          admin,
          ...acls("v", [aclRule(ADMIN, DATA, 22)]),
          gateway("b", bastion("192.0.2.0/28")),
          serves("b", "admin", false),
        ],
        on: netUrn("data"),
        property: "reach",
      },
      {
        name: "a machine of the edge with an address of its own",
        resources: [...walled, server("s", [], { enableDynamicIp: true, tags: tagList("technical", "dmz") })],
        on: netUrn("data"),
      },
    ],
    failing: [
      {
        name: "a bastion for everybody, beside the administrators",
        resources: [v, admin, gateway("b", bastion("192.0.2.0/28", "0.0.0.0/0")), serves("b", "admin", false)],
        on: netUrn("admin"),
        property: "reach",
      },
      {
        name: "a machine of the data tier with an address of its own",
        resources: [...walled, server("s", [], { enableDynamicIp: true, tags: tagList("health-pseudo", "data") })],
        on: urnOf(T.server, "s"),
        property: "reach",
      },
    ],
  },
  G13: {
    passing: [
      {
        name: "networks without health data, of a program that is not ours, without filter",
        resources: [v, net("one", "admin", { v4: ADMIN }), dmz],
        on: netUrn("dmz"),
        property: "flows",
      },
    ],
    failing: [
      {
        name: "what a filter accepts, where flows are declared and it is none",
        law: { environment: "rehearsal" },
        resources: [v, data, dmz, ...acls("v", [aclRule(DMZ, DATA, 443)])],
        on: netUrn("dmz"),
        property: "flows",
      },
      {
        name: "what a filter accepts beside the flows of a law without environment",
        law: { environment: null, flows: [flow("admin", "export", 443)] },
        resources: [v, data, dmz, ...acls("v", [aclRule(DMZ, DATA, 443)])],
        on: netUrn("dmz"),
        property: "flows",
      },
      {
        name: "two flows more",
        law: { environment: "rehearsal" },
        resources: [v, data, dmz, admin, ...acls("v", [aclRule(DMZ, DATA, 443), aclRule(DMZ, ADMIN, 22)])],
        on: netUrn("dmz"),
        property: "flows",
        got: {
          undeclared: netUrn("data"),
          traffic: [{ family: 4, protocol: "TCP", fromPorts: [0, 65535], toPorts: [443, 443] }],
          others: 1,
          way: [
            {
              kind: "routed",
              from: netUrn("dmz"),
              to: netUrn("data"),
              by: urnOf(T.acl, "acl-v"),
              property: "rules[0]",
            },
          ],
        },
      },
      {
        name: "a declared flow that is not there, and to where",
        law: { environment: "rehearsal", flows: [flow("dmz", "data", 443)] },
        resources: [v, data, dmz, ...acls("v")],
        on: netUrn("dmz"),
        property: "flows",
        path: [netUrn("data")],
      },
      {
        name: "a flow between tiers that are not there, told of the stack",
        law: { environment: "rehearsal", flows: [flow("export", "log", 443)] },
        resources: walled,
        on: "stack",
        property: "flows",
        path: [],
      },
    ],
    undecided: [
      {
        name: "a network whose range nobody knows yet, and who will",
        law: { environment: "rehearsal", flows: [flow("dmz", "data", 443)] },
        resources: [v, net("data", "data"), dmz, ...acls("v")],
        on: netUrn("dmz"),
        from: netUrn("data"),
      },
    ],
  },
} as const satisfies Partial<Record<RuleId, MoreCases>>;
