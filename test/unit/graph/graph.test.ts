import { describe, expect, it } from "vitest";
import { estateOf } from "../../../judge/facts/estate.ts";
import type { RawResource } from "../../../judge/facts/raw.ts";
import { graphOf } from "../../../judge/graph/graph.ts";
import { placesOf } from "../../../judge/graph/places.ts";
import { connections } from "../../../judge/graph/reach.ts";
import { rightsOf } from "../../../judge/graph/rights.ts";
import { app, bucket, bucketUrn, encrypts, grant, iamGroup, key } from "../../harness/grants.ts";
import { testLaw } from "../../harness/law.ts";
import { raw, urnOf } from "../../harness/raw.ts";
import { T } from "../../harness/types.ts";
import {
  aclRule,
  acls,
  byMachine,
  gateway,
  mapped,
  net,
  peered,
  route,
  server,
  serves,
  vpc,
} from "../../harness/wires.ts";

const all: readonly RawResource[] = [
  vpc("v"),
  vpc("w"),
  net("data", "data", { v4: "10.0.0.0/24" }),
  net("dmz", "dmz", { v4: "10.0.1.0/24" }),
  ...acls("v", [aclRule("10.0.1.0/24", "10.0.0.0/24", 443)]),
  ...peered("v", "w"),
  gateway("g"),
  serves("g", "dmz"),
  mapped("g", "10.0.1.9"),
  server("s", ["dmz"]),
  route("v", "10.9.0.0/16", byMachine("s")),
  app("a"),
  iamGroup("team", ["a"]),
  bucket("b"),
  key("k"),
  encrypts("b", "k"),
  grant({ groupId: "team" }, ["ObjectStorageObjectsRead", "KeyManagerKeyDecrypt"]),
];

describe("the graph of an estate", () => {
  const graph = graphOf(estateOf("state", all));

  it("has a node for each thing, of its kind", () => {
    const kindOf = (id: string) => graph.nodes.find((node) => node.id === id)?.kind;
    expect(kindOf("internet")).toBe("internet");
    expect(kindOf("fr-par")).toBe("region");
    expect(kindOf("fr-par-1")).toBe("zone");
    expect(kindOf(urnOf(T.network, "data"))).toBe("network");
    expect(kindOf(urnOf(T.server, "s"))).toBe("router");
    expect(kindOf(urnOf(T.iamGroup, "team"))).toBe("group");
    expect(kindOf(bucketUrn("b"))).toBe("bucket");
  });

  it("has edges that name resource and property", () => {
    const kinds = new Set(graph.edges.map((edge) => edge.kind));
    expect(kinds).toEqual(new Set(["stands-in", "attached", "routes", "peers", "opens", "member", "bound", "data"]));
    expect(graph.edges.every((edge) => edge.by !== "" && edge.property !== "")).toBe(true);
  });
});

describe("every answer", () => {
  it("is the same whatever order the resources come in", () => {
    const orders = [all, [...all].reverse()].map((list) => estateOf("state", list));
    const [a, b] = orders.map((estate) => [
      graphOf(estate),
      connections(estate),
      rightsOf(estate),
      placesOf(bucketUrn("b"), estate, testLaw()),
    ]);
    expect(a).toEqual(b);
  });

  it("changes nothing but names when names change", () => {
    const renamed = all.map((r) => ({ ...r, urn: r.urn.replace(/::([^:]+)$/, "::x-$1"), name: `x-${r.name}` }));
    const shape = (list: readonly RawResource[]) =>
      connections(estateOf("state", list)).connections.map((c) => [c.traffic, c.path.length, c.ground]);
    expect(shape(renamed)).toEqual(shape(all));
  });
});

describe("names", () => {
  const record = (name: string, type: string, data: string) =>
    raw(T.record, `${name}-${type}`, { dnsZone: "example.org", name, type, data });
  const gatewayIn = (region: string) =>
    raw(T.gatewayIp, "ip", { zone: `${region}-1` }, { id: `${region}-1/ip`, outputs: { address: "203.0.113.9" } });

  it("are followed to the place behind the name behind them", () => {
    const estate = estateOf("state", [
      record("portal", "CNAME", "standby.example.org."),
      record("standby", "A", "203.0.113.9"),
      gatewayIn("nl-ams"),
    ]);
    const rows = placesOf(urnOf(T.record, "portal-CNAME"), estate, testLaw());
    expect(rows.map((row) => [row.as, row.region, row.jurisdictions])).toEqual([["answer", "nl-ams", undefined]]);
    expect(rows[0]?.path.map((grip) => grip.by.split("::").at(-1))).toEqual(["portal-CNAME", "standby-A"]);
  });
});
