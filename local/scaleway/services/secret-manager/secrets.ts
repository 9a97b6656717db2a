import { z } from "zod";
import type { Kind } from "../../core/collection.ts";
import type { Platform } from "../../core/platform.ts";
import { conflict, invalidArguments, Problem, preconditionFailed } from "../../core/problem.ts";
import { byName, byTag, type Call, crud, param, parseInput, type Route } from "../../core/routes.ts";
import type { Settle } from "../../core/transitions.ts";
import { noteSystemEvent } from "../audit-trail/system-events.ts";
import { KEY } from "../key-manager/keys.ts";
import { policyInput, policyOf, policySchema, propertiesSchema } from "./expiry.ts";

/** Secret Manager v1beta1: secrets, with their versions inside. */
const versionSchema = z.object({
  revision: z.number(),
  status: z.enum(["enabled", "disabled", "scheduled_for_deletion", "deleted"]),
  description: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  deleted_at: z.string().nullable().default(null),
  deletion_requested_at: z.string().nullable().default(null),
  ephemeral_properties: propertiesSchema.nullable().default(null),
  data: z.string(),
  data_crc32: z.number().nullable().default(null),
});
const products = ["edge_services", "s2s_vpn"] as const;
const schema = z.object({
  id: z.string(),
  project_id: z.string(),
  name: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  tags: z.array(z.string()),
  description: z.string(),
  type: z.string(),
  protected: z.boolean(),
  path: z.string(),
  ephemeral_policy: policySchema.nullable(),
  region: z.string(),
  versions: z.array(versionSchema),
  deletion_requested_at: z.string().nullable().default(null),
  used_by: z.array(z.enum(products)).default([]),
  key_id: z.string().nullable().default(null),
});
export type Secret = z.infer<typeof schema>;
export type Version = z.infer<typeof versionSchema>;

export const SECRET: Kind<Secret> = {
  kind: "secret-manager.secret",
  resource: "secret",
  schema,
  // One that is on its way out keeps no project in use.
  place: (s) => ({ locality: s.region, project: s.deletion_requested_at === null ? s.project_id : "", name: s.name }),
};

export const SECRETS_PATH = "/secret-manager/v1beta1/regions/:region/secrets";
const TYPES = [
  "unknown_type",
  "opaque",
  "certificate",
  "key_value",
  "basic_credentials",
  "database_credentials",
  "ssh_key",
] as const;
const createInput = z.object({
  project_id: z.string().optional(),
  name: z.string().min(1),
  tags: z.array(z.string()).nullish(),
  description: z.string().nullish(),
  type: z.enum(TYPES).default("opaque"),
  path: z.string().nullish(),
  ephemeral_policy: policyInput.nullish(),
  protected: z.boolean().default(false),
  key_id: z.string().nullish(),
});
const patchInput = z.object({
  name: z.string().min(1).nullish(),
  tags: z.array(z.string()).nullish(),
  description: z.string().nullish(),
  path: z.string().nullish(),
  ephemeral_policy: policyInput.nullish(),
});
export const secretView = ({ versions, ...secret }: Secret): unknown => ({
  ...secret,
  status: "ready",
  version_count: versions.filter((v) => v.status !== "deleted").length,
  managed: false,
});
/** How long a deleted secret or version can still be restored (documentation, 2026). */
export const RECOVERY_MS = 7 * 86_400_000;
export const isLeaving = (secret: Secret): boolean => secret.deletion_requested_at !== null;

/** Folders are kept without the slash at their end. */
export function folder(path: string): string {
  if (!path.startsWith("/"))
    throw invalidArguments({ argument: "path", reason: "constraint", help: "must start with a slash" });
  return path.length > 1 ? path.replace(/\/+$/, "") : path;
}

const refuseTaken = (platform: Platform, secret: Secret): Secret => {
  const taken = platform
    .collection(SECRET)
    .named(secret.name)
    .some(
      (s) =>
        s.id !== secret.id &&
        !isLeaving(s) &&
        s.region === secret.region &&
        s.project_id === secret.project_id &&
        s.path === secret.path,
    );
  if (taken) throw conflict("secret", `a secret named ${secret.name} exists at ${secret.path}`);
  return secret;
};

export const secretOf = (call: Call): Secret => call.platform.collection(SECRET).must(param(call, "id"), call.locality);

/** One that is on its way out can be read and restored, and nothing else. */
export function refuseLeaving(secret: Secret): Secret {
  if (isLeaving(secret)) throw preconditionFailed("scheduled_for_deletion", "the secret is to be deleted: restore it");
  return secret;
}

const setProtected = (verb: string, value: boolean): Route => ({
  method: "POST",
  path: `${SECRETS_PATH}/:id/${verb}`,
  handle: (call) => secretView(call.platform.collection(SECRET).put({ ...secretOf(call), protected: value })),
});

/** A key of the customer's own has to be there, in the region, for symmetric encryption. */
function checkKey({ platform, locality }: Call, id: string): string {
  if (platform.collection(KEY).must(id, locality).usage.symmetric_encryption === undefined)
    throw invalidArguments({ argument: "key_id", reason: "constraint", help: "not a key of symmetric encryption" });
  return id;
}

export const secretRoutes: readonly Route[] = [
  ...crud<Secret>({
    path: SECRETS_PATH,
    items: "secrets",
    of: (p) => p.collection(SECRET),
    order: { unasked: "name_asc" },
    // Those that are on their way out show only when they are asked for.
    shows: (s, { query }) => isLeaving(s) === (query.get("scheduled_for_deletion") === "true"),
    filters: {
      name: byName,
      tags: byTag,
      organization_id: (_, v, { platform }) => v === platform.organizationId,
      project_id: (s, v) => s.project_id === v,
      path: (s, v) => s.path === folder(v),
      ephemeral: (s, v) => String(s.ephemeral_policy !== null) === v,
      type: (s, v) => v === "unknown_type" || s.type === v,
    },
    create: (call) => {
      const { platform, locality, input } = call;
      const given = parseInput(createInput, input);
      const now = platform.clock.stamp();
      return refuseTaken(platform, {
        id: platform.ids.uuid(),
        project_id: given.project_id ?? platform.defaultProjectId,
        name: given.name,
        created_at: now,
        updated_at: now,
        tags: given.tags ?? [],
        description: given.description ?? "",
        type: given.type === "unknown_type" ? "opaque" : given.type,
        protected: given.protected,
        path: folder(given.path ?? "/"),
        ephemeral_policy: policyOf(given.ephemeral_policy),
        region: locality,
        versions: [],
        deletion_requested_at: null,
        used_by: [],
        key_id: typeof given.key_id === "string" ? checkKey(call, given.key_id) : null,
      });
    },
    update: (secret, { platform, input }) => {
      const patch = parseInput(patchInput, input);
      return refuseTaken(platform, {
        ...refuseLeaving(secret),
        name: patch.name ?? secret.name,
        tags: patch.tags ?? secret.tags,
        description: patch.description ?? secret.description,
        path: patch.path === null || patch.path === undefined ? secret.path : folder(patch.path),
        ephemeral_policy: policyOf(patch.ephemeral_policy) ?? secret.ephemeral_policy,
        updated_at: platform.clock.stamp(),
      });
    },
    remove: (secret, { platform }) => {
      if (secret.protected) {
        throw new Problem(412, "precondition_failed", "precondition is not respected", {
          precondition: "protected_resource",
          help_message: "cannot delete a protected secret",
        });
      }
      // An ephemeral one is gone at once (recordings); the others can be restored for a while.
      if (secret.ephemeral_policy !== null) return false;
      const now = platform.clock.stamp();
      platform.collection(SECRET).put({ ...secret, deletion_requested_at: now, updated_at: now });
      platform.later(SECRET, secret.id, RECOVERY_MS);
      return true;
    },
    view: secretView,
  }),
  {
    method: "POST",
    path: `${SECRETS_PATH}/:id/restore`,
    handle: (call) => {
      const secret = secretOf(call);
      call.platform.transitions.cancel(SECRET.kind, secret.id);
      // Its versions come back with it.
      const versions = secret.versions.map((v) =>
        v.status === "scheduled_for_deletion" ? { ...v, status: "enabled" as const, deletion_requested_at: null } : v,
      );
      const restored = refuseTaken(call.platform, { ...secret, deletion_requested_at: null, versions });
      return secretView(call.platform.collection(SECRET).put(restored));
    },
  },
  setProtected("protect", true),
  setProtected("unprotect", false),
  {
    method: "POST",
    path: `${SECRETS_PATH}/:id/add-owner`,
    handle: (call) => {
      const secret = refuseLeaving(secretOf(call));
      const { product } = parseInput(z.object({ product: z.enum(products) }), call.input);
      call.platform.collection(SECRET).put({ ...secret, used_by: [...new Set([...secret.used_by, product])] });
      return undefined;
    },
  },
];

/** A secret that nobody restored goes for good. */
export const settleSecret: Settle = (platform, id) => {
  const secrets = platform.collection(SECRET);
  const secret = secrets.find(id);
  if (secret === undefined || !isLeaving(secret)) return;
  secrets.remove(id);
  noteSystemEvent(platform, {
    product: "secret-manager",
    name: "delete-secret",
    region: secret.region,
    projectId: secret.project_id,
    resource: { id, type: "secret_manager_secret", name: secret.name },
    isDeletion: true,
  });
};
