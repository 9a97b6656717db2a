import { z } from "zod";
import type { Kind } from "../core/collection.ts";
import type { Platform } from "../core/platform.ts";
import { conflict, notFound, Problem } from "../core/problem.ts";
import { byName, byTag, type Call, crud, page, param, parseInput, type Route } from "../core/routes.ts";

/** Secret Manager v1beta1: secrets and their versions; the data of a version is only given by `access`. */
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
});
type Secret = z.infer<typeof schema>;
type Version = z.infer<typeof versionSchema>;

const SECRET: Kind<Secret> = {
  kind: "secret-manager.secret",
  resource: "secret",
  schema,
  place: (s) => ({ locality: s.region, project: s.project_id, name: s.name }),
};

const PATH = "/secret-manager/v1beta1/regions/:region/secrets";
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
const versionInput = z.object({
  data: z.string(),
  description: z.string().nullish(),
  disable_previous: z.boolean().nullish(),
});

const view = ({ versions, ...secret }: Secret): unknown => ({
  ...secret,
  status: "ready",
  version_count: versions.filter((v) => v.status !== "deleted").length,
  managed: false,
  used_by: [],
  deletion_requested_at: null,
  key_id: null,
});

const versionView = (secret: Secret, { data: _, ...version }: Version): unknown => ({
  ...version,
  secret_id: secret.id,
  deleted_at: null,
  latest: version.revision === live(secret).at(-1)?.revision,
  ephemeral_properties: null,
  deletion_requested_at: null,
  region: secret.region,
});

const live = (secret: Secret): readonly Version[] => secret.versions.filter((v) => v.status !== "deleted");

const refuseTaken = (platform: Platform, secret: Secret): Secret => {
  const taken = platform
    .collection(SECRET)
    .named(secret.name)
    .some(
      (s) =>
        s.id !== secret.id &&
        s.region === secret.region &&
        s.project_id === secret.project_id &&
        s.path === secret.path,
    );
  if (taken) throw conflict("secret", `a secret named ${secret.name} exists at ${secret.path}`);
  return secret;
};

/** A version by number, or by the words `latest` and `latest_enabled`. */
function findVersion(secret: Secret, text: string): Version {
  const candidates = live(secret);
  const found =
    text === "latest"
      ? candidates.at(-1)
      : text === "latest_enabled"
        ? candidates.filter((v) => v.status === "enabled").at(-1)
        : candidates.find((v) => String(v.revision) === text);
  if (found === undefined) throw notFound("secret_version", text);
  return found;
}

const secretOf = (call: Call): Secret => call.platform.collection(SECRET).must(param(call, "id"), call.locality);

function changeVersion(call: Call, change: (version: Version) => Partial<Version>): unknown {
  const secret = secretOf(call);
  const version = findVersion(secret, param(call, "revision"));
  const next = { ...version, ...change(version), updated_at: call.platform.clock.stamp() };
  call.platform
    .collection(SECRET)
    .put({ ...secret, versions: secret.versions.map((v) => (v.revision === version.revision ? next : v)) });
  return versionView(secret, next);
}

const setProtected = (verb: string, value: boolean): Route => ({
  method: "POST",
  path: `${PATH}/:id/${verb}`,
  handle: (call) => view(call.platform.collection(SECRET).put({ ...secretOf(call), protected: value })),
});

export const secretRoutes: readonly Route[] = [
  ...crud<Secret>({
    path: PATH,
    items: "secrets",
    of: (p) => p.collection(SECRET),
    filters: {
      name: byName,
      tags: byTag,
      project_id: (s, v) => s.project_id === v,
      path: (s, v) => s.path === v,
      type: (s, v) => v === "unknown_type" || s.type === v,
      scheduled_for_deletion: (_, v) => v === "false",
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
        path: given.path ?? "/",
        ephemeral_policy: given.ephemeral_policy ?? null,
        region: locality,
        versions: [],
      });
    },
    update: (secret, { platform, input }) => {
      const patch = parseInput(patchInput, input);
      return refuseTaken(platform, {
        ...secret,
        name: patch.name ?? secret.name,
        tags: patch.tags ?? secret.tags,
        description: patch.description ?? secret.description,
        path: patch.path ?? secret.path,
        ephemeral_policy: patch.ephemeral_policy ?? secret.ephemeral_policy,
        updated_at: platform.clock.stamp(),
      });
    },
    remove: (secret) => {
      if (secret.protected) {
        throw new Problem(412, "precondition_failed", "precondition is not respected", {
          precondition: "protected_resource",
          help_message: "cannot delete a protected secret",
        });
      }
      return false;
    },
    view,
  }),
  setProtected("protect", true),
  setProtected("unprotect", false),
  {
    method: "GET",
    path: `${PATH}/:id/versions`,
    handle: (call) =>
      page(
        call,
        "versions",
        live(secretOf(call)).map((v) => versionView(secretOf(call), v)),
      ),
  },
  {
    method: "POST",
    path: `${PATH}/:id/versions`,
    handle: (call) => {
      const secret = secretOf(call);
      const input = parseInput(versionInput, call.input);
      const now = call.platform.clock.stamp();
      const version: Version = {
        revision: secret.versions.length + 1,
        status: "enabled",
        description: input.description ?? "",
        created_at: now,
        updated_at: now,
        data: input.data,
      };
      const before =
        input.disable_previous === true
          ? secret.versions.map((v) => (v.status === "enabled" ? { ...v, status: "disabled" as const } : v))
          : secret.versions;
      const next = call.platform.collection(SECRET).put({ ...secret, versions: [...before, version] });
      return versionView(next, version);
    },
  },
  {
    method: "GET",
    path: `${PATH}/:id/versions/:revision`,
    handle: (call) => versionView(secretOf(call), findVersion(secretOf(call), param(call, "revision"))),
  },
  {
    method: "GET",
    path: `${PATH}/:id/versions/:revision/access`,
    handle: (call) => {
      const secret = secretOf(call);
      const version = findVersion(secret, param(call, "revision"));
      return {
        secret_id: secret.id,
        revision: version.revision,
        data: version.data,
        data_crc32: null,
        type: secret.type,
      };
    },
  },
  {
    method: "PATCH",
    path: `${PATH}/:id/versions/:revision`,
    handle: (call) => {
      const { description } = parseInput(z.object({ description: z.string().nullish() }), call.input);
      return changeVersion(call, (v) => ({ description: description ?? v.description }));
    },
  },
  {
    method: "POST",
    path: `${PATH}/:id/versions/:revision/enable`,
    handle: (call) => changeVersion(call, () => ({ status: "enabled" })),
  },
  {
    method: "POST",
    path: `${PATH}/:id/versions/:revision/disable`,
    handle: (call) => changeVersion(call, () => ({ status: "disabled" })),
  },
  {
    method: "DELETE",
    path: `${PATH}/:id/versions/:revision`,
    handle: (call) => {
      changeVersion(call, () => ({ status: "deleted", data: "" }));
      return undefined;
    },
  },
];
