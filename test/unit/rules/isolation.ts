import { type RawObject, UNKNOWN } from "../../../judge/facts/raw.ts";
import { raw, tagList, urnOf } from "../../harness/raw.ts";
import type { RuleCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";

export const net01: RuleCases = {
  passing: [
    {
      name: "a private pool",
      resources: [raw(T.pool, "p", { publicIpDisabled: true })],
      on: urnOf(T.pool, "p"),
      property: "publicIpDisabled",
    },
    {
      name: "a server without address",
      resources: [raw(T.server, "s", { type: "POP2-2C-8G", ipIds: [] })],
      on: urnOf(T.server, "s"),
      property: "ipIds",
    },
  ],
  failing: [
    {
      name: "a pool that does not say so",
      resources: [raw(T.pool, "p")],
      on: urnOf(T.pool, "p"),
      property: "publicIpDisabled",
      got: false,
    },
    {
      name: "a server with a flexible address, known by its dependency only",
      resources: [
        raw(T.flexibleIp, "i"),
        raw(T.server, "s", { ipId: UNKNOWN }, { dependsOn: { ipId: [urnOf(T.flexibleIp, "i")] } }),
      ],
      on: urnOf(T.server, "s"),
      property: "ipId",
    },
    {
      name: "a list of addresses not one of which is known",
      resources: [raw(T.server, "s", { ipIds: [UNKNOWN] })],
      on: urnOf(T.server, "s"),
      property: "ipIds",
    },
    {
      name: "a dynamic address",
      resources: [raw(T.server, "s", { enableDynamicIp: true })],
      on: urnOf(T.server, "s"),
      property: "enableDynamicIp",
    },
    { name: "a flexible IP", resources: [raw(T.flexibleIp, "i")], on: urnOf(T.flexibleIp, "i"), property: "type" },
    {
      name: "a bare-metal server, which has one in any case",
      resources: [raw("scaleway:elasticmetal/server:Server", "m", { offer: "x" })],
      on: urnOf("scaleway:elasticmetal/server:Server", "m"),
      property: "type",
    },
    {
      name: "a template that gives one to each copy",
      resources: [raw("scaleway:autoscaling/instanceTemplate:InstanceTemplate", "t", { publicIpsV4Count: 1 })],
      on: urnOf("scaleway:autoscaling/instanceTemplate:InstanceTemplate", "t"),
      property: "publicIpsV4Count",
      got: 1,
    },
  ],
  undecided: [
    {
      name: "a pool whose switch is not known",
      resources: [raw(T.pool, "p", { publicIpDisabled: UNKNOWN })],
      on: urnOf(T.pool, "p"),
    },
  ],
  notApplicable: [{ name: "a network", resources: [raw(T.vpc, "v")], on: "stack" }],
  mutations: [
    { of: "a private pool", on: urnOf(T.pool, "p"), property: "publicIpDisabled", to: undefined },
    { of: "a server without address", on: urnOf(T.server, "s"), property: "ipIds", to: ["fr-par-1/x"] },
  ],
};

const privateDb: RawObject = { engine: "PostgreSQL-16", nodeType: "DB-DEV-S", privateNetwork: { pnId: UNKNOWN } };

export const net02: RuleCases = {
  passing: [
    {
      name: "a database in a private network",
      resources: [raw(T.database, "d", privateDb)],
      on: urnOf(T.database, "d"),
      property: "privateNetwork",
    },
    {
      name: "an answered database without public endpoint",
      resources: [raw(T.database, "d", privateDb, { outputs: { loadBalancer: null } })],
      on: urnOf(T.database, "d"),
      property: "loadBalancer",
      door: "state",
    },
  ],
  failing: [
    {
      name: "a database without private network",
      resources: [raw(T.database, "d", { engine: "PostgreSQL-16" })],
      on: urnOf(T.database, "d"),
      property: "privateNetwork",
    },
    {
      name: "a database with both endpoints",
      resources: [raw(T.database, "d", { ...privateDb, loadBalancer: {} })],
      on: urnOf(T.database, "d"),
      property: "loadBalancer",
    },
    {
      name: "a database that answers with a public endpoint",
      resources: [raw(T.database, "d", privateDb, { outputs: { loadBalancer: { ip: "51.15.0.1" } } })],
      on: urnOf(T.database, "d"),
      property: "loadBalancer",
      door: "state",
    },
    {
      name: "a warehouse, public whatever is written",
      resources: [raw(T.warehouse, "w", { privateNetwork: { pnId: "fr-par/n" } })],
      on: urnOf(T.warehouse, "w"),
      property: "publicNetwork",
    },
  ],
  undecided: [
    {
      name: "a private network that is not known",
      resources: [raw(T.database, "d", { privateNetwork: UNKNOWN })],
      on: urnOf(T.database, "d"),
      property: "privateNetwork",
    },
    {
      name: "dashboards that only the answer tells about",
      resources: [
        raw("scaleway:opensearch/deployment:Deployment", "o", { privateNetwork: { privateNetworkId: UNKNOWN } }),
      ],
      on: urnOf("scaleway:opensearch/deployment:Deployment", "o"),
      property: "publicDashboardUrl",
    },
  ],
  notApplicable: [{ name: "a bucket", resources: [raw(T.bucket, "b")], on: "stack" }],
  mutations: [
    { of: "a database in a private network", on: urnOf(T.database, "d"), property: "privateNetwork", to: undefined },
  ],
};

const drop = { inboundDefaultPolicy: "drop", outboundDefaultPolicy: "drop" };
const https = { action: "accept", protocol: "TCP", port: 443, ipRange: "0.0.0.0/0" };
const group = raw(T.group, "g", { ...drop, tags: tagList() });

export const net03: RuleCases = {
  passing: [
    { name: "a group that drops both ways", resources: [group], on: group.urn, property: "outboundDefaultPolicy" },
    {
      name: "HTTPS from everywhere in dmz",
      resources: [raw(T.group, "g", { ...drop, inboundRules: [https], tags: tagList("technical", "dmz") })],
      on: group.urn,
      property: "inboundRules[0]",
    },
    {
      name: "a pool that names its group",
      resources: [
        group,
        raw(T.pool, "p", { securityGroupId: UNKNOWN }, { dependsOn: { securityGroupId: [group.urn] } }),
      ],
      on: urnOf(T.pool, "p"),
      proof: "assumed",
    },
  ],
  failing: [
    {
      name: "an absent outbound policy accepts",
      resources: [raw(T.group, "g", { inboundDefaultPolicy: "drop" })],
      on: group.urn,
      property: "outboundDefaultPolicy",
      got: "accept",
    },
    {
      name: "a rule without range is for any source",
      resources: [raw(T.group, "g", { ...drop, inboundRules: [{ action: "accept", port: 22 }], tags: tagList() })],
      on: group.urn,
      property: "inboundRules[0]",
    },
    {
      name: "half the internet is any source",
      resources: [
        raw(T.group, "g", { ...drop, inboundRules: [{ action: "accept", port: 22, ipRange: "128.0.0.0/1" }] }),
      ],
      on: group.urn,
      property: "inboundRules[0]",
    },
    {
      name: "HTTPS from everywhere outside dmz",
      resources: [raw(T.group, "g", { ...drop, inboundRules: [https], tags: tagList("technical", "data") })],
      on: group.urn,
      property: "inboundRules[0]",
    },
    {
      name: "rules beside their group",
      resources: [group, raw(T.groupRules, "r", { securityGroupId: "x", inboundRules: [{ action: "accept" }] })],
      on: urnOf(T.groupRules, "r"),
      property: "inboundRules[0]",
    },
    {
      name: "a server without group",
      resources: [raw(T.server, "s", { type: "x" })],
      on: urnOf(T.server, "s"),
      property: "securityGroupId",
    },
  ],
  undecided: [
    {
      name: "a policy that is not known",
      resources: [raw(T.group, "g", { ...drop, inboundDefaultPolicy: UNKNOWN })],
      on: group.urn,
    },
    {
      name: "a group of another stack",
      resources: [raw(T.pool, "p", { securityGroupId: "fr-par-1/x" })],
      on: urnOf(T.pool, "p"),
    },
  ],
  notApplicable: [{ name: "a network", resources: [raw(T.vpc, "v")], on: "stack" }],
  mutations: [
    { of: "a group that drops both ways", on: group.urn, property: "inboundDefaultPolicy", to: "accept" },
    { of: "HTTPS from everywhere in dmz", on: group.urn, property: "inboundRules.0.port", to: 5432 },
    { of: "a pool that names its group", on: urnOf(T.pool, "p"), property: "securityGroupId", to: undefined },
  ],
};

const vpc = raw(T.vpc, "v", {}, { id: "fr-par/v" });
const network = (name: string, tier: string, inputs = {}) =>
  raw(T.network, name, { vpcId: "v", tags: tagList("technical", tier), ...inputs }, { id: `fr-par/${name}` });
const data = network("data", "data");
const compute = network("compute", "compute");
const attach = (to: string) => raw(T.attachment, "a", { gatewayId: "fr-par-1/g", privateNetworkId: to });
const route = (destination: string) => raw(T.route, "r", { vpcId: "fr-par/v", destination });

export const net05: RuleCases = {
  passing: [
    { name: "a data network by itself", resources: [vpc, data], on: data.urn },
    {
      name: "a gateway for compute beside a data network",
      resources: [vpc, data, compute, attach("fr-par/compute")],
      on: urnOf(T.attachment, "a"),
      proof: "checked",
    },
    {
      name: "a route to the other region's private range",
      resources: [vpc, data, route("10.20.0.0/16")],
      on: urnOf(T.route, "r"),
    },
  ],
  failing: [
    {
      name: "a gateway for a data network",
      resources: [vpc, data, attach("fr-par/data")],
      on: urnOf(T.attachment, "a"),
      property: "privateNetworkId",
      got: "data",
    },
    {
      name: "a gateway for a network without tier",
      resources: [raw(T.network, "n", {}, { id: "fr-par/n" }), attach("fr-par/n")],
      on: urnOf(T.attachment, "a"),
      property: "privateNetworkId",
    },
    {
      name: "propagation into a data network",
      resources: [vpc, network("data", "data", { enableDefaultRoutePropagation: true })],
      on: data.urn,
      property: "enableDefaultRoutePropagation",
    },
    {
      name: "a default route in its VPC",
      resources: [vpc, data, route("0.0.0.0/0")],
      on: urnOf(T.route, "r"),
      property: "destination",
    },
    {
      name: "half of a default route",
      resources: [vpc, data, route("8000::/1")],
      on: urnOf(T.route, "r"),
      property: "destination",
    },
  ],
  undecided: [
    {
      name: "a gateway for a network that two resources could be",
      resources: [
        raw(T.network, "x", { tags: tagList("technical", "data") }),
        raw(T.network, "y", { tags: tagList("technical", "compute") }),
        raw(
          T.attachment,
          "a",
          { gatewayId: "g", privateNetworkId: UNKNOWN },
          { dependsOn: { privateNetworkId: [urnOf(T.network, "x"), urnOf(T.network, "y")] } },
        ),
      ],
      on: urnOf(T.attachment, "a"),
    },
    {
      name: "a gateway for a network of another stack",
      resources: [attach("fr-par/elsewhere")],
      on: urnOf(T.attachment, "a"),
    },
  ],
  notApplicable: [
    { name: "a compute network", resources: [compute], on: compute.urn },
    {
      name: "a default route where no data network is",
      resources: [vpc, compute, route("0.0.0.0/0")],
      on: urnOf(T.route, "r"),
    },
  ],
  mutations: [
    { of: "a data network by itself", on: data.urn, property: "enableDefaultRoutePropagation", to: true },
    {
      of: "a gateway for compute beside a data network",
      on: urnOf(T.attachment, "a"),
      property: "privateNetworkId",
      to: "fr-par/data",
    },
    {
      of: "a route to the other region's private range",
      on: urnOf(T.route, "r"),
      property: "destination",
      to: "::/0",
    },
  ],
};
