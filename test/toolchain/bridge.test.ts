import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { builtToolchain, repoRoot } from "../harness/built-toolchain.ts";
import { readNpmPackage } from "./npm-package.ts";
import { readPluginSchema } from "./plugin-schema.ts";
import type { PackageShape } from "./shapes.ts";

/**
 * The plug-in that we bridge against the npm package that programs are written with: a name or a type that differs would
 * be sent by the SDK and silently ignored, or refused, by the engine's side.
 */
let npm: PackageShape;
let plugin: PackageShape;

beforeAll(async () => {
  const toolchain = await builtToolchain();
  npm = readNpmPackage(join(repoRoot, "node_modules", "@pulumiverse", "scaleway"));
  const env = { ...process.env, ...toolchain.env() };
  plugin = readPluginSchema(toolchain.pulumi, join(toolchain.binDir, "pulumi-resource-scaleway"), env);
});

const isOld = (token: string): boolean => token.startsWith("scaleway:index/");
/** In the module `index` without being an old name of something else. */
const onlyInIndex = ["scaleway:index/fileFilesystem:FileFilesystem"];

/**
 * Data sources of the module `index` are old names of those in the other modules. Old resource names matter (states hold
 * them), old data source names don't: the generator's table stays without them. These two have no other name.
 */
const queriesOnlyInIndex = [
  "scaleway:index/getConfig:getConfig",
  "scaleway:index/getMarketplaceImage:getMarketplaceImage",
];

/** Methods that the bridge gives every provider; the SDK calls it by another way. */
const ofTheBridge = ["pulumi:providers:scaleway/terraformConfig"];

describe("what both declare", () => {
  test("all 156 types under their present names, and the 116 old names that states may still hold", () => {
    const tokens = [...npm.resources.keys()];
    expect(tokens.filter((t) => !isOld(t) || onlyInIndex.includes(t))).toHaveLength(156);
    expect(tokens.filter((t) => isOld(t) && !onlyInIndex.includes(t))).toHaveLength(116);
    expect([...plugin.resources.keys()].sort()).toEqual(tokens.sort());
  });

  test("all data sources under their present names", () => {
    const wanted = [...npm.functions.keys()].filter((t) => !isOld(t) || queriesOnlyInIndex.includes(t));
    expect(wanted).toHaveLength(143);
    expect([...plugin.functions.keys()].sort()).toEqual([...wanted, ...ofTheBridge].sort());
  });
});

describe("every type has the same", () => {
  const same = (read: (shape: PackageShape, token: string) => unknown) => () => {
    const differing = [...npm.resources.keys()].filter((token) => {
      try {
        expect(read(plugin, token)).toEqual(read(npm, token));
        return false;
      } catch {
        return true;
      }
    });
    const show = (shape: PackageShape): unknown => Object.fromEntries(differing.map((t) => [t, read(shape, t)]));
    expect(show(plugin)).toEqual(show(npm));
  };

  test(
    "inputs: names, types, list or one, required or not",
    same((s, t) => s.resources.get(t)?.inputs),
  );
  test(
    "outputs: names, types, list or one, always there or not",
    same((s, t) => s.resources.get(t)?.outputs),
  );
  test(
    "secret inputs",
    same((s, t) => s.resources.get(t)?.secretInputs),
  );
  test(
    "secret outputs",
    same((s, t) => s.resources.get(t)?.secretOutputs),
  );
  test(
    "aliases",
    same((s, t) => s.resources.get(t)?.aliases),
  );

  test("arguments and results of data sources", () => {
    const shared = [...npm.functions].filter(([token]) => plugin.functions.has(token));
    const ours = Object.fromEntries(shared.map(([token]) => [token, plugin.functions.get(token)]));
    expect(ours).toEqual(Object.fromEntries(shared));
  });

  test("nested types, field by field", () => {
    const nested = [...npm.types].filter(([name]) => !isOldQueryType(name) && !isPlainTwin(name));
    expect(nested.length).toBeGreaterThan(900);
    const ours = Object.fromEntries(nested.map(([name]) => [name, plugin.types.get(name)]));
    expect(ours).toEqual(Object.fromEntries(nested));
  });
});

/** `outputs.GetVpcsVpc`: a type of an old data source (see above); those of the other modules have a module in the name. */
const isOldQueryType = (name: string): boolean => /^(in|out)puts\.Get/.test(name) && !plugin.types.has(name);

/** `inputs.ipam.GetIpResourceArgs`: the SDK declares arguments of data sources twice, plain and for outputs; a schema once. */
const isPlainTwin = (name: string): boolean =>
  /^inputs\.(\w+\.)?Get\w+Args$/.test(name) && npm.types.has(name.slice(0, -4));

describe("the comparison itself", () => {
  test("reads what a declaration says", () => {
    const cluster = npm.resources.get("scaleway:kubernetes/cluster:Cluster");
    expect(cluster?.inputs).toMatchObject({
      cni: { type: "string", required: true },
      autoUpgrade: { type: "inputs.kubernetes.ClusterAutoUpgrade", required: false },
      tags: { type: "string[]", required: false },
    });
    expect(cluster?.outputs).toMatchObject({
      kubeconfigs: { type: "outputs.kubernetes.ClusterKubeconfig[]", required: true },
    });
    expect(cluster?.secretOutputs).toEqual(["kubeconfigs"]);
    expect(npm.types.get("inputs.network.AclRule")).toMatchObject({ action: { type: "string", required: false } });
  });

  test("finds the framework half: key material is a type of its own, with its secrets", () => {
    const material = plugin.resources.get("scaleway:keymanager/keyMaterial:KeyMaterial");
    expect(material?.inputs.keyId).toEqual({ type: "string", required: true });
    expect(material?.secretInputs).toEqual(["keyMaterial", "keyMaterialWo", "salt", "saltWo"]);
  });

  test("sees the provider's own settings", () => {
    expect(npm.resources.get("scaleway")).toMatchObject({
      defaults: { accessKey: "SCW_ACCESS_KEY", organizationId: "SCW_ORGANIZATION_ID", zone: "SCW_DEFAULT_ZONE" },
      secretInputs: ["accessKey", "secretKey"],
    });
  });

  test("a map and a list of maps are told apart", () => {
    expect(npm.resources.get("scaleway:object/bucket:Bucket")?.inputs.tags?.type).toBe("{[key: string]: string}");
  });
});
