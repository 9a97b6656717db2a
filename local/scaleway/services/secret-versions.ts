import { z } from "zod";
import { notFound } from "../core/problem.ts";
import { type Call, page, param, parseInput, type Route } from "../core/routes.ts";
import { SECRET, SECRETS_PATH, type Secret, secretOf, type Version } from "./secret.ts";
import { refuseMisformed } from "./secret-formats.ts";

/** Secret Manager v1beta1: versions of secrets; the data of one is only given by `access`. */
const versionInput = z.object({
  data: z.string(),
  description: z.string().nullish(),
  disable_previous: z.boolean().nullish(),
});

const live = (secret: Secret): readonly Version[] => secret.versions.filter((v) => v.status !== "deleted");

const versionView = (secret: Secret, { data: _, ...version }: Version): unknown => ({
  ...version,
  secret_id: secret.id,
  deleted_at: null,
  latest: version.revision === live(secret).at(-1)?.revision,
  ephemeral_properties: null,
  deletion_requested_at: null,
  region: secret.region,
});

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

function changeVersion(call: Call, change: (version: Version) => Partial<Version>): unknown {
  const secret = secretOf(call);
  const version = findVersion(secret, param(call, "revision"));
  const next = { ...version, ...change(version), updated_at: call.platform.clock.stamp() };
  call.platform
    .collection(SECRET)
    .put({ ...secret, versions: secret.versions.map((v) => (v.revision === version.revision ? next : v)) });
  return versionView(secret, next);
}

export const secretVersionRoutes: readonly Route[] = [
  {
    method: "GET",
    path: `${SECRETS_PATH}/:id/versions`,
    handle: (call) =>
      page(
        call,
        "versions",
        [...live(secretOf(call))].reverse().map((v) => versionView(secretOf(call), v)),
      ),
  },
  {
    method: "POST",
    path: `${SECRETS_PATH}/:id/versions`,
    handle: (call) => {
      const secret = secretOf(call);
      const input = parseInput(versionInput, call.input);
      refuseMisformed(secret.type, input.data);
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
    path: `${SECRETS_PATH}/:id/versions/:revision`,
    handle: (call) => versionView(secretOf(call), findVersion(secretOf(call), param(call, "revision"))),
  },
  {
    method: "GET",
    path: `${SECRETS_PATH}/:id/versions/:revision/access`,
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
    path: `${SECRETS_PATH}/:id/versions/:revision`,
    handle: (call) => {
      const { description } = parseInput(z.object({ description: z.string().nullish() }), call.input);
      return changeVersion(call, (v) => ({ description: description ?? v.description }));
    },
  },
  {
    method: "POST",
    path: `${SECRETS_PATH}/:id/versions/:revision/enable`,
    handle: (call) => changeVersion(call, () => ({ status: "enabled" })),
  },
  {
    method: "POST",
    path: `${SECRETS_PATH}/:id/versions/:revision/disable`,
    handle: (call) => changeVersion(call, () => ({ status: "disabled" })),
  },
  {
    method: "DELETE",
    path: `${SECRETS_PATH}/:id/versions/:revision`,
    handle: (call) => {
      changeVersion(call, () => ({ status: "deleted", data: "" }));
      return undefined;
    },
  },
];
