import { describe, expect, it } from "vitest";
import { isKnownFramework, relation } from "../../judge/kit/controls.ts";
import { digestOf } from "../../judge/kit/digest.ts";
import { judgeEstate } from "../../judge/kit/judge.ts";
import { lawDigests, lawForEnvironment, lawForForeign, parseLaw } from "../../judge/kit/law.ts";
import { isAnySource, isWithin, leadsOutside } from "../../judge/kit/ranges.ts";
import { BastideError } from "../../kernel/errors.ts";
import { rules } from "../../policy-packs/bastide/rules/index.ts";
import { readLawFiles } from "../../stacks/law-files.ts";
import { environmentNames, loadEnvironment } from "../../stacks/load.ts";
import { NOW, testLaw } from "../harness/law.ts";
import { raw, rawEstate, tagList } from "../harness/raw.ts";
import { T } from "../harness/types.ts";

describe("the law", () => {
  it.each(environmentNames)("of %s is plain JSON that reads back as itself", (name) => {
    const law = lawForEnvironment(loadEnvironment(name, { now: NOW }), readLawFiles());
    expect(parseLaw(JSON.parse(JSON.stringify(law)), "file")).toEqual(law);
    expect(law.regions.length).toBeGreaterThan(0);
    expect(law.profile === "eu" || law.regions.every((r) => r.country === "FR")).toBe(true);
  });

  it("says what the settings of paris accept", () => {
    const law = lawForEnvironment(loadEnvironment("paris", { now: NOW }), readLawFiles());
    expect(law.advisories.join("; ")).toContain("region loss not covered: accepted by");
  });

  it("names every fault of one that is malformed, as the user's input", () => {
    try {
      parseLaw({ ...lawForForeign("eu"), profile: "us", regions: [{ name: "" }] }, "law.json");
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof BastideError)) throw error;
      expect(error.exit).toBe(2);
      expect(error.faults.map((f) => f.path)).toContain("law.json: profile");
      expect(error.faults.length).toBeGreaterThan(3);
    }
  });

  it("lets only European regions into the profile eu, and French ones into fr-health", () => {
    expect(lawForForeign("fr-health").regions.map((r) => r.name)).toEqual(["fr-par"]);
    expect(lawForForeign("eu").regions.length).toBeGreaterThan(2);
  });

  it("has a digest for each part, in every verdict, and changing a part changes its digest alone", () => {
    const law = testLaw();
    const changed = { ...law, waivers: [{ rule: "NET-01" }] };
    const [before, after] = [lawDigests(law), lawDigests(changed)];
    const differing = Object.keys(before).filter((part) => before[part] !== after[part]);
    expect(differing).toEqual(["waivers"]);
    const vpc = raw(T.vpc, "v", { region: "fr-par", tags: tagList() });
    const verdict = judgeEstate(rawEstate([vpc]), law, rules, { now: NOW });
    expect(verdict.law).toMatchObject(before);
    expect(verdict.law.rules).toMatch(/^[0-9a-f]{64}$/);
    const fewer = judgeEstate(rawEstate([vpc]), law, rules.slice(1), { now: NOW });
    expect(fewer.law.rules).not.toBe(verdict.law.rules);
  });

  it("digests values, not the order of their keys", () => {
    expect(digestOf({ a: 1, b: [2, { c: 3, d: 4 }] })).toBe(digestOf({ b: [2, { d: 4, c: 3 }], a: 1 }));
    expect(digestOf([1, 2])).not.toBe(digestOf([2, 1]));
  });
});

describe("references to clauses", () => {
  it("of every rule are of frameworks that we have a word for", () => {
    const strange = rules.flatMap((r) => r.controls.filter((c) => !isKnownFramework(c)));
    expect(strange).toEqual([]);
  });

  it("carry the strongest word that may be used, and none claims more", () => {
    expect(relation("SNC:13.2.a")).toBe("SNC:13.2.a mirrors");
    expect(relation("GDPR:44")).toBe("GDPR:44 implements part of");
    expect(relation("CIS:1.2.3")).toBe("CIS:1.2.3 guidance");
    const words = new Set(rules.flatMap((r) => r.controls.map((c) => relation(c).split(" ").slice(1).join(" "))));
    expect([...words].sort()).toEqual(["contract", "guidance", "implements part of", "mirrors"]);
  });
});

describe("ranges", () => {
  it.each(["0.0.0.0/0", "::/0", "0.0.0.0/1", "8.0.0.0/7", "2000::/3", "no range", "", "10.0.0.1/8"])(
    "%s is practically everybody",
    (text) => expect(isAnySource(text)).toBe(true),
  );

  it.each(["192.0.2.0/24", "10.0.0.0/8", "8.0.0.0/8", "fd00::/8", "2001:db8::/32", "192.0.2.1"])(
    "%s is somebody",
    (text) => expect(isAnySource(text)).toBe(false),
  );

  it("lead outside unless they are private as a whole", () => {
    for (const text of ["0.0.0.0/0", "128.0.0.0/1", "8.8.8.8", "10.0.0.0/7", "nonsense"])
      expect(leadsOutside(text)).toBe(true);
    for (const text of ["10.20.0.0/16", "192.168.1.1", "fd12::/16", "100.64.0.0/10"])
      expect(leadsOutside(text)).toBe(false);
  });

  it("hold what lies in them and nothing else", () => {
    expect(isWithin("192.0.2.4/32", ["192.0.2.0/24"])).toBe(true);
    expect(isWithin("192.0.2.0/23", ["192.0.2.0/24"])).toBe(false);
    expect(isWithin("nonsense", ["0.0.0.0/0"])).toBe(false);
  });
});
