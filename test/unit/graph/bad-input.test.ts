import { describe, expect, it } from "vitest";
import { estateOf } from "../../../judge/facts/estate.ts";
import { type RawObject, type RawResource, UNKNOWN } from "../../../judge/facts/raw.ts";
import { connections, reachFrom, wires } from "../../../judge/graph/reach.ts";
import { rightsOf } from "../../../judge/graph/rights.ts";
import { judgeEstate } from "../../../judge/kit/judge.ts";
import { rules } from "../../../policy-packs/bastide/rules/index.ts";
import { iamGroup } from "../../harness/grants.ts";
import { NOW, testLaw } from "../../harness/law.ts";
import { raw, rawEstate, urnOf } from "../../harness/raw.ts";
import { T } from "../../harness/types.ts";
import { acl, aclRule, acls, byMachine, net, netUrn, peered, route, server, vpc } from "../../harness/wires.ts";

const outcomes = (resources: readonly RawResource[], rule: string): readonly string[] => {
  const verdict = judgeEstate(
    rawEstate(resources, "state"),
    testLaw(),
    rules.filter((r) => r.id === rule),
    { now: NOW, all: true },
  );
  return verdict.findings.filter((f) => f.rule === rule).map((f) => f.outcome);
};
const nets = (count: number): readonly RawResource[] =>
  Array.from({ length: count }, (_, i) => net(`n${i}`, "data", { v4: `10.${i >> 8}.${i & 255}.0/24` }));

describe("what makes no sense is walked to an end", () => {
  it("routes in a circle", () => {
    const circle = [
      vpc("v"),
      ...nets(2),
      server("a", ["n0"]),
      server("b", ["n1"]),
      route("v", "10.9.0.0/16", byMachine("a")),
      route("v", "10.9.0.0/16", byMachine("b")),
    ];
    const { arrivals, limits } = reachFrom(estateOf("state", circle), netUrn("n0"));
    expect(limits).toEqual([]);
    expect(arrivals.map((a) => a.to)).toContain("elsewhere");
  });

  it("peerings of all with all", () => {
    const names = Array.from({ length: 12 }, (_, i) => `v${i}`);
    const mesh = [
      ...names.map((name) => vpc(name)),
      ...names.map((name, i) => net(`m${i}`, "data", { vpc: name, v4: `10.0.${i}.0/24` })),
      ...names.flatMap((a, i) => names.slice(i + 1).flatMap((b) => peered(a, b))),
    ];
    const found = reachFrom(estateOf("state", mesh), netUrn("m0")).arrivals.map((a) => a.to);
    expect(new Set(found).size).toBe(11);
  });

  it("networks that all have one range", () => {
    const same = Array.from({ length: 40 }, (_, i) => net(`o${i}`, "data", { v4: "10.0.0.0/8" }));
    const { connections: found } = connections(estateOf("state", [vpc("v"), ...same]));
    expect(found).toHaveLength(40 * 39);
  });

  it("rules by the thousand, with ports and ranges without sense", () => {
    const list = Array.from(
      { length: 4_000 },
      (_, i): RawObject => ({
        action: i % 2 === 0 ? "drop" : "accept",
        protocol: i % 5 === 0 ? "NONSENSE" : "ANY",
        source: i % 7 === 0 ? "not a range" : `10.0.${i & 255}.0/20`,
        destination: "0.0.0.0/0",
        dstPortLow: i,
        dstPortHigh: i % 11 === 0 ? 0 : 70_000,
      }),
    );
    const told = outcomes([vpc("v"), ...nets(3), acl("v", list, { defaultPolicy: "accept" })], "G13");
    expect(told.every((o) => o === "fail" || o === "undecided")).toBe(true);
  });

  it("groups within themselves", () => {
    const estate = [iamGroup("a", ["b"]), iamGroup("b", ["a"]), iamGroup("c", ["c"])];
    expect(rightsOf(estateOf("state", estate))).toEqual([]);
  });

  it("references to nothing, everywhere", () => {
    const lost = [
      net("n", "data", { vpc: "gone", v4: "10.0.0.0/24" }),
      server("s", ["n", "gone"], { ipId: "gone", securityGroupId: "gone" }),
      raw(T.attachment, "a", {
        gatewayId: "gone",
        privateNetworkId: "fr-par/n",
        ipamConfigs: [{ pushDefaultRoute: true }],
      }),
      raw(T.patRule, "p", { gatewayId: "gone", privateIp: "nonsense" }),
      raw(T.frontend, "f", { lbId: "gone", backendId: "gone" }),
      raw(T.route, "r", { vpcId: "gone", destination: "nonsense", nexthopResourceId: "gone" }),
      raw(T.connector, "c", { vpcId: "gone", targetVpcId: "nowhere" }),
    ];
    const found = reachFrom(estateOf("state", lost), netUrn("n")).arrivals;
    expect(new Set(found.map((a) => a.to))).toEqual(new Set(["internet", "elsewhere"]));
  });

  it("everything unknown is open, and only possibly", () => {
    const unknown = [
      raw(T.network, "n", { vpcId: UNKNOWN, ipv4Subnet: UNKNOWN, tags: UNKNOWN }),
      raw(T.network, "m", { vpcId: UNKNOWN, ipv4Subnet: UNKNOWN, tags: UNKNOWN }),
      raw(T.vpc, "v", {}),
    ];
    const [first] = reachFrom(estateOf("gate", unknown), urnOf(T.network, "n")).arrivals;
    expect(first).toMatchObject({ to: urnOf(T.network, "m"), ground: "unresolved" });
    expect(outcomes(unknown, "G13")).toEqual(["undecided", "undecided"]);
  });
});

describe("a bound that is met", () => {
  it("is told, and a proof is none then", () => {
    const estate = estateOf("state", [
      vpc("v"),
      ...nets(2),
      ...acls("v", [aclRule("10.0.0.0/24", "10.0.1.0/24", 443)]),
    ]);
    expect(reachFrom(estate, netUrn("n0")).limits).toEqual([]);
    wires(estate).budget.moves = 0;
    expect(reachFrom(estate, netUrn("n0")).limits).toEqual([{ at: netUrn("n0"), what: "steps" }]);
    const g1 = rules.find((r) => r.id === "G1");
    expect(g1?.judge(estate, testLaw(), NOW).map((r) => r.outcome)).toEqual(["undecided", "undecided"]);
  });
});
