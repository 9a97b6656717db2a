import { createHash } from "node:crypto";
import fc from "fast-check";
import { XMLValidator } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import type { RawEstate, RawResource } from "../../judge/facts/raw.ts";
import { layout } from "../../judge/reports/topology/layout.ts";
import { mapOf } from "../../judge/reports/topology/model-of.ts";
import { topologyPage, topologySvg } from "../../judge/reports/topology/page.ts";
import type { Box, Scene } from "../../judge/reports/topology/scene.ts";
import { estates } from "../harness/estates.ts";
import { raw, rawEstate, tagList, tagMap, urnOf } from "../harness/raw.ts";
import { finding, report, verdict } from "../harness/verdicts.ts";

const VPC = "scaleway:network/vpc:Vpc";
const NETWORK = "scaleway:network/privateNetwork:PrivateNetwork";
const GATEWAY = "scaleway:network/publicGateway:PublicGateway";
const BUCKET = "scaleway:object/bucket:Bucket";
const CLUSTER = "scaleway:kubernetes/cluster:Cluster";

/** One region with something of each kind. */
function region(name: string): readonly RawResource[] {
  const zone = `${name}-1`;
  const id = (what: string): string => `${name}/${what}`;
  const network = (tier: string): RawResource =>
    raw(
      NETWORK,
      `network-${name}-${tier}`,
      { region: name, vpcId: id("vpc"), ipv4Subnet: { subnet: "10.0.0.0/22" }, tags: tagList("technical", tier) },
      { id: id(`net-${tier}`) },
    );
  return [
    raw(VPC, `network-${name}-vpc`, { region: name, tags: tagList() }, { id: id("vpc") }),
    raw(
      "scaleway:network/acl:Acl",
      `network-${name}-acl`,
      { region: name, vpcId: id("vpc"), isIpv6: false, defaultPolicy: "drop", rules: [] },
      { id: id("acl") },
    ),
    ...["data", "dmz", "compute"].map(network),
    raw(
      GATEWAY,
      `bastion-${name}-gateway`,
      { zone, bastionEnabled: true, bastionPort: 61000, allowedIpRanges: ["192.0.2.0/27"] },
      { id: `${zone}/bastion` },
    ),
    raw(GATEWAY, `link-${name}-gateway`, { zone }, { id: `${zone}/link` }),
    ...["bastion", "link"].map((g) =>
      raw("scaleway:network/gatewayNetwork:GatewayNetwork", `${g}-${name}-attachment`, {
        zone,
        gatewayId: `${zone}/${g}`,
        privateNetworkId: id("net-dmz"),
      }),
    ),
    raw("scaleway:network/publicGatewayPatRule:PublicGatewayPatRule", `link-${name}-pat`, {
      zone,
      gatewayId: `${zone}/link`,
      publicPort: 51820,
      privatePort: 51820,
      protocol: "udp",
      privateIp: "10.0.0.4",
    }),
    raw("scaleway:instance/server:Server", `router-${name}`, { zone, type: "POP2-2C-8G" }, { id: `${zone}/router` }),
    raw("scaleway:instance/privateNic:PrivateNic", `router-${name}-nic`, {
      zone,
      serverId: `${zone}/router`,
      privateNetworkId: id("net-dmz"),
    }),
    raw("scaleway:instance/server:Server", `stray-${name}`, { zone, type: "DEV1-S" }, { id: `${zone}/stray` }),
    raw(
      CLUSTER,
      `cluster-${name}`,
      { region: name, type: "kapsule", version: "1.34", cni: "cilium", privateNetworkId: id("net-compute") },
      { id: id("cluster") },
    ),
    raw(
      "scaleway:kubernetes/pool:Pool",
      `pool-${name}`,
      { zone, clusterId: id("cluster"), nodeType: "POP2-4C-16G", size: 2, publicIpDisabled: true },
      { id: id("pool") },
    ),
    raw(
      BUCKET,
      `domain-${name}`,
      { region: name, name: `b-${name}`, tags: tagMap("health-pseudo") },
      { id: id(`b-${name}`) },
    ),
    raw("scaleway:object/bucketLockConfiguration:BucketLockConfiguration", `lock-${name}`, {
      region: name,
      bucket: `b-${name}`,
      rule: { defaultRetention: { mode: "COMPLIANCE", days: 365 } },
    }),
    raw(
      "scaleway:keymanager/key:Key",
      `key-${name}`,
      { region: name, usage: "symmetric_encryption" },
      { id: id("key") },
    ),
  ];
}

const estate: RawEstate = rawEstate([
  ...region("fr-par"),
  ...region("nl-ams"),
  raw("scaleway:iam/application:Application", "reader", {}, { id: "app" }),
  raw("scaleway:iam/policy:Policy", "reader", {
    applicationId: "app",
    rules: [{ permissionSetNames: ["ObjectStorageObjectsRead"], condition: "x" }],
  }),
]);
const model = mapOf(estate, undefined);
const sceneOf = (e: RawEstate): Scene => layout(mapOf(e, undefined));

describe("the map's model", () => {
  it("puts everything in its place", () => {
    const [paris, amsterdam] = model.regions;
    expect([paris?.name, amsterdam?.name]).toEqual(["fr-par", "nl-ams"]);
    expect(paris?.vpcs[0]?.bands.map((b) => b.tier)).toEqual(["dmz", "compute", "data"]);
    expect(paris?.vpcs[0]?.bands.map((b) => [b.hosts.length, b.clusters.length])).toEqual([
      [1, 0],
      [0, 1],
      [0, 0],
    ]);
    expect(paris?.loose.hosts.map((h) => h.title)).toEqual(["stray"]);
    expect(paris?.gateways.map((g) => [g.role, g.inbound])).toEqual([
      ["bastion", "SSH 61000 from 1 range"],
      ["tunnel", "udp 51820"],
    ]);
    expect(paris?.buckets[0]?.badges.map((b) => b.text)).toEqual(["no key", "COMPL. 365 d", "no policy"]);
  });

  it("joins the regions' tunnels, and knows who may do what", () => {
    expect(model.tunnels).toHaveLength(1);
    expect(model.identities).toMatchObject([
      { name: "reader", policies: 1, conditions: 1, permissions: ["ObjectStorageObjectsRead"] },
    ]);
  });

  it("marks what a verdict names, a bucket for its lock too", () => {
    const lock = urnOf("scaleway:object/bucketLockConfiguration:BucketLockConfiguration", "lock-fr-par");
    const findings = [
      finding({ subject: lock }),
      finding({ subject: urnOf(CLUSTER, "cluster-nl-ams"), outcome: "undecided" }),
    ];
    const marked = mapOf(estate, verdict({ findings }));
    expect(marked.regions[0]?.buckets[0]?.mark).toBe("violation");
    expect(marked.regions[1]?.vpcs[0]?.bands[1]?.clusters[0]?.mark).toBe("doubt");
    expect(marked.regions[1]?.buckets[0]?.mark).toBe("none");
  });
});

const cardsOf = (scene: Scene): readonly Box[] => scene.shapes.flatMap((s) => (s.kind === "card" ? [s] : []));
const apart = (a: Box, b: Box): boolean => a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y;

describe("the layout", () => {
  it("lets no two cards overlap, and nothing leave the picture, whatever the estate", () => {
    fc.assert(
      fc.property(estates, (resources) => {
        const scene = sceneOf(rawEstate(resources));
        const cards = cardsOf(scene);
        const inside = cards.every(
          (c) => c.x >= 0 && c.y >= 0 && c.x + c.w <= scene.width && c.y + c.h <= scene.height,
        );
        return inside && cards.every((a, i) => cards.slice(i + 1).every((b) => apart(a, b)));
      }),
      { numRuns: 60 },
    );
  });

  it("is the same for the same estate, in whatever order it comes", () => {
    const shuffled = { ...estate, resources: [...estate.resources].reverse() };
    expect(topologySvg(shuffled)).toBe(topologySvg(estate));
  });

  it("shows the first of very many buckets and counts the rest", () => {
    const crowd = Array.from({ length: 300 }, (_, i) => raw(BUCKET, `b-${i}`, { region: "fr-par", name: `b-${i}` }));
    const cards = sceneOf(rawEstate(crowd)).shapes.flatMap((s) => (s.kind === "card" ? [s.item.title] : []));
    expect(cards).toHaveLength(40);
    expect(cards.at(-1)).toBe("and 261 more");
  });
});

describe("the page", () => {
  const page = topologyPage(
    estate,
    report({
      findings: [finding({ subject: urnOf(CLUSTER, "cluster-fr-par"), path: [urnOf(VPC, "network-fr-par-vpc")] })],
    }),
  );
  const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map((m) => m[1]));

  it("asks for nothing: one script that the policy names by its digest, no address but the XML name space", () => {
    expect(page).toContain("default-src 'none'");
    const [, data, script] = [...page.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)]
      .map((m) => m[1] ?? "")
      .reduce<string[]>((all, text) => [...all, text], [""]);
    expect(() => JSON.parse(data ?? "")).not.toThrow();
    expect(page).toContain(
      `script-src 'sha256-${createHash("sha256")
        .update(script ?? "")
        .digest("base64")}'`,
    );
    const rest = page.replaceAll("http://www.w3.org/2000/svg", "").replace(script ?? "", "");
    expect(rest).not.toMatch(/https?:|url\((?!#)|@import|src=/);
    expect(script).not.toMatch(/https?:|fetch|XMLHttp|import\(|eval|localStorage/);
  });

  it("links each finding and each step of its witness to a box that is there", () => {
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map((m) => m[1]);
    expect(links).toHaveLength(1);
    for (const link of links) expect(ids).toContain(link);
    const data = JSON.parse(/<script type="application\/json"[^>]*>([^<]*)</.exec(page)?.[1] ?? "{}");
    expect(data.findings[0].map((i: number) => data.urns[i])).toEqual([
      urnOf(CLUSTER, "cluster-fr-par"),
      urnOf(VPC, "network-fr-par-vpc"),
    ]);
    for (const id of Object.keys(data.nodes)) expect(ids).toContain(id);
  });

  it("tells each box by keyboard and to a reader, and follows light, dark and paper", () => {
    expect([...page.matchAll(/tabindex="0" role="img" aria-label="[^"]+"/g)].length).toBeGreaterThan(20);
    for (const medium of ["prefers-color-scheme:dark", "@media print", ":focus-visible", ":target"])
      expect(page).toContain(medium);
  });

  it("stays whole whatever an estate is called", () => {
    const name = '"><script>alert(1)</script>\u202e&amp;';
    const hostile = rawEstate([
      raw(BUCKET, name, { region: "fr-par", name, tags: { "data-class": '"><x', tier: "<i>", env: "e", owner: "o" } }),
    ]);
    expect(XMLValidator.validate(topologySvg(hostile))).toBe(true);
    expect(
      topologyPage(hostile, undefined).replaceAll(/<script>"use strict"|<script type="application\/json"/g, ""),
    ).not.toMatch(/<script|<x|<i>|\u202e/);
  });

  it("is a picture by itself", () => {
    expect(XMLValidator.validate(topologySvg(estate))).toBe(true);
    expect(topologySvg(rawEstate([]))).toContain("internet");
  });
});
