import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyOf, LONGEST_NAME, nameOf, tagsOf } from "../../blueprint/naming.ts";
import { environmentNames } from "../../stacks/load.ts";
import { REQUIRED_TAGS } from "../../stacks/vocabulary.ts";
import { keysOf, planOf, walk } from "../harness/plans.ts";

const word = (max: number) => fc.stringMatching(new RegExp(`^[a-z][a-z0-9-]{0,${max - 2}}[a-z0-9]$`));
const scope = fc.record({ slug: word(8), environment: fc.stringMatching(/^[a-z][a-z0-9]{1,9}$/) });

describe("names", () => {
  it("are labels that every Scaleway resource takes, however long the key", () =>
    fc.assert(
      fc.property(scope, word(90), (where, key) => {
        const name = nameOf(where, key);
        expect(name.length).toBeLessThanOrEqual(LONGEST_NAME);
        expect(name).toMatch(/^[a-z][a-z0-9-]*[a-z0-9]$/);
      }),
    ));

  it("of two keys differ, also where they are cut", () =>
    fc.assert(
      fc.property(scope, word(90), word(6), word(6), (where, stem, a, b) => {
        fc.pre(a !== b);
        expect(nameOf(where, keyOf(stem, a))).not.toBe(nameOf(where, keyOf(stem, b)));
      }),
    ));

  it("are the key itself with slug and environment, unless that is too long", () => {
    expect(nameOf({ slug: "acme", environment: "paris" }, "network-fr-par-vpc")).toBe("acme-paris-network-fr-par-vpc");
    expect(nameOf({ slug: "acme", environment: "paris" }, "x".repeat(80))).toMatch(/^acme-paris-x{43}-[0-9a-f]{8}$/);
  });

  it("tags never let an extra one overrule a required one", () => {
    const environment = { env: "prod", synthetic: false, owner: "team" };
    const tags = tagsOf(environment, { tier: "data", extra: { tier: "public", env: "dev", permit: "P1" } });
    expect(tags).toEqual({ "data-class": "technical", tier: "data", env: "prod", owner: "team", permit: "P1" });
  });
});

describe.each(environmentNames)("the plan of %s", (name) => {
  const blueprint = planOf(name);

  it("tags all that can be tagged, with words of the vocabulary", () => {
    let seen = 0;
    for (const value of walk(blueprint)) {
      if (typeof value !== "object" || value === null || !("tags" in value)) continue;
      seen += 1;
      for (const tag of REQUIRED_TAGS)
        expect(value.tags).toHaveProperty(tag, expect.stringMatching(/^[a-z][a-z0-9-]+$/));
    }
    expect(seen).toBeGreaterThan(40);
  });

  it("gives every bucket and registry namespace a name of its own that carries the slug", () => {
    const { dataDomains, regions } = blueprint.foundation;
    const names = [
      blueprint.bootstrap.stateBucket.name,
      ...dataDomains
        .flatMap((it) => [...it.buckets, ...(it.replica === undefined ? [] : [it.replica.bucket])])
        .map((it) => it.name),
      ...regions.flatMap((it) => [it.observability.auditLog.name, it.observability.sessions.name]),
      ...regions.flatMap((it) => it.registry.namespaces.map((namespace) => namespace.name)),
    ];
    expect(new Set(names).size).toBe(names.length);
    for (const label of names) expect(label).toMatch(new RegExp(`^bastide-${name}-`));
  });

  it("has keys that say nothing of the environment", () => {
    expect(keysOf(blueprint).filter((key) => key.includes(name) && name !== "eu")).toEqual([]);
  });
});

it("the keys of the rehearsal are what they always were (node test/harness/write-golden-plan.ts writes them anew)", () => {
  const golden: unknown = JSON.parse(readFileSync(join(import.meta.dirname, "../golden/keys.rehearsal.json"), "utf8"));
  expect(keysOf(planOf("rehearsal"))).toEqual(golden);
});
