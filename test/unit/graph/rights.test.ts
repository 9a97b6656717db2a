import { describe, expect, it } from "vitest";
import { estateOf } from "../../../judge/facts/estate.ts";
import { type RawResource, UNKNOWN } from "../../../judge/facts/raw.ts";
import { idsLeftBy } from "../../../judge/graph/conditions.ts";
import { powersOf } from "../../../judge/graph/permission-sets.ts";
import type { DataRight } from "../../../judge/graph/right.ts";
import { rightsOf } from "../../../judge/graph/rights.ts";
import {
  allows,
  app,
  appUrn,
  bucket,
  bucketUrn,
  encrypts,
  grant,
  iamGroup,
  key,
  keySecret,
  user,
} from "../../harness/grants.ts";
import { raw, urnOf } from "../../harness/raw.ts";
import { T } from "../../harness/types.ts";

const READ = ["ObjectStorageObjectsRead"];
const to = (name: string) => ({ applicationId: name });

/** Who has a right, with the resources that give it. */
function holders(resources: readonly RawResource[], right: DataRight["right"], on: string) {
  return rightsOf(estateOf("state", resources))
    .filter((r) => r.right === right && r.on === on)
    .map((r) => `${r.principal.split("::").at(-1)} ${r.how}${r.ground === "stated" ? "" : ` ${r.ground}`}`);
}

const held = (resources: readonly RawResource[], principal: string, on: string): readonly string[] | undefined =>
  rightsOf(estateOf("state", resources))
    .find((r) => r.principal === principal && r.on === on && r.right === "read")
    ?.path.map((grip) => `${grip.by.split("::").at(-1)}.${grip.property}`);

describe("who reads", () => {
  const cases: readonly [name: string, resources: readonly RawResource[], expected: readonly string[]][] = [
    ["an application with the right in the project", [app("a"), bucket("b"), grant(to("a"), READ)], ["a granted"]],
    ["none in another project", [app("a"), bucket("b"), grant(to("a"), READ, { projects: ["q"] })], []],
    [
      "everybody of the organisation's grant",
      [app("a"), bucket("b"), grant(to("a"), READ, { projects: [] })],
      ["a granted"],
    ],
    [
      "one whom the bucket's policy names, of two with the right",
      [
        app("a"),
        app("z"),
        bucket("b"),
        grant(to("a"), READ),
        grant(to("z"), READ),
        allows("b", ["application_id:z"], ["s3:GetObject"]),
      ],
      ["z granted"],
    ],
    [
      "nobody whom only the bucket's policy names",
      [app("a"), bucket("b"), allows("b", ["application_id:a"], ["s3:*"])],
      [],
    ],
    ["anyone, when the policy says so", [bucket("b"), allows("b", ["*"], ["s3:GetObject"])], ["anyone granted"]],
    [
      "a member of a group of a group",
      [
        app("a"),
        iamGroup("inner", ["a"]),
        iamGroup("outer", ["inner"]),
        bucket("b"),
        grant({ groupId: "outer" }, READ),
      ],
      ["a granted", "inner granted", "outer granted"],
    ],
    [
      "members of groups in a circle, once",
      [app("a"), iamGroup("g", ["h", "a"]), iamGroup("h", ["g"]), bucket("b"), grant({ groupId: "g" }, READ)],
      ["a granted", "g granted", "h granted"],
    ],
    [
      "a member joined apart",
      [
        user("u"),
        iamGroup("g", []),
        raw(T.membership, "m", { groupId: "g", userId: "u" }),
        bucket("b"),
        grant({ groupId: "g" }, READ),
      ],
      ["g granted", "u granted"],
    ],
    ["nobody without the key", [app("a"), bucket("b"), key("k"), encrypts("b", "k"), grant(to("a"), READ)], []],
    [
      "who decrypts the whole project",
      [
        app("a"),
        bucket("b"),
        key("k"),
        encrypts("b", "k"),
        grant(to("a"), READ),
        grant(to("a"), ["KeyManagerKeyDecrypt"]),
      ],
      ["a granted"],
    ],
    [
      "nobody who decrypts another key only",
      [
        app("a"),
        bucket("b"),
        key("k"),
        key("l"),
        encrypts("b", "k"),
        grant(to("a"), READ),
        grant(to("a"), ["KeyManagerKeyDecrypt"], { condition: 'resource.id == "l"' }),
      ],
      [],
    ],
    [
      "who can read the key of one who may",
      [
        app("a"),
        app("thief"),
        bucket("b"),
        grant(to("a"), READ, { projects: ["p"] }),
        ...keySecret("s", "a", "q"),
        grant(to("thief"), ["SecretManagerSecretAccess"], { projects: ["q"] }),
      ],
      ["a granted", "thief credential"],
    ],
    [
      "who reads the state",
      [
        app("a"),
        app("ops"),
        bucket("b"),
        bucket("my-state", { inProject: "q", dataClass: "technical" }),
        grant(to("a"), READ),
        ...keySecret("s", "a", "r"),
        grant(to("ops"), READ, { projects: ["q"] }),
      ],
      ["a granted", "ops state"],
    ],
    [
      "somebody, when the policy is bound to nobody known",
      [bucket("b"), grant({ applicationId: UNKNOWN }, READ)],
      ["outside:? granted unresolved"],
    ],
    ["an application that is not in the file", [bucket("b"), grant(to("gone"), READ)], ["outside:gone granted"]],
    [
      "whoever has sets that are not known",
      [app("a"), bucket("b"), raw(T.policy, "x", { applicationId: "a", rules: UNKNOWN })],
      ["a granted unresolved"],
    ],
  ];
  it.each(cases)("%s", (_, resources, expected) => {
    expect(holders(resources, "read", bucketUrn("b"))).toEqual(expected);
  });

  it("tells the chain", () => {
    const chain = [
      app("a"),
      iamGroup("inner", ["a"]),
      iamGroup("outer", ["inner"]),
      bucket("b"),
      key("k"),
      encrypts("b", "k"),
      grant({ groupId: "outer" }, [...READ, "KeyManagerKeyDecrypt"]),
    ];
    const policy = "grant-outer-ObjectStorageObjectsRead-KeyManagerKeyDecrypt";
    expect(held(chain, appUrn("a"), bucketUrn("b"))).toEqual([
      "inner.applicationIds[0]",
      "outer.applicationIds[0]",
      `${policy}.groupId`,
      `${policy}.rules[0]`,
      "b-sse.rules",
      `${policy}.groupId`,
      `${policy}.rules[0]`,
    ]);
  });

  it("carries out what it reads through a bucket that somebody outside reads", () => {
    const estate = [
      app("a"),
      bucket("b"),
      bucket("drop", { inProject: "q" }),
      grant(to("a"), READ),
      grant(to("a"), ["ObjectStorageObjectsWrite"], { projects: ["q"] }),
      grant(to("partner"), READ, { projects: ["q"] }),
    ];
    expect(holders(estate, "export", bucketUrn("b"))).toEqual(["a granted"]);
  });
});

describe("before ids are known", () => {
  const unborn = (made: RawResource): RawResource => ({ ...made, id: UNKNOWN });
  const first = unborn(key("k"));
  const second = unborn(key("l"));
  const here = raw(T.project, "here", { name: "here" });
  const policy = (suppliers: readonly string[]) =>
    raw(
      T.policy,
      "x",
      {
        applicationId: "a",
        rules: [{ permissionSetNames: ["KeyManagerKeyDecrypt"], projectIds: [UNKNOWN], condition: UNKNOWN }],
      },
      { dependsOn: { rules: suppliers } },
    );
  const inside = (made: RawResource): RawResource => ({
    ...made,
    inputs: { ...made.inputs, projectId: UNKNOWN },
    propertyDependencies: { projectId: [here.urn] },
  });
  const estate = (suppliers: readonly string[]) => [app("a"), here, inside(first), inside(second), policy(suppliers)];

  it("a condition means the keys that it is derived from", () => {
    const named = estate([here.urn, first.urn]);
    expect(holders(named, "decrypt", first.urn)).toEqual(["a granted assumed"]);
    expect(holders(named, "decrypt", second.urn)).toEqual([]);
  });

  it("derived from nothing it means every key", () => {
    expect(holders(estate([]), "decrypt", second.urn)).toEqual(["a granted unresolved"]);
  });
});

describe("permission sets", () => {
  it("of a product that we know and a name that we don't are everything of it", () => {
    expect(powersOf("KeyManagerNovelty")).toEqual(["keys.decrypt", "keys.rules", "keys.delete"]);
    expect(powersOf("AllProductsNovelty")).toContain("objects.read");
    expect(powersOf("KubernetesFullAccess")).toEqual(["clusters.change"]);
    expect(powersOf("KubernetesReadOnly")).toEqual([]);
    expect(powersOf("InstancesFullAccess")).toEqual([]);
  });
});

describe("conditions", () => {
  const ids = (text: string): unknown => {
    const left = idsLeftBy(text);
    return left === "all" ? "all" : [...left].sort();
  };
  const table: readonly [string, unknown][] = [
    ['resource.id == "a"', ["a"]],
    ["'a' == resource.id", ["a"]],
    ['resource.id == "a" || resource.id == "b"', ["a", "b"]],
    ['(resource.id == "a" || resource.id == "b") && inIpRange(request.ip, "192.0.2.0/27")', ["a", "b"]],
    ['resource.id == "a" && resource.id == "b"', []],
    ['resource.id == "a" || request.user_agent == "x"', "all"],
    ['resource.id != "a"', "all"],
    ['!(resource.id == "a")', "all"],
    ['resource.id in ["a"]', "all"],
    ['resource.id == "a', "all"],
    ['(resource.id == "a"', "all"],
    ['resource.id == "a" resource.id', "all"],
    ["", "all"],
  ];
  it("that are nested beyond reason narrow nothing", () => {
    expect(ids(`${"(".repeat(50_000)}resource.id == "a"${")".repeat(50_000)}`)).toBe("all");
  });

  it.each(table)("%s", (text, expected) => expect(ids(text)).toEqual(expected));
});

it("is one thing to the map: rights of a group stand beside those of its members", () => {
  const estate = [iamGroup("g", [], { externalMembership: true }), bucket("b"), grant({ groupId: "g" }, READ)];
  expect(rightsOf(estateOf("state", estate)).map((r) => r.principal)).toContain(urnOf(T.iamGroup, "g"));
});
