import { z } from "zod";
import type { Kind } from "../../core/collection.ts";
import type { Platform } from "../../core/platform.ts";
import { invalidArguments, preconditionFailed } from "../../core/problem.ts";
import { byName, byTag, type Call, crud, param, parseInput, type Route } from "../../core/routes.ts";
import { usageOf, usageSchema } from "./algorithms.ts";
import { newMaterial } from "./material.ts";
import { follow, planRotation, rotated, rotationInput } from "./rotation.ts";

/** Key Manager v1alpha1: keys, their protection level, rotation, protection and scheduled deletion. */
const rotation = z.object({ rotation_period: z.string(), next_rotation_at: z.string() });
const schema = z.object({
  id: z.string(),
  project_id: z.string(),
  name: z.string(),
  usage: usageSchema,
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

const KEYS = "/key-manager/v1alpha1/regions/:region/keys";

const createInput = z.object({
  project_id: z.string().optional(),
  name: z.string().nullish(),
  usage: usageSchema.nullish(),
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
  const usage = usageOf(input.usage);
  if (external && usage.symmetric_encryption === undefined)
    throw invalidArguments({ argument: "origin", reason: "constraint", help: "material derives symmetric keys only" });
  return follow(platform, {
    id,
    project_id: input.project_id ?? platform.defaultProjectId,
    name: input.name ?? `key-${id.slice(0, 8)}`,
    usage,
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
    material: external ? [] : [newMaterial(usage, platform.ids)],
  });
}

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

const enabledOnly = (key: Key): void => {
  if (key.state !== "enabled") throw preconditionFailed("key_not_enabled", `the key is ${key.state}`);
};

const rotate = (key: Key, { platform }: Call): Partial<Key> => {
  enabledOnly(key);
  if (key.origin === "external")
    throw preconditionFailed("key_origin", "material from outside is not generated: import it anew");
  return rotated(platform, key);
};

/** Enabling and disabling turn one into the other; a key without material, or on its way out, is neither. */
const turn =
  (state: "enabled" | "disabled") =>
  (key: Key): Partial<Key> => {
    if (key.state !== "enabled" && key.state !== "disabled")
      throw preconditionFailed("key_state", `the key is ${key.state}`);
    return { state };
  };

const restore = (key: Key): Partial<Key> => {
  if (key.deletion_requested_at === null)
    throw preconditionFailed("not_scheduled_for_deletion", `the key is ${key.state}`);
  return { state: key.material.length === 0 ? "pending_key_material" : "enabled", deletion_requested_at: null };
};

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
      organization_id: (_, v, { platform }) => v === platform.organizationId,
      project_id: (k, v) => k.project_id === v,
      usage: (k, v) => v === "unknown_usage" || v in k.usage,
    },
    order: { unasked: "name_asc" },
    // Keys on their way out show only when they are asked for.
    shows: (k, { query }) => (k.deletion_requested_at !== null) === (query.get("scheduled_for_deletion") === "true"),
    create,
    view: keyView,
    update: (key, call) => {
      const patch = parseInput(patchInput, call.input);
      if (key.deletion_requested_at !== null)
        throw preconditionFailed("scheduled_for_deletion", "the key is to be deleted: restore it");
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
      // As Secret Manager words it (recordings); no recording shows it of a key.
      if (key.protected) throw preconditionFailed("protected_resource", "cannot delete a protected key");
      const leaving = {
        ...key,
        state: "scheduled_for_deletion" as const,
        deletion_requested_at: key.deletion_requested_at ?? platform.clock.stamp(),
      };
      platform.collection(KEY).put(follow(platform, leaving));
      return true;
    },
  }),
  verb("protect", () => ({ protected: true })),
  verb("unprotect", () => ({ protected: false })),
  verb("enable", turn("enabled")),
  verb("disable", turn("disabled")),
  verb("rotate", rotate),
  verb("restore", restore),
];
