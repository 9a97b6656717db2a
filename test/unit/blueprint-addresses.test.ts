import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type AddressPlan,
  type AddressSpace,
  FIXED_HOST,
  hostAddress,
  planAddresses,
} from "../../blueprint/address-plan.ts";
import { type Cidr, contains, overlaps, parseCidr } from "../../kernel/cidr.ts";
import { TIERS } from "../../stacks/vocabulary.ts";
import { addressTable } from "../harness/address-table.ts";

/** Spaces with room for two regions, anywhere in private space. */
const spaces: fc.Arbitrary<AddressSpace> = fc
  .record({
    ipv4: fc.integer({ min: 0, max: 31 }),
    pods: fc.integer({ min: 0, max: 7 }),
    services: fc.integer({ min: 0, max: 15 }),
    ipv6: fc.integer({ min: 0, max: 0xffff }),
  })
  .map((n) => ({
    ipv4: `10.${n.ipv4 * 4}.0.0/14`,
    pods: `100.${64 + n.pods * 8}.0.0/13`,
    services: `172.${16 + n.services}.0.0/16`,
    ipv6: `fd5b:${n.ipv6.toString(16)}:7a00::/48`,
  }));

const REGIONS = ["fr-par", "fr-second"];

const networks = (plan: AddressPlan): readonly Cidr[] =>
  plan.regions.flatMap((region) => TIERS.flatMap((tier) => [region.networks[tier].ipv4, region.networks[tier].ipv6]));

const leaves = (plan: AddressPlan): readonly Cidr[] => [
  ...networks(plan),
  ...plan.regions.flatMap((region) => [region.pods, region.services]),
];

const textOf = (text: string): Cidr => {
  const range = parseCidr(text);
  if (range === undefined) throw new Error(`${text} is no range`);
  return range;
};

/** The oracle knows nothing of prefixes: it expands an IPv4 range to its /24 blocks, counted from its text alone. */
function blocks(text: string): readonly number[] {
  const [address = "", prefix = ""] = text.split("/");
  const [a = 0, b = 0, c = 0] = address.split(".").map(Number);
  const size = 2 ** (24 - Number(prefix));
  const first = (a * 256 + b) * 256 + c;
  return Array.from({ length: size }, (_, i) => first + i);
}

describe("address plan", () => {
  it("keeps every range apart from every other", () =>
    fc.assert(
      fc.property(spaces, (space) => {
        const ranges = leaves(planAddresses(space, REGIONS));
        const clashes = ranges.filter((range, i) => ranges.some((other, j) => i < j && overlaps(range, other)));
        expect(clashes).toEqual([]);
      }),
    ));

  it("agrees with a brute-force count of /24 blocks", () =>
    fc.assert(
      fc.property(spaces, (space) => {
        const v4 = leaves(planAddresses(space, REGIONS)).filter((range) => range.family === 4);
        const all = v4.flatMap((range) => blocks(range.text));
        expect(new Set(all).size).toBe(all.length);
        const own = new Set([...blocks(space.ipv4), ...blocks(space.pods), ...blocks(space.services)]);
        expect(all.filter((block) => !own.has(block))).toEqual([]);
      }),
      { numRuns: 25 },
    ));

  it("puts networks inside their region, and regions inside the environment", () =>
    fc.assert(
      fc.property(spaces, (space) => {
        for (const region of planAddresses(space, REGIONS).regions) {
          expect(contains(textOf(space.ipv4), region.ipv4)).toBe(true);
          expect(contains(textOf(space.ipv6), region.ipv6)).toBe(true);
          expect(contains(textOf(space.pods), region.pods)).toBe(true);
          expect(contains(textOf(space.services), region.services)).toBe(true);
          for (const tier of TIERS) {
            expect(contains(region.ipv4, region.networks[tier].ipv4)).toBe(true);
            expect(contains(region.ipv6, region.networks[tier].ipv6)).toBe(true);
          }
        }
      }),
    ));

  it("gives a region the same ranges whether or not another is appended", () =>
    fc.assert(
      fc.property(spaces, (space) => {
        const [alone] = planAddresses(space, ["fr-par"]).regions;
        expect(planAddresses(space, REGIONS).region("fr-par")).toEqual(alone);
      }),
    ));

  it("books addresses inside their network, beyond those that Scaleway hands out first", () => {
    const plan = planAddresses(
      { ipv4: "10.16.0.0/14", pods: "100.64.0.0/13", services: "10.96.0.0/16", ipv6: "fd5b::/48" },
      REGIONS,
    );
    const { admin } = plan.region("fr-par").networks;
    const address = hostAddress(admin.ipv4, FIXED_HOST.adminHost);
    expect(address).toBe("10.16.16.10");
    expect(contains(admin.ipv4, textOf(`${address}/32`))).toBe(true);
    expect(() => hostAddress(textOf("10.0.0.0/30"), 4)).toThrow("no 4-th address");
  });

  it("refuses space that is too small instead of wrapping round", () =>
    expect(() =>
      planAddresses(
        { ipv4: "10.16.0.0/16", pods: "100.64.0.0/13", services: "10.96.0.0/16", ipv6: "fd5b::/48" },
        REGIONS,
      ),
    ).toThrow("has no 1-th /16"));

  it("is what it always was (node test/harness/write-golden-plan.ts writes it anew)", () => {
    const golden: unknown = JSON.parse(readFileSync(join(import.meta.dirname, "../golden/addresses.json"), "utf8"));
    expect(addressTable()).toEqual(golden);
  });
});
