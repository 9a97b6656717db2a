import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Bench } from "../../cli/judge/trusted-place.ts";
import type { RawEstate, RawResource } from "../../judge/facts/raw.ts";
import { judgeEstate } from "../../judge/kit/judge.ts";
import type { Outcome } from "../../judge/kit/verdict.ts";
import { stableJson } from "../../kernel/order.ts";
import { gatedRehearsal, rehearsalBench } from "../harness/gated.ts";
import { MUTATIONS } from "../harness/mutations.data.ts";
import { mutated } from "../harness/mutations.ts";

/** Laws of the judge on a whole environment: what random small estates can't show. */
const RUNS = { numRuns: 12 };
const BADNESS: Readonly<Record<Outcome, number>> = { pass: 0, undecided: 1, fail: 2 };
const now = new Date().toISOString();
let estate: RawEstate;
let bench: Bench;

beforeAll(async () => {
  estate = await gatedRehearsal();
  bench = await rehearsalBench();
}, 150_000);

const judge = (e: RawEstate) => judgeEstate(e, bench.law, bench.rules, { now });
const everyMutation = Object.values(MUTATIONS).flat();

describe("the rehearsal, as it is and made worse", () => {
  it("is judged alike in whatever order its resources come, to the byte", { timeout: 120_000 }, () => {
    const some = fc.constantFrom(...everyMutation);
    fc.assert(
      fc.property(some, fc.infiniteStream(fc.double({ noNaN: true })), (mutation, random) => {
        const worse = mutated(estate, mutation).estate;
        const key = new Map(worse.resources.map((r) => [r.urn, random.next().value]));
        const shuffled = [...worse.resources].sort((a, b) => Number(key.get(a.urn)) - Number(key.get(b.urn)));
        expect(stableJson(judge({ ...worse, resources: shuffled }))).toBe(stableJson(judge(worse)));
      }),
      RUNS,
    );
  });

  it("never gets better by losing what protects it", { timeout: 120_000 }, () => {
    const some = fc.constantFrom(...everyMutation);
    const protects = (r: RawResource): boolean =>
      /Acl::|SecurityGroup|EncryptionConfiguration|BucketPolicy|LockConfiguration/.test(r.urn);
    fc.assert(
      fc.property(some, fc.nat(), (mutation, seed) => {
        const worse = mutated(estate, mutation).estate;
        const walls = worse.resources.filter(protects);
        const lost = walls[seed % walls.length];
        const bare = { ...worse, resources: worse.resources.filter((r) => r !== lost) };
        expect(BADNESS[judge(bare).outcome]).toBeGreaterThanOrEqual(BADNESS[judge(worse).outcome]);
      }),
      RUNS,
    );
  });

  it("is judged alike under other stack names of its environment's projects", { timeout: 60_000 }, () => {
    const renamed = (text: string): string => text.replaceAll("::bastide::", "::renamed::");
    const e: RawEstate = {
      ...estate,
      resources: estate.resources.map((r) => ({
        ...r,
        urn: renamed(r.urn),
        parent: r.parent === undefined ? undefined : renamed(r.parent),
        provider: r.provider === undefined ? undefined : renamed(r.provider),
        dependencies: r.dependencies.map(renamed),
        propertyDependencies: Object.fromEntries(
          Object.entries(r.propertyDependencies).map(([property, urns]) => [property, urns.map(renamed)]),
        ),
      })),
    };
    const [before, after] = [judge(estate), judge(e)];
    expect(after.outcome).toBe("pass");
    expect(after.counts).toEqual(before.counts);
  });
});
