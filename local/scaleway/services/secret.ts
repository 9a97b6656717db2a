import { z } from "zod";
import type { Kind } from "../core/collection.ts";
import type { Platform } from "../core/platform.ts";
import { conflict, Problem } from "../core/problem.ts";
import { byName, byTag, type Call, crud, param, parseInput, type Route } from "../core/routes.ts";
import type { Settle } from "../core/transitions.ts";

/** Secret Manager v1beta1: secrets, with their versions inside. */
const versionSchema = z.object({
  revision: z.number(),
  status: z.enum(["enabled", "disabled", "deleted"]),
  description: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  data: z.string(),
});
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
  ephemeral_policy: z.unknown(),
  region: z.string(),
  versions: z.array(versionSchema),
  deletion_requested_at: z.string().nullable().default(null),
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
const createInput = z.object({
  project_id: z.string().optional(),
  name: z.string(),
  tags: z.array(z.string()).nullish(),
  description: z.string().nullish(),
  type: z.string().default("opaque"),
  path: z.string().nullish(),
  ephemeral_policy: z.unknown().optional(),
  protected: z.boolean().default(false),
});
const patchInput = z.object({
  name: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  description: z.string().nullish(),
  path: z.string().nullish(),
  ephemeral_policy: z.unknown().optional(),
});
const view = ({ versions, ...secret }: Secret): unknown => ({
  ...secret,
  status: "ready",
  version_count: versions.filter((v) => v.status !== "deleted").length,
  managed: false,
  used_by: [],
  key_id: null,
});
/** How long a deleted secret can still be restored (documentation, 2026). */
const RECOVERY_MS = 7 * 86_400_000;
const isLeaving = (secret: Secret): boolean => secret.deletion_requested_at !== null;

/** Folders are kept without the slash at their end. */
const folder = (path: string): string => (path.length > 1 ? path.replace(/\/+$/, "") : path);

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

const setProtected = (verb: string, value: boolean): Route => ({
  method: "POST",
  path: `${SECRETS_PATH}/:id/${verb}`,
  handle: (call) => view(call.platform.collection(SECRET).put({ ...secretOf(call), protected: value })),
});

export const secretRoutes: readonly Route[] = [
  ...crud<Secret>({
    path: SECRETS_PATH,
    items: "secrets",
    of: (p) => p.collection(SECRET),
    filters: {
      name: byName,
      tags: byTag,
      project_id: (s, v) => s.project_id === v,
      path: (s, v) => s.path === v,
      type: (s, v) => v === "unknown_type" || s.type === v,
      scheduled_for_deletion: (s, v) => String(isLeaving(s)) === v,
    },
    create: ({ platform, locality, input }) => {
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
        ephemeral_policy: given.ephemeral_policy ?? null,
        region: locality,
        versions: [],
        deletion_requested_at: null,
      });
    },
    update: (secret, { platform, input }) => {
      const patch = parseInput(patchInput, input);
      return refuseTaken(platform, {
        ...secret,
        name: patch.name ?? secret.name,
        tags: patch.tags ?? secret.tags,
        description: patch.description ?? secret.description,
        path: patch.path === null || patch.path === undefined ? secret.path : folder(patch.path),
        ephemeral_policy: patch.ephemeral_policy ?? secret.ephemeral_policy,
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
    view,
  }),
  {
    method: "POST",
    path: `${SECRETS_PATH}/:id/restore`,
    handle: (call) => {
      const secret = secretOf(call);
      call.platform.transitions.cancel(SECRET.kind, secret.id);
      return view(
        call.platform.collection(SECRET).put(refuseTaken(call.platform, { ...secret, deletion_requested_at: null })),
      );
    },
  },
  setProtected("protect", true),
  setProtected("unprotect", false),
];

/** A secret that nobody restored goes for good. */
export const settleSecret: Settle = (platform, id) => {
  const secrets = platform.collection(SECRET);
  const secret = secrets.find(id);
  if (secret !== undefined && isLeaving(secret)) secrets.remove(id);
};
