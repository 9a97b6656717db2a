import { UNKNOWN } from "../../../judge/facts/raw.ts";
import { component, raw, urnOf } from "../../harness/raw.ts";
import type { RuleCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";

export const cluster = raw(T.cluster, "c", { version: "1.34.1", cni: "cilium" }, { id: "fr-par/c" });
export const acl = (aclRules: readonly { ip?: string | typeof UNKNOWN; scalewayRanges?: boolean }[]) =>
  raw(T.aclOf, "a", { clusterId: "fr-par/c", aclRules: [...aclRules] });
const on = urnOf(T.aclOf, "a");

export const ip = raw(T.gatewayIp, "nat");
export const home = component("bastide:components:Cluster", "home", {
  declared: [
    {
      kind: "allowed-sources",
      subject: `${T.aclOf}::a`,
      property: "aclRules",
      sources: [
        { kind: "cidr", cidr: "192.0.2.0/28", description: "admins" },
        { kind: "gateway-ip", of: `${T.gatewayIp}::nat`, description: "nodes" },
      ],
    },
  ],
});
export const declared = (
  aclRules: (typeof UNKNOWN | { ip: string | typeof UNKNOWN })[] | typeof UNKNOWN,
  behind: string[],
) => raw(T.aclOf, "a", { clusterId: "fr-par/c", aclRules }, { parent: home.urn, dependsOn: { aclRules: behind } });

export const net10: RuleCases = {
  passing: [
    {
      name: "administrators only",
      resources: [cluster, acl([{ ip: "192.0.2.0/28" }])],
      on,
      property: "aclRules[0].ip",
      law: { adminSources: ["192.0.2.0/24"] },
    },
    {
      name: "nobody at all",
      resources: [cluster, raw(T.aclOf, "a", { clusterId: "c", noIpAllowed: true })],
      on,
      property: "noIpAllowed",
    },
    {
      name: "a gateway's address that the component declares",
      resources: [cluster, home, ip, declared([{ ip: "192.0.2.0/28" }, { ip: UNKNOWN }], [ip.urn])],
      on,
      property: "aclRules[1].ip",
      proof: "declared",
    },
    {
      name: "a list that is not known as a whole, declared",
      resources: [cluster, home, ip, declared(UNKNOWN, [ip.urn])],
      on,
      property: "aclRules[0].ip",
      proof: "declared",
    },
    {
      name: "a cluster whose ACL is known by a dependency",
      resources: [
        raw(T.cluster, "c"),
        raw(
          T.aclOf,
          "a",
          { clusterId: UNKNOWN, aclRules: [{ ip: "192.0.2.1/32" }] },
          { dependsOn: { clusterId: [urnOf(T.cluster, "c")] } },
        ),
      ],
      on: urnOf(T.cluster, "c"),
      proof: "assumed",
    },
  ],
  failing: [
    { name: "a cluster without ACL", resources: [cluster], on: cluster.urn, property: "acl" },
    {
      name: "an ACL of another cluster",
      resources: [cluster, raw(T.aclOf, "a", { clusterId: "fr-par/x", noIpAllowed: true })],
      on: cluster.urn,
      property: "acl",
    },
    {
      name: "any source",
      resources: [cluster, acl([{ ip: "192.0.2.1/32" }, { ip: "0.0.0.0/0" }])],
      on,
      property: "aclRules[1].ip",
      got: "0.0.0.0/0",
    },
    {
      name: "half of all sources",
      resources: [cluster, acl([{ ip: "0.0.0.0/1" }])],
      on,
      property: "aclRules[0].ip",
    },
    {
      name: "every customer of Scaleway",
      resources: [cluster, acl([{ scalewayRanges: true }])],
      on,
      property: "aclRules[0].scalewayRanges",
    },
    {
      name: "a narrow range that is nobody's we know",
      resources: [cluster, acl([{ ip: "203.0.113.0/28" }])],
      on,
      property: "aclRules[0].ip",
      law: { adminSources: ["192.0.2.0/24"] },
    },
    { name: "an empty list", resources: [cluster, acl([])], on, property: "aclRules" },
  ],
  undecided: [
    {
      name: "a source that is not known",
      resources: [cluster, acl([{ ip: UNKNOWN }])],
      on,
      property: "aclRules[0].ip",
    },
    {
      name: "a declaration that names other resources than the real list comes from",
      resources: [cluster, home, ip, declared(UNKNOWN, [ip.urn, cluster.urn])],
      on,
      property: "aclRules",
    },
    {
      name: "a cluster beside an ACL that could be its own",
      resources: [cluster, raw(T.aclOf, "a", { clusterId: UNKNOWN, noIpAllowed: true })],
      on: cluster.urn,
    },
  ],
  notApplicable: [{ name: "no cluster", resources: [raw(T.vpc, "v")], on: "stack" }],
  mutations: [
    { of: "administrators only", on, property: "aclRules.0.ip", to: "0.0.0.0/0" },
    { of: "nobody at all", on, property: "clusterId", to: "fr-par/other" },
    { of: "administrators only", on, property: "aclRules.0.scalewayRanges", to: true },
  ],
};

const PRIVATE = "service.beta.kubernetes.io/scw-loadbalancer-private";
const service = (type: string | typeof UNKNOWN, annotations: Record<string, string> = {}, rest = {}) =>
  raw(T.service, "s", { metadata: { annotations }, spec: { type, ...rest } });
const web = urnOf(T.service, "s");
const classed = raw(T.ingressClass, "k", { metadata: { name: "inside" } });
const ingress = (spec: Record<string, string>) => raw(T.ingress, "i", { spec });

export const k8s04: RuleCases = {
  passing: [
    {
      name: "inside the cluster",
      resources: [raw(T.service, "s", { spec: { ports: [] } })],
      on: web,
    },
    {
      name: "a private load balancer",
      resources: [service("LoadBalancer", { [PRIVATE]: "true" })],
      on: web,
    },
    {
      name: "an Ingress of a class that is declared here",
      resources: [classed, ingress({ ingressClassName: "inside" })],
      on: urnOf(T.ingress, "i"),
    },
  ],
  failing: [
    {
      name: "a load balancer without the private annotation",
      resources: [service("LoadBalancer")],
      on: web,
      property: `metadata.annotations["${PRIVATE}"]`,
      got: null,
    },
    {
      name: "an alias of a name elsewhere",
      resources: [service("ExternalName", {}, { externalName: "example.org" })],
      on: web,
      property: "spec.type",
      got: "ExternalName",
    },
    { name: "a port on every node", resources: [service("NodePort")], on: web, property: "spec.type", got: "NodePort" },
    {
      name: "an external address",
      resources: [service("ClusterIP", {}, { externalIPs: ["51.15.0.1"] })],
      on: web,
      property: "spec.externalIPs",
    },
    {
      name: "an Ingress of the cluster's default class",
      resources: [ingress({})],
      on: urnOf(T.ingress, "i"),
      property: "spec.ingressClassName",
    },
  ],
  undecided: [
    { name: "a type that is not known", resources: [service(UNKNOWN)], on: web, property: "spec.type" },
    {
      name: "an Ingress of a class that stands elsewhere",
      resources: [ingress({ ingressClassName: "nginx" })],
      on: urnOf(T.ingress, "i"),
    },
  ],
  notApplicable: [{ name: "a namespace", resources: [raw("kubernetes:core/v1:Namespace", "n")], on: "stack" }],
  mutations: [
    { of: "inside the cluster", on: web, property: "spec.type", to: "LoadBalancer" },
    { of: "a private load balancer", on: web, property: `metadata.annotations`, to: { [PRIVATE]: "false" } },
    {
      of: "an Ingress of a class that is declared here",
      on: urnOf(T.ingress, "i"),
      property: "spec.ingressClassName",
      to: undefined,
    },
  ],
};
