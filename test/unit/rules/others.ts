import { SECRET, UNKNOWN } from "../../../judge/facts/raw.ts";
import { raw, tagList, tagMap, urnOf } from "../../harness/raw.ts";
import type { RuleCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";

export const record = (data: string) => raw(T.record, "r", { dnsZone: "example.org", type: "CNAME", data });
export const backend = (failoverHost: string) =>
  raw(T.backend, "b", { lbId: "l", forwardPort: 80, forwardProtocol: "http", failoverHost });

export const dr03: RuleCases = {
  passing: [
    {
      name: "failover to a website in Paris",
      resources: [backend("b.s3-website.fr-par.scw.cloud")],
      on: urnOf(T.backend, "b"),
    },
    { name: "a name in the same zone", resources: [record("www")], on: urnOf(T.record, "r"), property: "data" },
    {
      name: "a listed host",
      resources: [record("status.example.net.")],
      on: urnOf(T.record, "r"),
      law: { hosts: [{ host: "status.example.net", reason: "status page of the operator" }] },
    },
    {
      name: "an address of a gateway of this estate",
      resources: [
        raw(T.gatewayIp, "g", { zone: "fr-par-1" }, { outputs: { address: "51.15.0.1" } }),
        raw(T.record, "r", { dnsZone: "z", type: "A", data: "51.15.0.1" }),
      ],
      on: urnOf(T.record, "r"),
    },
  ],
  failing: [
    {
      name: "failover to another region",
      resources: [backend("b.s3-website.nl-ams.scw.cloud")],
      on: urnOf(T.backend, "b"),
      property: "failoverHost",
      got: "b.s3-website.nl-ams.scw.cloud",
    },
    {
      name: "an alias to another cloud",
      resources: [record("x.cloudapp.example.com")],
      on: urnOf(T.record, "r"),
      property: "data",
    },
    {
      name: "one answer of many that leads away",
      resources: [
        raw(T.record, "r", {
          dnsZone: "z",
          type: "CNAME",
          data: "www",
          geoIp: { matches: [{ countries: ["US"], data: "us.example.com" }] },
        }),
      ],
      on: urnOf(T.record, "r"),
      property: "geoIp.matches[0].data",
    },
  ],
  undecided: [
    {
      name: "an address that could be anywhere",
      resources: [raw(T.record, "r", { dnsZone: "z", type: "A", data: "203.0.113.7" })],
      on: urnOf(T.record, "r"),
    },
    {
      name: "a tunnel's far end that is not known",
      resources: [raw(T.customerGateway, "c", { asn: 65000, ipv4Public: UNKNOWN })],
      on: urnOf(T.customerGateway, "c"),
      property: "ipv4Public",
    },
  ],
  notApplicable: [
    {
      name: "a backend without failover",
      resources: [raw(T.backend, "b", { lbId: "l", forwardPort: 80, forwardProtocol: "http" })],
      on: urnOf(T.backend, "b"),
    },
    {
      name: "a text record",
      resources: [raw(T.record, "r", { dnsZone: "z", type: "TXT", data: "v=spf1 -all" })],
      on: "stack",
    },
  ],
  mutations: [
    {
      of: "failover to a website in Paris",
      on: urnOf(T.backend, "b"),
      property: "failoverHost",
      to: "b.s3-website.pl-waw.scw.cloud",
    },
    { of: "a listed host", on: urnOf(T.record, "r"), property: "data", to: "status.example.com" },
  ],
};

export const sup03: RuleCases = {
  passing: [{ name: "a module's class", resources: [raw(T.vpc, "v")], on: urnOf(T.vpc, "v") }],
  failing: [
    {
      name: "the deprecated name of a bucket",
      resources: [raw("scaleway:index/objectBucket:ObjectBucket", "b")],
      on: urnOf("scaleway:index/objectBucket:ObjectBucket", "b"),
      property: "type",
      got: "scaleway:index/objectBucket:ObjectBucket",
    },
  ],
  undecided: { never: "a type is always known" },
  notApplicable: [
    { name: "another provider's resource", resources: [raw("random:index/randomId:RandomId", "r")], on: "stack" },
  ],
  mutations: [{ of: "a module's class", on: urnOf(T.vpc, "v"), property: "$type", to: "scaleway:index/vpc:Vpc" }],
};

export const evd02: RuleCases = {
  passing: [
    {
      name: "everything that decides is written",
      resources: [raw(T.pool, "p", { zone: "fr-par-1", tags: tagList(), publicIpDisabled: true, clusterId: UNKNOWN })],
      on: urnOf(T.pool, "p"),
      property: "publicIpDisabled",
    },
    {
      name: "the provider has answered",
      resources: [raw(T.vpc, "v", { region: UNKNOWN, tags: tagList() }, { outputs: { region: "fr-par" } })],
      on: urnOf(T.vpc, "v"),
      property: "region",
    },
  ],
  failing: [
    {
      name: "a region from an unresolved output",
      resources: [
        raw(T.vpc, "v", { region: "fr-par" }),
        raw(T.bucket, "b", { name: "b", region: UNKNOWN }, { dependsOn: { region: [urnOf(T.vpc, "v")] } }),
      ],
      on: urnOf(T.bucket, "b"),
      property: "region",
      got: { unknown: true, from: urnOf(T.vpc, "v") },
    },
    {
      name: "one tag that is not known",
      resources: [raw(T.bucket, "b", { tags: { ...tagMap(), owner: UNKNOWN } })],
      on: urnOf(T.bucket, "b"),
      property: "tags",
    },
    {
      name: "a deciding property hidden as a secret",
      resources: [raw(T.pool, "p", { publicIpDisabled: SECRET, nodeType: "x", size: 1, clusterId: "c" })],
      on: urnOf(T.pool, "p"),
      property: "publicIpDisabled",
      got: "a secret",
    },
    {
      name: "a stack reference whose stack is not known",
      resources: [raw(T.stackReference, "s", { name: UNKNOWN })],
      on: urnOf(T.stackReference, "s"),
      property: "name",
    },
  ],
  undecided: [
    { name: "a resource whose inputs are not shown", resources: [raw(T.pool, "p")], on: urnOf(T.pool, "p") },
    {
      name: "a pool of a cluster that is not there",
      resources: [raw(T.pool, "p", { zone: "fr-par-1", tags: tagList(), clusterId: "fr-par/gone" })],
      on: urnOf(T.pool, "p"),
      property: "clusterId",
    },
    {
      name: "a card in a network that is not there",
      resources: [raw(T.nic, "n", { zone: "fr-par-1", privateNetworkId: "fr-par/gone" })],
      on: urnOf(T.nic, "n"),
      property: "privateNetworkId",
    },
    {
      name: "a project that is not there, told at the first that names it",
      resources: [
        raw(T.vpc, "v", { region: "fr-par", tags: tagList(), projectId: "gone" }),
        raw(T.vpc, "w", { region: "fr-par", tags: tagList(), projectId: "gone" }),
      ],
      on: urnOf(T.vpc, "v"),
      property: "projectId",
    },
    {
      name: "a network that names another kind of thing as its VPC",
      resources: [
        raw(T.network, "n", { region: "fr-par", tags: tagList(), vpcId: "fr-par/w" }),
        raw(T.cluster, "w", { region: "fr-par", tags: tagList() }, { id: "fr-par/w" }),
      ],
      on: urnOf(T.network, "n"),
      property: "vpcId",
    },
    {
      name: "a grant over a project that is not there",
      resources: [raw(T.policy, "x", { rules: [{ permissionSetNames: ["VPCReadOnly"], projectIds: ["gone"] }] })],
      on: urnOf(T.policy, "x"),
      property: "rules[0].projectIds[0]",
    },
  ],
  notApplicable: [
    {
      name: "a type of which nothing is listed",
      resources: [raw(T.apiKey, "k", { applicationId: UNKNOWN })],
      on: "stack",
    },
  ],
  mutations: [
    {
      of: "everything that decides is written",
      on: urnOf(T.pool, "p"),
      property: "publicIpDisabled",
      to: UNKNOWN,
    },
  ],
};

export const obs01: RuleCases = {
  passing: [
    {
      name: "logs for a year",
      resources: [raw(T.source, "s", { type: "logs", retentionDays: 365 })],
      on: urnOf(T.source, "s"),
    },
    {
      name: "a log bucket whose objects stay",
      resources: [raw(T.bucket, "b", { tags: tagMap("technical", "log") })],
      on: urnOf(T.bucket, "b"),
    },
  ],
  failing: [
    {
      name: "logs for a week",
      resources: [raw(T.source, "s", { type: "logs", retentionDays: 7 })],
      on: urnOf(T.source, "s"),
      property: "retentionDays",
      got: 7,
    },
    {
      name: "a source that does not say what it keeps",
      resources: [raw(T.source, "s", { retentionDays: 30 })],
      on: urnOf(T.source, "s"),
      property: "retentionDays",
    },
    {
      name: "a log bucket that forgets",
      resources: [
        raw(T.bucket, "b", {
          tags: tagMap("technical", "log"),
          lifecycleRules: [{ enabled: true, expiration: { days: 90 } }],
        }),
      ],
      on: urnOf(T.bucket, "b"),
      property: "lifecycleRules[0].expiration.days",
      got: 90,
    },
  ],
  undecided: [
    {
      name: "a retention that is not known",
      resources: [raw(T.source, "s", { type: "logs", retentionDays: UNKNOWN })],
      on: urnOf(T.source, "s"),
    },
    {
      name: "a short retention of what may be logs",
      resources: [raw(T.source, "s", { type: UNKNOWN, retentionDays: 30 })],
      on: urnOf(T.source, "s"),
    },
  ],
  notApplicable: [
    {
      name: "metrics",
      resources: [raw(T.source, "s", { type: "metrics", retentionDays: 31 })],
      on: urnOf(T.source, "s"),
    },
  ],
  mutations: [
    { of: "logs for a year", on: urnOf(T.source, "s"), property: "retentionDays", to: 364 },
    {
      of: "a log bucket whose objects stay",
      on: urnOf(T.bucket, "b"),
      property: "lifecycleRules",
      to: [{ enabled: true, expiration: { days: 1 } }],
    },
  ],
};
