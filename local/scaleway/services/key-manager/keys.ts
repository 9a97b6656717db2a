import { z } from "zod";
import type { Kind } from "../../core/collection.ts";
import type { Platform } from "../../core/platform.ts";
import { invalidArguments, preconditionFailed } from "../../core/problem.ts";
import { byName, byTag, type Call, crud, param, parseInput, type Route } from "../../core/routes.ts";
import type { Settle } from "../../core/transitions.ts";
import { newMaterial } from "./material.ts";

/** Key Manager v1alpha1: keys, their protection level, rotation, protection and scheduled deletion. */
const usage = z.object({
  symmetric_encryption: z.string().optional(),
  asymmetric_encryption: z.string().optional(),
  asymmetric_signing: z.string().optional(),
});
const rotation = z.object({ rotation_period: z.string(), next_rotation_at: z.string() });
const schema = z.object({
  id: z.string(),
  project_id: z.string(),
  name: z.string(),
  usage,
  state: z.enum(["enabled", "disabled", "pending_key_material", "scheduled_for_deletion"]),
  rotation_count: z.number(),
  created_at: z.string(),
  updated_at: z.string(),
  protected: z.boolean(),
  locked: z.boolean(),
  description: z.string().nullable(),
  tags: z.array(z.string()),
  rotated_at: z.string().nullable(),
  rotation_policy: rotation.nullable(),
  origin: z.enum(["scaleway_kms", "external"]),
  deletion_requested_at: z.string().nullable(),
  protection_level: z.enum(["software", "hsm"]),
  region: z.string(),
  /** Never shown: versions of the material, newest last, base64. */
  material: z.array(z.string()),
});
export type Key = z.infer<typeof schema>;

export const KEY: Kind<Key> = {
  kind: "key-manager.key",
  resource: "key",
  schema,
  place: (k) => ({ locality: k.region, project: k.project_id, name: k.name }),
};

/** Deletion is scheduled; until then the key can be restored (documentation of Key Manager, 2026). */
export const DELETION_DELAY_MS = 7 * 24 * 3600 * 1000;
const KEYS = "/key-manager/v1alpha1/regions/:region/keys";
const SYMMETRIC = "aes_256_gcm";

const rotationInput = z.object({ rotation_period: z.string().nullish(), next_rotation_at: z.string().nullish() });
const createInput = z.object({
  project_id: z.string().optional(),
  name: z.string().nullish(),
  usage: usage.default({ symmetric_encryption: SYMMETRIC }),
  description: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  rotation_policy: rotationInput.nullish(),
  unprotected: z.boolean().default(false),
  origin: z.enum(["unknown_origin", "scaleway_kms", "external"]).default("scaleway_kms"),
  protection_level: z.enum(["unknown_protection_level", "software", "hsm"]).default("software"),
});
const patchInput = z.object({
  name: z.string().nullish(),
  description: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  rotation_policy: rotationInput.nullish(),
});

/** `2160h`-like periods come as seconds: `7776000.000000000s` is answered as `7776000s`. */
function planRotation(call: Call, input: z.infer<typeof rotationInput> | null | undefined): Key["rotation_policy"] {
  if (input?.rotation_period === null || input?.rotation_period === undefined) return null;
  const seconds = Number(input.rotation_period.replace(/s$/, ""));
  if (!Number.isFinite(seconds) || seconds < 86_400) {
    throw invalidArguments({
      argument: "rotation_policy.rotation_period",
      reason: "constraint",
      help: "at least 24 hours",
    });
  }
  const next =
    input.next_rotation_at ?? new Date(call.platform.clock.now() + seconds * 1000).toISOString().replace("Z", "000Z");
  return { rotation_period: `${seconds}s`, next_rotation_at: next };
}

/** Regions whose keys can be held in a module; the others refuse the level. */
const HSM_REGIONS = /^fr-/;

function create(call: Call): Key {
  const { platform, locality } = call;
  const input = parseInput(createInput, call.input);
  const level = input.protection_level === "hsm" ? "hsm" : "software";
  if (level === "hsm" && !HSM_REGIONS.test(locality)) {
    throw invalidArguments({
      argument: "protection_level",
      reason: "constraint",
      help: `no hardware security module in ${locality}`,
    });
  }
  const now = platform.clock.stamp();
  const external = input.origin === "external";
  const id = platform.ids.uuid();
  return follow(platform, {
    id,
    project_id: input.project_id ?? platform.defaultProjectId,
    name: input.name ?? `key-${id.slice(0, 8)}`,
    usage: input.usage,
    state: external ? "pending_key_material" : "enabled",
    rotation_count: external ? 0 : 1,
    created_at: now,
    updated_at: now,
    protected: !input.unprotected,
    locked: false,
    description: input.description ?? null,
    tags: input.tags ?? [],
    rotated_at: external ? null : now,
    rotation_policy: planRotation(call, input.rotation_policy),
    origin: external ? "external" : "scaleway_kms",
    deletion_requested_at: null,
    protection_level: level,
    region: locality,
    material: external ? [] : [newMaterial(input.usage, platform.ids)],
  });
}

/** Notes what happens to a key next by itself: its deletion, else its rotation. */
function follow(platform: Platform, key: Key): Key {
  const due =
    key.deletion_requested_at === null
      ? Date.parse(key.rotation_policy?.next_rotation_at ?? "")
      : Date.parse(key.deletion_requested_at) + DELETION_DELAY_MS;
  if (Number.isNaN(due)) platform.transitions.cancel(KEY.kind, key.id);
  else platform.transitions.schedule(KEY.kind, key.id, due);
  return key;
}

/** A key whose deletion is due goes for good; one whose rotation is due rotates, if it is enabled, and so on from there. */
export const settleKey: Settle = (platform, id) => {
  const keys = platform.collection(KEY);
  const key = keys.find(id);
  if (key === undefined) return;
  if (key.deletion_requested_at !== null) return keys.remove(id);
  const policy = key.rotation_policy;
  if (policy === null) return;
  const next = Date.parse(policy.next_rotation_at) + Number(policy.rotation_period.replace(/s$/, "")) * 1000;
  const turned = key.state === "enabled" && key.origin === "scaleway_kms" ? rotated(platform, key) : {};
  const rotation_policy = { ...policy, next_rotation_at: new Date(next).toISOString().replace("Z", "000Z") };
  keys.put(follow(platform, { ...key, ...turned, rotation_policy }));
};

export const keyView = ({ material: _, ...key }: Key): unknown => key;

/** Changes a key by one of its verbs. */
const verb = (name: string, change: (key: Key, call: Call) => Partial<Key>): Route => ({
  method: "POST",
  path: `${KEYS}/:id/${name}`,
  handle: (call) => {
    const keys = call.platform.collection(KEY);
    const key = keys.must(param(call, "id"), call.locality);
    const changed = { ...key, ...change(key, call), updated_at: call.platform.clock.stamp() };
    return keyView(keys.put(follow(call.platform, changed)));
  },
});

const rotated = (platform: Platform, key: Key): Partial<Key> => ({
  rotation_count: key.rotation_count + 1,
  rotated_at: platform.clock.stamp(),
  material: [...key.material, newMaterial(key.usage, platform.ids)],
});

const rotate = (key: Key, { platform }: Call): Partial<Key> => {
  if (key.state !== "enabled") throw preconditionFailed("key_not_enabled", `the key is ${key.state}`);
  return rotated(platform, key);
};

const scheduled = (call: Call): boolean => call.query.get("scheduled_for_deletion") === "true";

export const usableKey = (platform: Platform, region: string, id: string): Key | undefined => {
  const key = platform.collection(KEY).find(id);
  return key?.region === region && key.state === "enabled" && key.usage.symmetric_encryption !== undefined
    ? key
    : undefined;
};

export const keyRoutes: readonly Route[] = [
  ...crud<Key>({
    path: KEYS,
    items: "keys",
    of: (p) => p.collection(KEY),
    filters: {
      name: byName,
      tags: byTag,
      project_id: (k, v) => k.project_id === v,
      scheduled_for_deletion: (k, v) => String(k.deletion_requested_at !== null) === v,
    },
    create,
    view: keyView,
    update: (key, call) => {
      const patch = parseInput(patchInput, call.input);
      return follow(call.platform, {
        ...key,
        name: patch.name ?? key.name,
        description: patch.description ?? key.description,
        tags: patch.tags ?? key.tags,
        rotation_policy:
          patch.rotation_policy === undefined ? key.rotation_policy : planRotation(call, patch.rotation_policy),
        updated_at: call.platform.clock.stamp(),
      });
    },
    remove: (key, { platform }) => {
      if (key.protected) throw preconditionFailed("key_protected", "the key is protected: unprotect it first");
      const leaving = {
        ...key,
        state: "scheduled_for_deletion" as const,
        deletion_requested_at: platform.clock.stamp(),
      };
      platform.collection(KEY).put(follow(platform, leaving));
      return true;
    },
  }).map((route) =>
    route.method === "GET" && route.path === KEYS
      ? {
          ...route,
          handle: (call: Call) =>
            route.handle(scheduled(call) ? call : withQuery(call, "scheduled_for_deletion", "false")),
        }
      : route,
  ),
  verb("protect", () => ({ protected: true })),
  verb("unprotect", () => ({ protected: false })),
  verb("enable", () => ({ state: "enabled" })),
  verb("disable", () => ({ state: "disabled" })),
  verb("rotate", rotate),
  verb("restore", () => ({ state: "enabled", deletion_requested_at: null })),
];

function withQuery(call: Call, name: string, value: string): Call {
  const query = new URLSearchParams(call.query);
  query.set(name, value);
  return { ...call, query };
}
