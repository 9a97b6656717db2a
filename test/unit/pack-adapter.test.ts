import { createRequire } from "node:module";
import type { PolicyResource, ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import { describe, expect, it } from "vitest";
import { SECRET, UNKNOWN } from "../../judge/facts/raw.ts";
import { judgePolicy, listedPolicies } from "../../policy-packs/bastide/adapter/judge-policy.ts";
import { environmentOf, lawOf } from "../../policy-packs/bastide/adapter/law.ts";
import { rawProperties } from "../../policy-packs/bastide/adapter/properties.ts";
import { fromRegistration } from "../../policy-packs/bastide/adapter/resources.ts";
import { packDigest } from "../../policy-packs/bastide/pack-digest.ts";
import { RULE_IDS } from "../../policy-packs/bastide/rules/ids.ts";
import { rules } from "../../policy-packs/bastide/rules/index.ts";
import { NOW, testLaw } from "../harness/law.ts";
import { configured, UNTYPED } from "../harness/pack-args.ts";
import { tagList, urnOf } from "../harness/raw.ts";
import { T } from "../harness/types.ts";

const mark = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const sdk: { unknownCheckingProxy(props: object): object } = createRequire(import.meta.url)("@pulumi/policy/proxy.js");

describe("properties as the policy SDK wraps them", () => {
  const wrapped = (props: object) => rawProperties(sdk.unknownCheckingProxy(props), new Set(["password"]));

  it("throw when they are read through the wrapper, so that the rest of this means something", () => {
    expect(() => Reflect.get(sdk.unknownCheckingProxy({ region: mark }), "region")).toThrow("can't be known");
  });

  it("come out with their unknowns, at every depth", () => {
    const props = { name: "b", region: mark, rules: [{ key: mark, days: 3 }, mark], tags: { a: mark }, none: null };
    expect(wrapped(props)).toEqual({
      name: "b",
      region: UNKNOWN,
      rules: [{ key: UNKNOWN, days: 3 }, UNKNOWN],
      tags: { a: UNKNOWN },
      none: null,
    });
  });

  it("are not looked at when they are secret", () => {
    const props = {};
    Object.defineProperty(props, "password", {
      enumerable: true,
      configurable: true,
      get: () => {
        throw new Error("somebody looked");
      },
    });
    expect(wrapped(props)).toEqual({ password: SECRET });
  });

  it("leave out the engine's bookkeeping, and take what has behaviour for unknown", () => {
    expect(wrapped({ __defaults: ["name"], list: [{ __defaults: [] }], when: new Date(0) })).toEqual({
      list: [{}],
      when: UNKNOWN,
    });
  });
});

describe("resources", () => {
  it("come without the credentials of providers and the content of secrets", () => {
    const seen = (type: string, props: Record<string, unknown>) =>
      fromRegistration({ ...registration(props), type, urn: urnOf(type, "x") }).inputs;
    expect(seen(T.provider, { secretKey: "canary", region: "fr-par" })).toEqual({
      secretKey: SECRET,
      region: "fr-par",
    });
    expect(seen("kubernetes:core/v1:Secret", { stringData: { a: "canary" } })).toEqual({ stringData: SECRET });
    expect(seen("scaleway:secrets/version:Version", { data: "canary" })).toEqual({ data: SECRET });
    expect(seen("scaleway:index/secretVersion:SecretVersion", { data: "canary" })).toEqual({ data: SECRET });
  });
});

interface Reported {
  readonly name: string;
  readonly message: string;
  readonly urn?: string;
  readonly enforcementLevel: string;
}

/** What the SDK is told, in the object form that its runtime takes. */
function recorder(): { readonly report: (message: string) => void; readonly told: Reported[] } {
  const told: Reported[] = [];
  return { told, report: (message) => told.push(Object(message)) };
}

const provider = { type: T.provider, props: {}, urn: urnOf(T.provider, "p", "urn:pulumi:foreign::holes"), name: "p" };
const urn = urnOf(T.pool, "pool", "urn:pulumi:foreign::holes");

const registration = (props: Record<string, unknown>, law?: unknown): ResourceValidationArgs => ({
  type: T.pool,
  name: "pool",
  urn,
  props,
  provider,
  ...UNTYPED,
  ...configured(law),
});

const stack = (props: Record<string, unknown>, law?: unknown): StackValidationArgs => {
  const common = { ...UNTYPED, dependencies: [], propertyDependencies: {} };
  const resource: PolicyResource = { ...common, type: T.pool, name: "pool", urn, props, provider };
  return {
    resources: [resource, { ...common, ...provider }],
    ...configured(law),
  };
};

const args = { zone: "fr-par-1", clusterId: mark, nodeType: "x", size: 1, tags: tagList() };

async function run(props: Record<string, unknown>, law?: unknown) {
  const policy = judgePolicy(rules, () => NOW);
  const one = recorder();
  const check = policy.validateResource;
  if (typeof check !== "function") throw new Error("one check");
  await check(registration(props, law), one.report);
  const all = recorder();
  await policy.validateStack(stack(props, law), all.report);
  return { one: one.told, all: all.told };
}

describe("the one policy that judges", () => {
  it("refuses a resource at its registration, under the rule's own name, and does not say it twice", async () => {
    const { one, all } = await run(args);
    expect(one.map((r) => [r.name, r.urn, r.enforcementLevel])).toContainEqual(["NET-01", urn, "mandatory"]);
    expect(one.find((r) => r.name === "NET-01")?.message).toContain("fix: Set `publicIpDisabled: true`");
    expect(all.map((r) => r.name)).not.toContain("NET-01");
  });

  it("leaves what is not known yet to the whole stack, where it blocks", async () => {
    const sound = testLaw({
      coveredElsewhere: {
        "EVD-05": "preview-file",
        G12: "gate",
        "SUP-02": "gate",
        "TRP-05": "gate",
      },
    });
    const { one, all } = await run({ ...args, publicIpDisabled: true, securityGroupId: mark }, sound);
    expect(one).toEqual([]);
    expect(all.map((r) => [r.name, r.enforcementLevel])).toEqual([
      ["NET-03", "mandatory"],
      ["TRP-02", "mandatory"],
    ]);
    expect(all[0]?.message).toContain("cannot know: securityGroupId is not known yet");
  });

  it("takes waivers from the law that it is given", async () => {
    const waiver = {
      schema: "bastide.waiver/1",
      environment: "rehearsal",
      rule: "NET-01",
      subject: urn,
      reason: "r",
      owner: "a",
      author: "c",
      approver: "b",
      issued: "2026-11-23",
      expires: "2026-12-01",
    };
    const { one } = await run(args, testLaw({ waivers: [waiver] }));
    expect(one.map((r) => r.name)).not.toContain("NET-01");
  });

  it("says that it can't see what a rule needs, unless its law names the door that does", async () => {
    const { all } = await run({ ...args, publicIpDisabled: true }, testLaw());
    const blind = all.filter((r) => r.name === "KIT-04");
    expect(blind.map((r) => r.enforcementLevel)).toEqual(["mandatory", "mandatory", "mandatory", "mandatory"]);
  });

  it("refuses a law that was compiled with another judge than itself", async () => {
    const other = await run(args, testLaw({ pack: "0".repeat(64) }));
    expect(other.all.map((r) => r.name)).toContain("EVD-06");
    const same = await run(args, testLaw({ pack: packDigest() }));
    expect(same.all.map((r) => r.name)).not.toContain("EVD-06");
  });

  it("does not judge by a law that can't be read", async () => {
    await expect(run(args, { schema: "bastide.law/1" })).rejects.toThrow("the law can't be read");
  });

  it("is listed with every rule by its id", () => {
    expect(
      listedPolicies(rules)
        .map((p) => p.name)
        .sort(),
    ).toEqual([...RULE_IDS].sort());
  });
});

describe("the law of a stack", () => {
  it("is its environment's, for our own stack names only", async () => {
    expect(environmentOf("rehearsal.foundation")).toBe("rehearsal");
    expect(environmentOf("rehearsal")).toBeUndefined();
    expect(environmentOf("rehearsal.foundation.copy")).toBeUndefined();
    const own = await lawOf("urn:pulumi:rehearsal.foundation::bastide::x::y", {});
    expect(own.environment).toBe("rehearsal");
    expect(own.regions.length).toBe(2);
    expect(own.adminSources).not.toBeNull();
  });

  it("is the built-in catalogue for any other, without waivers", async () => {
    const law = await lawOf("urn:pulumi:foreign::p::x::y", { profile: "eu" });
    expect([law.environment, law.profile, law.waivers]).toEqual([null, "eu", []]);
    expect((await lawOf("urn:pulumi:foreign::p::x::y", {})).regions.map((r) => r.name)).toEqual(["fr-par"]);
  });

  it("does not exist for an environment that does not", async () => {
    await expect(lawOf("urn:pulumi:atlantis.foundation::p::x::y", {})).rejects.toThrow("no environment atlantis");
  });
});
