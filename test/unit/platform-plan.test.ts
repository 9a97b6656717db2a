import { describe, expect, it } from "vitest";
import { plan, planPlatformLayer } from "../../blueprint/plan.ts";
import { everyMinutes } from "../../blueprint/platform/copy-job.ts";
import { workspaceNamespace } from "../../blueprint/platform/names.ts";
import { syntheticLock as lockOf } from "../../local/registry/synthetic-lock.ts";
import { production } from "../../stacks/environments/production.ts";
import { rehearsal } from "../../stacks/environments/rehearsal.ts";
import { HELD_KEYS, readHeldKeys } from "../../stacks/held-keys.ts";
import { IMAGES } from "../../stacks/images.data.ts";
import { digestOf, syntheticLock } from "../../stacks/images.ts";
import { checkEnvironment, type Environment, environmentNames } from "../../stacks/load.ts";
import { NOW, walk } from "../harness/plans.ts";
import { manifestsOf, objectsOf, platformOf, platformOfSettings } from "../harness/platform.ts";

const isPod = (value: unknown): value is { containers: { image?: string }[] } =>
  typeof value === "object" && value !== null && "containers" in value && Array.isArray(value.containers);

describe.each(environmentNames)("the platform of %s", (name) => {
  const platform = platformOf(name);
  const manifests = manifestsOf(platform);

  it("gives every object a key of its own", () => {
    const keys = objectsOf(platform).map(({ key }) => key);
    expect(keys.length).toBeGreaterThan(100);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("puts no two objects of a kind under one name in a namespace of a cluster", () => {
    for (const region of platform.regions) {
      const places = region.parts
        .flatMap((part) => part.objects)
        .map(({ manifest: m }) => `${m.kind} ${m.metadata.namespace ?? ""}/${m.metadata.name}`);
      expect(places.filter((place, i) => places.indexOf(place) !== i)).toEqual([]);
    }
  });

  it("declares every namespace that something stands in, with both walls", () => {
    for (const region of platform.regions) {
      const objects = region.parts.flatMap((part) => part.objects).map(({ manifest }) => manifest);
      const declared = new Set(objects.filter((m) => m.kind === "Namespace").map((m) => m.metadata.name));
      // The admission policies' parameters stand in a namespace of Kubernetes' own.
      const used = new Set(objects.flatMap((m) => m.metadata.namespace ?? []).filter((it) => it !== "kube-system"));
      expect([...used].filter((it) => !declared.has(it))).toEqual([]);
      const closed = objects.filter((m) => m.kind === "NetworkPolicy" && m.metadata.name === "default-deny");
      expect(new Set(closed.map((m) => m.metadata.namespace))).toEqual(declared);
    }
  });

  it("runs images of the environment's own registry, by digest, and nothing else", () => {
    const images = manifests.flatMap((m) =>
      [...walk(m)].filter(isPod).flatMap((pod) => pod.containers.flatMap(({ image }) => image ?? [])),
    );
    expect(images.length).toBeGreaterThan(5);
    const regions = platform.regions.map(({ region }) => region).join("|");
    for (const image of images)
      expect(image).toMatch(
        new RegExp(`^rg\\.(${regions})\\.scw\\.cloud/bastide-${name}-[a-z-]+/[a-z-]+@sha256:[0-9a-f]{64}$`),
      );
  });

  it("declares of each Secret that is delivered whose key it holds, and delivers no other", () => {
    for (const { parts } of platform.regions) {
      const objects = parts.flatMap((part) => part.objects).map(({ manifest }) => manifest);
      const script = JSON.stringify(objects.filter((m) => m.kind === "CronJob" && m.metadata.name === "secret-sync"));
      const delivered = [
        ...script.matchAll(/name[\\"]+:[\\"]+(credentials-[a-z-]+)[\\"]+,[\\"]+namespace[\\"]+:[\\"]+([a-z-]+)/g),
      ];
      const told = objects.flatMap(({ metadata }) =>
        [...readHeldKeys(metadata.annotations?.[HELD_KEYS] ?? "")].map(([secret, of]) => ({
          at: `${metadata.namespace}/${secret}`,
          of,
        })),
      );
      const keys = told.filter(({ at }) => at.includes("/credentials-"));
      const sent = new Set(delivered.map(([, secret, namespace]) => `${namespace}/${secret}`));
      expect(sent.size).toBeGreaterThan(3);
      const declared = new Set(objects.filter((m) => m.kind === "Namespace").map((m) => m.metadata.name));
      const expected = [...sent].filter((at) => declared.has(at.split("/")[0] ?? ""));
      // The one that starts all others is put there by hand.
      expect(new Set(keys.map(({ at }) => at))).toEqual(
        new Set([...expected, "secret-sync/credentials-secrets-reader"]),
      );
      for (const { at, of } of keys)
        expect(at).toContain(`credentials-${of?.replace(`bastide-${name}-identity-app-`, "")}`);
    }
  });

  it("needs only parts that stand before", () => {
    for (const { parts } of platform.regions) {
      parts.forEach((part, at) => {
        expect(part.needs.filter((need) => !parts.slice(0, at).some((it) => it.key === need))).toEqual([]);
      });
    }
  });

  it("holds no secret in a manifest", () => {
    expect(manifests.filter((m) => m.kind === "Secret")).toEqual([]);
  });
});

describe("research spaces", () => {
  it("touch nothing of each other: one more changes no object of another", () => {
    const before = platformOf("rehearsal");
    const [space] = rehearsal.workspaces ?? [];
    const after = platformOfSettings({
      ...rehearsal,
      workspaces: [
        ...(rehearsal.workspaces ?? []),
        {
          ...(space ?? { domains: ["snds-base"], owner: "x-team", until: "2036-12-31" }),
          name: "one-more",
          permit: "DR-2026-0003",
        },
      ],
    });
    const ofSpaces = (platform: typeof before) =>
      platform.regions.flatMap(({ parts }) => parts.filter(({ kind }) => kind === "Workspace"));
    expect(ofSpaces(after).slice(0, 2)).toEqual(ofSpaces(before));
  });

  it("are two hundred, and one more: nothing of the foundation changes, nothing of another, and what serves all in one object each", () => {
    const [space] = production.workspaces ?? [];
    if (space === undefined) throw new Error("production has no research space");
    const one = { ...space, name: "one-more", permit: "DR-2099-9999" };
    const settings = { ...production, workspaces: [...(production.workspaces ?? []), one] };
    const [before, after] = [production, settings].map((it) => checkEnvironment(it, { now: NOW }));
    if (before === undefined || after === undefined) throw new Error("two environments");
    expect(plan(after).foundation).toEqual(plan(before).foundation);
    const byKey = (environment: Environment): ReadonlyMap<string, string> =>
      new Map(objectsOf(planPlatformLayer(environment)).map((object) => [object.key, JSON.stringify(object)]));
    const [old, young] = [byKey(before), byKey(after)];
    expect([...old.keys()].filter((key) => !young.has(key))).toEqual([]);
    const added = [...young.keys()].filter((key) => !old.has(key));
    expect(added.length).toBeGreaterThan(20);
    expect(added.filter((key) => !key.includes("space-one-more"))).toEqual([]);
    const changed = [...old].filter(([key, text]) => young.get(key) !== text).map(([key]) => key);
    expect(changed.filter((key) => key.includes("-space-"))).toEqual([]);
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.length).toBeLessThan(12);
  });

  it("hold no credential: none of their pods mounts a secret or may read one", () => {
    for (const m of manifestsOf(platformOf("rehearsal")).filter((it) => it.metadata.namespace?.startsWith("space-"))) {
      const secretVolumes = [...walk(m)].filter((v) => typeof v === "object" && v !== null && "secretName" in v);
      expect(secretVolumes, `${m.kind} ${m.metadata.name}`).toEqual([]);
    }
  });

  it("get names that stay apart when they must be cut", () => {
    const long = (end: string): string => workspaceNamespace(`${"a".repeat(70)}${end}`);
    expect(long("b").length).toBeLessThanOrEqual(63);
    expect(long("b")).not.toBe(long("c"));
  });
});

describe("images", () => {
  it("are locked by true digests of what the rehearsal makes", () => {
    expect(syntheticLock).toEqual(lockOf(IMAGES));
  });

  it("are refused when the lock has another version", () => {
    const [first] = syntheticLock.images;
    const old = { ...syntheticLock, images: [{ ...(first ?? expect.unreachable()), version: "0" }] };
    expect(() => digestOf(old, "squid")).toThrow(/images\.not-locked/);
  });
});

it.each([
  [7, "*/6 * * * *"],
  [30, "*/30 * * * *"],
  [59, "*/30 * * * *"],
  [120, "7 */2 * * *"],
  [720, "7 */12 * * *"],
  [1440, "7 1 * * *"],
])("copies every %d minutes or oftener by %s", (minutes, cron) => expect(everyMinutes(minutes)).toBe(cron));
