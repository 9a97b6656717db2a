import { UNKNOWN } from "../../../judge/facts/raw.ts";
import { raw, tagList, urnOf } from "../../harness/raw.ts";
import type { RuleCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";

export const cluster = raw(T.cluster, "c", { region: "fr-par", tags: tagList() }, { id: "fr-par/c" });
export const pool = (name: string, zone: string | typeof UNKNOWN, size = 1) =>
  raw(T.pool, name, { clusterId: "fr-par/c", region: "fr-par", zone, size, nodeType: "POP2-4C-16G", tags: tagList() });
/** As applied: the id names the region alone. */
const made = (name: string, zone: string) => ({ ...pool(name, zone), id: `fr-par/${name}` });
export const server = (name: string, zone: string, tier: string) =>
  raw(T.server, name, { zone, type: "POP2-2C-8G", tags: tagList("technical", tier) });

export const dr01: RuleCases = {
  passing: [
    {
      name: "a cluster in two zones",
      resources: [cluster, pool("a", "fr-par-1"), pool("b", "fr-par-2")],
      on: cluster.urn,
    },
    {
      name: "an applied cluster in two zones",
      resources: [cluster, made("a", "fr-par-1"), made("b", "fr-par-2")],
      on: cluster.urn,
    },
    {
      name: "two servers of a tier",
      resources: [server("a", "fr-par-1", "data"), server("b", "fr-par-2", "data")],
      on: urnOf(T.server, "a"),
    },
  ],
  failing: [
    {
      name: "every pool in one zone",
      resources: [cluster, pool("a", "fr-par-1"), pool("b", "fr-par-1")],
      on: cluster.urn,
      property: "zone",
    },
    {
      name: "a second zone without nodes",
      resources: [cluster, pool("a", "fr-par-1"), pool("b", "fr-par-2", 0)],
      on: cluster.urn,
      property: "zone",
    },
    {
      name: "a server with no other of its tier",
      resources: [server("a", "fr-par-1", "data"), server("b", "fr-par-2", "compute")],
      on: urnOf(T.server, "a"),
      property: "zone",
    },
  ],
  undecided: [
    {
      name: "a second zone that is not known",
      resources: [cluster, pool("a", "fr-par-1"), pool("b", UNKNOWN)],
      on: cluster.urn,
    },
  ],
  notApplicable: [{ name: "an admin host", resources: [server("a", "fr-par-1", "admin")], on: urnOf(T.server, "a") }],
  mutations: [
    { of: "a cluster in two zones", on: urnOf(T.pool, "b"), property: "zone", to: "fr-par-1" },
    { of: "a cluster in two zones", on: urnOf(T.pool, "b"), property: "size", to: 0 },
    { of: "two servers of a tier", on: urnOf(T.server, "b"), property: "tags", to: tagList("technical", "compute") },
  ],
};

export const g10: RuleCases = {
  passing: [
    {
      name: "a cluster that goes on without either zone",
      resources: [cluster, pool("a", "fr-par-1"), pool("b", "fr-par-2")],
      on: "stack",
      property: "fr-par-1",
    },
  ],
  failing: [
    {
      name: "a cluster that ends with its zone",
      resources: [cluster, pool("a", "fr-par-1")],
      on: "stack",
      property: "fr-par-1",
      got: { lost: ["scaleway:kubernetes/cluster:Cluster::c"] },
    },
    {
      name: "a second zone outside the profile",
      resources: [cluster, pool("a", "fr-par-1"), pool("b", "nl-ams-1")],
      on: "stack",
      property: "fr-par-1",
    },
  ],
  undecided: [
    {
      name: "a second zone that is not known",
      resources: [cluster, pool("a", "fr-par-1"), pool("b", UNKNOWN)],
      on: "stack",
      property: "fr-par-1",
    },
  ],
  notApplicable: [
    { name: "nothing that stands in a zone", resources: [raw(T.bucket, "b", { name: "b" })], on: "stack" },
  ],
  mutations: [
    {
      of: "a cluster that goes on without either zone",
      on: urnOf(T.pool, "b"),
      property: "zone",
      to: "fr-par-1",
    },
  ],
};
