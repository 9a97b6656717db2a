import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { estateOf } from "../../../judge/facts/estate.ts";
import { type RawObject, type RawResource, type RawValue, UNKNOWN } from "../../../judge/facts/raw.ts";
import { isEmpty, type Packets, subtract, union } from "../../../judge/graph/packets.ts";
import { reachFrom } from "../../../judge/graph/reach.ts";
import { rightsOf } from "../../../judge/graph/rights.ts";
import { T } from "../../harness/types.ts";
import { identityEstates } from "../../oracle/identity-estates.ts";
import { networkEstates } from "../../oracle/network-estates.ts";

/** Laws that hold whatever the estate: what is added to protect opens nothing, names mean nothing, estates that share nothing add up, and not knowing only opens. */
const RUNS = { numRuns: 60, seed: 20_261_124 };

type Reach = ReadonlyMap<string, Packets>;

/** Packets by `<source> <target>`. */
function reachOf(resources: readonly RawResource[]): Reach {
  const estate = estateOf("gate", resources);
  const nets = resources.filter((r) => r.type === T.network).map((r) => r.urn);
  const found = new Map<string, Packets>();
  for (const from of [...nets, "internet", "elsewhere"]) {
    for (const { to, packets } of reachFrom(estate, from).arrivals) {
      const key = `${from} ${to}`;
      const before = found.get(key);
      found.set(key, before === undefined ? packets : union(before, packets));
    }
  }
  return found;
}

/** What the first reaches and the second does not. */
const missing = (some: Reach, all: Reach): readonly string[] =>
  [...some].flatMap(([key, packets]) => {
    const other = all.get(key);
    return other !== undefined && isEmpty(subtract(packets, other)) ? [] : [key];
  });

const rowsOf = (resources: readonly RawResource[]): ReadonlySet<string> =>
  new Set(rightsOf(estateOf("state", resources)).map((r) => `${r.principal} ${r.right} ${r.on}`));

const changed = (r: RawResource, inputs: RawObject): RawResource => ({ ...r, inputs: { ...r.inputs, ...inputs } });
const list = (v: RawValue | undefined): readonly RawValue[] => (Array.isArray(v) ? v : []);

/** Each filter of an estate made narrower in one way. */
const WALLS: readonly (readonly [name: string, (r: RawResource) => RawResource])[] = [
  [
    "a rule that drops everything, before the others",
    (r) =>
      r.type === T.acl ? changed(r, { rules: [{ action: "drop", protocol: "ANY" }, ...list(r.inputs.rules)] }) : r,
  ],
  [
    "a rule that drops one port, before the others",
    (r) => {
      const rule = { action: "drop", protocol: "TCP", dstPortLow: 22, dstPortHigh: 22 };
      return r.type === T.acl ? changed(r, { rules: [rule, ...list(r.inputs.rules)] }) : r;
    },
  ],
  ["a default that drops", (r) => (r.type === T.acl ? changed(r, { defaultPolicy: "drop" }) : r)],
  [
    "a group that drops by default",
    (r) => (r.type === T.group ? changed(r, { inboundDefaultPolicy: "drop", outboundDefaultPolicy: "drop" }) : r),
  ],
  ["no default route taken", (r) => (r.type === T.network ? changed(r, { enableDefaultRoutePropagation: false }) : r)],
  ["no transit", (r) => (r.type === T.vpc ? changed(r, { enableTransitivity: false }) : r)],
];

const NARROWER: readonly (readonly [name: string, (r: RawResource) => RawResource | undefined])[] = [
  [
    "a condition that names another key",
    (r) => {
      const rules = list(r.inputs.rules).map((rule) =>
        isObject(rule) && rule.condition === undefined ? { ...rule, condition: 'resource.id == "z"' } : rule,
      );
      return r.type === T.policy ? changed(r, { rules }) : r;
    },
  ],
  [
    "one project instead of all",
    (r) => (r.type === T.policy ? changed(r, { rules: list(r.inputs.rules).map(inOneProject) }) : r),
  ],
  ["no membership", (r) => (r.type === T.membership ? undefined : r)],
  ["a bucket's policy that lists nobody", (r) => (r.type === T.bucketPolicy ? changed(r, { policy: NOBODY }) : r)],
];

const NOBODY = JSON.stringify({ Version: "2023-04-17", Statement: [] });
const isObject = (v: RawValue): v is RawObject => typeof v === "object" && v !== null && !Array.isArray(v);

function inOneProject(rule: RawValue): RawValue {
  if (!isObject(rule)) return rule;
  const { organizationId: _, ...rest } = rule;
  return { ...rest, projectIds: list(rule.projectIds).length > 0 ? list(rule.projectIds).slice(0, 1) : ["p"] };
}

describe("a protection more opens nothing", () => {
  it.each(WALLS)("%s", (_, narrow) => {
    fc.assert(
      fc.property(networkEstates(), (resources) => {
        expect(missing(reachOf(resources.map(narrow)), reachOf(resources))).toEqual([]);
      }),
      RUNS,
    );
  });

  it.each(NARROWER)("%s", (_, narrow) => {
    fc.assert(
      fc.property(identityEstates({ negations: false }), (resources) => {
        const before = rowsOf(resources);
        const after = rowsOf(resources.flatMap((r) => narrow(r) ?? []));
        expect([...after].filter((row) => !before.has(row))).toEqual([]);
      }),
      RUNS,
    );
  });
});

describe("names mean nothing", () => {
  const renamed = (resources: readonly RawResource[]): readonly RawResource[] => {
    const urn = (text: string): string => text.replace(/::([^:]+)$/, "::new-$1");
    return resources.map((r) => ({
      ...r,
      urn: urn(r.urn),
      name: `new-${r.name}`,
      propertyDependencies: Object.fromEntries(
        Object.entries(r.propertyDependencies).map(([p, urns]) => [p, urns.map(urn)]),
      ),
    }));
  };
  const old = (text: string): string => text.replaceAll("::new-", "::");

  it("to packets", () => {
    fc.assert(
      fc.property(networkEstates(), (resources) => {
        const after = new Map([...reachOf(renamed(resources))].map(([key, packets]) => [old(key), packets]));
        expect([missing(after, reachOf(resources)), missing(reachOf(resources), after)]).toEqual([[], []]);
      }),
      RUNS,
    );
  });

  it("to rights", () => {
    fc.assert(
      fc.property(identityEstates({ negations: true }), (resources) => {
        expect(new Set([...rowsOf(renamed(resources))].map(old))).toEqual(rowsOf(resources));
      }),
      RUNS,
    );
  });
});

describe("two estates that share nothing", () => {
  // Two routers that lead to each other's ranges are taken for the ends of a tunnel: such estates share it.
  const hasRouter = (resources: readonly RawResource[]): boolean =>
    resources.some((r) => r.type === T.route && r.inputs.nexthopResourceId !== undefined);

  it("reach together what each reaches alone", () => {
    const isHoused = (r: RawResource): boolean => r.type !== T.network || r.inputs.vpcId !== undefined;
    fc.assert(
      fc.property(networkEstates("a-"), networkEstates("b-"), (one, other) => {
        fc.pre(!(hasRouter(one) && hasRouter(other)));
        const both = reachOf([...one, ...other]);
        const parts = [reachOf(one), reachOf(other)];
        expect(parts.flatMap((part) => missing(part, both))).toEqual([]);
        // Networks that name no VPC share the default one of their project: these two do share something.
        if (![...one, ...other].every(isHoused)) return;
        const apart = (key: string): boolean => /:b-/.test(key) !== /:a-/.test(key);
        expect([...both.keys()].filter((key) => !apart(key) && /:a-.*:b-|:b-.*:a-/.test(key))).toEqual([]);
      }),
      RUNS,
    );
  });
});

/** Leaves of an object's inputs, by path. */
function leaves(value: RawValue, path: readonly string[] = []): readonly (readonly string[])[] {
  if (Array.isArray(value)) return value.flatMap((part: RawValue, i) => leaves(part, [...path, String(i)]));
  return isObject(value) ? Object.entries(value).flatMap(([k, v]) => leaves(v, [...path, k])) : [path];
}

function blurredAt(value: RawValue, [head, ...rest]: readonly string[]): RawValue {
  if (head === undefined) return UNKNOWN;
  if (Array.isArray(value))
    return value.map((part: RawValue, i) => (String(i) === head ? blurredAt(part, rest) : part));
  return isObject(value) ? { ...value, [head]: blurredAt(value[head] ?? null, rest) } : value;
}

/** The estate with some of its values not known. */
function blurred(resources: readonly RawResource[], picks: readonly number[]): readonly RawResource[] {
  return picks.reduce<readonly RawResource[]>((so, pick) => {
    const at = pick % Math.max(so.length, 1);
    return so.map((r, i) => {
      const paths =
        i === at ? leaves(r.inputs).filter(([top]) => top !== "name" && top !== "region" && top !== "zone") : [];
      const path = paths[pick % Math.max(paths.length, 1)];
      const next = path === undefined ? r.inputs : blurredAt(r.inputs, path);
      return isObject(next) ? { ...r, inputs: next } : r;
    });
  }, resources);
}

describe("what is not known opens", () => {
  const picks = fc.array(fc.nat({ max: 10_000 }), { minLength: 1, maxLength: 3 });

  it("ways of packets, and closes none", () => {
    fc.assert(
      fc.property(networkEstates(), picks, (resources, some) => {
        expect(missing(reachOf(resources), reachOf(blurred(resources, some)))).toEqual([]);
      }),
      { ...RUNS, numRuns: 200 },
    );
  });

  it("rights, if only of somebody whom nobody knows", () => {
    fc.assert(
      fc.property(identityEstates({ negations: false }), picks, (resources, some) => {
        const after = rowsOf(blurred(resources, some));
        const rights = new Set([...after].map((row) => row.replace(/^\S+/, "")));
        const lost = [...rowsOf(resources)].filter((row) => !after.has(row) && !rights.has(row.replace(/^\S+/, "")));
        expect(lost).toEqual([]);
      }),
      { ...RUNS, numRuns: 200 },
    );
  });
});
