import { type Output, output, runtime } from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import type { PolicyRuleSpec, PolicySpec } from "../../blueprint/model/identity.ts";
import { parseStackName, realise } from "../../components/environment.ts";
import { narrowSources } from "../../components/gateway.ts";
import { Named } from "../../components/named.ts";
import { policyArgs } from "../../components/policy.ts";
import { bareId, tagList } from "../../components/values.ts";
import { record, uuidOf } from "../harness/recorder.ts";
import { plansOf } from "../harness/rehearsal.ts";

const settled = <T>(value: Output<T>): Promise<T> => new Promise((resolve) => value.apply(resolve));
const TAGS = { "data-class": "technical", tier: "admin", env: "prod", owner: "ops" } as const;

describe("allowed sources of a bastion", () => {
  it.each([
    ["none", []],
    ["every address", ["0.0.0.0/0"]],
    ["every address behind a narrow one", ["192.0.2.0/24", "::/0"]],
    ["text that is no range", ["192.0.2.1/24"]],
  ])("refuses %s", (_, sources) => {
    expect(() => narrowSources("bastion-gw", sources)).toThrow(/bastion\.sources/);
  });

  it("lets named ranges through", () => {
    expect(narrowSources("bastion-gw", ["192.0.2.0/24"])).toEqual(["192.0.2.0/24"]);
  });
});

describe("names of stacks", () => {
  it.each(["rehearsal", "rehearsal.", ".foundation", "rehearsal.roof", ""])("refuses %j", (name) => {
    expect(() => parseStackName(name)).toThrow(/stack\.name/);
  });

  it("tells environment and layer", () => {
    expect(parseStackName("eu.bootstrap")).toEqual({ environment: "eu", layer: "bootstrap" });
  });
});

describe("the foundation without its bootstrap", () => {
  const startWithout = async (foreign: Readonly<Record<string, unknown>>) => {
    let failure: unknown;
    const run = await record(
      async () => {
        failure = await realise(plansOf("rehearsal"), "foundation").catch((error: unknown) => error);
      },
      { stack: "rehearsal.foundation", foreign, preview: true },
    );
    return { failure, run };
  };

  it("names the stack to apply first, and registers nothing", async () => {
    const { failure, run } = await startWithout({});
    expect(String(failure)).toMatch(/stack\.bootstrap-missing/);
    expect(run.resources.map((r) => r.type)).toEqual(["pulumi:pulumi:Stack"]);
  });

  it("takes an id that is not known yet for unknown, not for missing", async () => {
    const { failure, run } = await startWithout({ deployerApplicationId: runtime.unknownValue });
    expect(failure).not.toBeInstanceOf(Error);
    const policies = run.resources.filter((r) => r.type === "scaleway:object/bucketPolicy:BucketPolicy");
    expect(policies.map((r) => r.inputs.policy)).toEqual(policies.map(() => runtime.unknownValue));
  });
});

describe("references of the plan", () => {
  it("fails on a key that nothing has, telling those there are", () => {
    const named = new Named("key", [["key-a", 1]]);
    expect(() => named.get("key-b")).toThrow(/key-b.*key-a/);
  });
});

describe("conditions of IAM policies", () => {
  const condition = async (rule: Partial<PolicyRuleSpec>): Promise<unknown> => {
    const spec: PolicySpec = {
      key: "p",
      name: "p",
      tags: TAGS,
      description: "",
      principal: { kind: "group", key: "g" },
      rules: [{ permissionSets: ["KeyManagerKeyDecrypt"], projects: ["data"], ...rule }],
    };
    const args = policyArgs(spec, {
      organizationId: uuidOf("org"),
      projectId: () => output(uuidOf("project")),
      keys: new Named("key", [
        ["k1", output("id-1")],
        ["k2", output("id-2")],
      ]),
      principals: { application: new Named("application", []), group: new Named("group", [["g", "gid"]]) },
    });
    const [only] = await settled(output(args.rules));
    return only?.condition;
  };

  it.each([
    [{}, undefined],
    [{ onlyKeys: ["k1"] }, 'resource.id == "id-1"'],
    [{ onlyKeys: ["k1", "k2"] }, '(resource.id == "id-1" || resource.id == "id-2")'],
    [{ onlyFrom: ["192.0.2.0/24"] }, 'inIpRange(request.ip, "192.0.2.0/24")'],
    [
      { onlyKeys: ["k1", "k2"], onlyFrom: ["192.0.2.0/24"] },
      '(resource.id == "id-1" || resource.id == "id-2") && inIpRange(request.ip, "192.0.2.0/24")',
    ],
  ])("%j → %s", async (rule, want) => {
    expect(await condition(rule)).toBe(want);
  });

  it("never widens a rule whose key is missing", () => {
    return expect(condition({ onlyKeys: ["k3"] })).rejects.toThrow(/k3/);
  });
});

describe("values", () => {
  it("strips the place off an id, and leaves a bare one", async () => {
    expect(await settled(bareId("fr-par/abc"))).toBe("abc");
    expect(await settled(bareId("abc"))).toBe("abc");
  });

  it("writes tags in one order", () => {
    expect(tagList(TAGS)).toEqual(["data-class=technical", "env=prod", "owner=ops", "tier=admin"]);
  });
});
