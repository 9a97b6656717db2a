import { describe, expect, it } from "vitest";
import { linesOf } from "../../judge/review/lines.ts";
import { sentence } from "../../judge/review/words.ts";
import { lines, reviewed } from "../harness/reviews.ts";
import { aclRule, acls, net, vpc } from "../harness/wires.ts";

const NETS = ["a", "b", "c", "d", "e"];
const closed = [vpc("v"), ...NETS.map((name, i) => net(name, "compute", { v4: `10.0.${i}.0/24` }))];
const filtered = (...rules: (readonly [string, string])[]) => [
  ...closed,
  ...acls(
    "v",
    rules.map(([from, to]) => aclRule(from, to)),
  ),
];
const ways = (found: readonly string[]): readonly string[] => found.filter((line) => line.includes(" can reach "));

describe("ways that one rule opens", () => {
  it("between all of some networks are one line", () => {
    const found = reviewed(filtered(), filtered(["10.0.0.0/8", "10.0.0.0/8"]));
    expect(found.changes.filter(({ topic }) => topic === "path")).toHaveLength(20);
    expect(ways(lines(found))).toHaveLength(1);
    expect(ways(lines(found))[0]).toContain("can reach each other, all 5 of them");
  });

  it("from some to others are one line, which names both", () => {
    const found = reviewed(filtered(), filtered(["10.0.0.0/23", "10.0.2.0/23"]));
    const told = linesOf(found.changes.filter(({ topic, after }) => topic === "path" && after !== undefined));
    expect(told).toHaveLength(1);
    expect(told[0]?.changes).toBe(4);
    const text = told[0] === undefined ? "" : sentence(told[0], (it) => it);
    for (const name of ["a", "b", "c", "d"]) expect(text).toMatch(new RegExp(`\\b${name}\\b`));
  });

  it("stay apart where not every pair is among them", () => {
    const found = reviewed(filtered(), filtered(["10.0.0.0/24", "10.0.1.0/24"], ["10.0.2.0/24", "10.0.3.0/24"]));
    expect(ways(lines(found))).toHaveLength(2);
  });
});
