import { crc32 } from "node:zlib";
import { z } from "zod";
import type { Platform } from "../../core/platform.ts";
import { invalidArguments, notFound, preconditionFailed } from "../../core/problem.ts";
import { type Call, filtered, page, param, parseInput, type Route } from "../../core/routes.ts";
import type { Settle } from "../../core/transitions.ts";
import { usableKey } from "../key-manager/keys.ts";
import { propertiesInput, propertiesOf } from "./expiry.ts";
import { refuseMisformed } from "./formats.ts";
import { RECOVERY_MS, refuseLeaving, SECRET, SECRETS_PATH, type Secret, secretOf, type Version } from "./secrets.ts";

/** Secret Manager v1beta1: versions of secrets; the data of one is only given by `access`. */
/** Largest payload (documentation, 2026). */
const MAX_BYTES = 64 * 1024;
const versionInput = z.object({
  data: z.base64(),
  description: z.string().nullish(),
  disable_previous: z.boolean().nullish(),
  data_crc32: z.number().int().min(0).nullish(),
});
const patchInput = z.object({ description: z.string().nullish(), ephemeral_properties: propertiesInput.nullish() });

/** A change that comes due is noted by this, for a secret and a revision. */
export const VERSION = { kind: "secret-manager.version" };
const noteId = (secret: Secret, revision: number): string => `${secret.id}/${revision}`;

/** Those that `latest` chooses from. */
const live = (secret: Secret): readonly Version[] =>
  secret.versions.filter((v) => v.status === "enabled" || v.status === "disabled");

const versionView = (secret: Secret, { data: _, data_crc32: __, ...version }: Version): unknown => ({
  ...version,
  secret_id: secret.id,
  latest: version.revision === live(secret).at(-1)?.revision,
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
        : secret.versions.find((v) => String(v.revision) === text && v.status !== "deleted");
  if (found === undefined) throw notFound("secret_version", text);
  return found;
}

function put(platform: Platform, secret: Secret, version: Version): Secret {
  follow(platform, secret, version);
  const versions = secret.versions.map((v) => (v.revision === version.revision ? version : v));
  return platform.collection(SECRET).put({ ...secret, versions });
}

/** Notes what happens to a version by itself: its end, or before that its expiry. */
function follow(platform: Platform, secret: Secret, version: Version): void {
  const { deletion_requested_at: leaving, ephemeral_properties: ephemeral } = version;
  const due =
    leaving === null
      ? Date.parse(version.status === "enabled" ? (ephemeral?.expires_at ?? "") : "")
      : Date.parse(leaving) + RECOVERY_MS;
  const id = noteId(secret, version.revision);
  if (Number.isNaN(due)) platform.transitions.cancel(VERSION.kind, id);
  else platform.transitions.schedule(VERSION.kind, id, due);
}

/** What the end of an ephemeral version's life comes to. An expired one that goes is not to be restored. */
const expired = (version: Version, now: string): Version =>
  version.ephemeral_properties?.action === "disable"
    ? { ...version, status: "disabled", updated_at: now }
    : { ...version, status: "deleted", deleted_at: now, data: "" };

export const settleVersion: Settle = (platform, id) => {
  const [secretId = "", revision] = id.split("/");
  const secret = platform.collection(SECRET).find(secretId);
  const version = secret?.versions.find((v) => String(v.revision) === revision);
  if (secret === undefined || version === undefined) return;
  const now = platform.clock.stamp();
  if (version.status === "scheduled_for_deletion")
    put(platform, secret, { ...version, status: "deleted", deletion_requested_at: null, deleted_at: now, data: "" });
  else if (version.status === "enabled") put(platform, secret, expired(version, now));
};

function changeVersion(call: Call, change: (version: Version) => Partial<Version>): unknown {
  const secret = refuseLeaving(secretOf(call));
  const version = findVersion(secret, param(call, "revision"));
  const next = { ...version, updated_at: call.platform.clock.stamp(), ...change(version) };
  return versionView(put(call.platform, secret, next), next);
}

const alive = (version: Version, to: Partial<Version>): Partial<Version> => {
  if (version.status === "scheduled_for_deletion")
    throw preconditionFailed("scheduled_for_deletion", "the version is to be deleted: restore it");
  return to;
};

/** The data, and what asking for it means to a version that may be read once. */
export function access({ platform }: Call, secret: Secret, revision: string): unknown {
  const version = findVersion(secret, revision);
  if (version.status !== "enabled")
    throw preconditionFailed("version_not_enabled", `version ${version.revision} is ${version.status}`);
  if (secret.key_id !== null && usableKey(platform, secret.region, secret.key_id) === undefined)
    throw preconditionFailed("key_not_enabled", `key ${secret.key_id} cannot decrypt`);
  if (version.ephemeral_properties?.expires_once_accessed === true)
    put(platform, secret, expired(version, platform.clock.stamp()));
  return {
    secret_id: secret.id,
    revision: version.revision,
    data: version.data,
    data_crc32: version.data_crc32,
    type: secret.type,
  };
}

function create(call: Call): unknown {
  const { platform } = call;
  const secret = refuseLeaving(secretOf(call));
  const input = parseInput(versionInput, call.input);
  const data = Buffer.from(input.data, "base64");
  if (data.length > MAX_BYTES)
    throw invalidArguments({ argument: "data", reason: "constraint", help: `at most ${MAX_BYTES} bytes` });
  if (typeof input.data_crc32 === "number" && input.data_crc32 !== crc32(data))
    throw invalidArguments({ argument: "data_crc32", reason: "constraint", help: "does not match the data" });
  refuseMisformed(secret.type, input.data);
  const now = platform.clock.stamp();
  const version: Version = {
    revision: secret.versions.length + 1,
    status: "enabled",
    description: input.description ?? "",
    created_at: now,
    updated_at: now,
    deleted_at: null,
    deletion_requested_at: null,
    ephemeral_properties: propertiesOf(secret.ephemeral_policy, platform.clock.now()),
    data: input.data,
    data_crc32: input.data_crc32 ?? null,
  };
  const before =
    input.disable_previous === true
      ? secret.versions.map((v) => (v.status === "enabled" ? { ...v, status: "disabled" as const } : v))
      : secret.versions;
  return versionView(put(platform, { ...secret, versions: [...before, version] }, version), version);
}

export const secretVersionRoutes: readonly Route[] = [
  {
    method: "GET",
    path: `${SECRETS_PATH}/:id/versions`,
    handle: (call) => {
      const secret = secretOf(call);
      const newestFirst = secret.versions.filter((v) => v.status !== "deleted").reverse();
      const kept = filtered(call, newestFirst, { status: (v, is) => v.status === is });
      return page(
        call,
        "versions",
        kept.map((v) => versionView(secret, v)),
      );
    },
  },
  { method: "POST", path: `${SECRETS_PATH}/:id/versions`, handle: create },
  {
    method: "GET",
    path: `${SECRETS_PATH}/:id/versions/:revision`,
    handle: (call) => versionView(secretOf(call), findVersion(secretOf(call), param(call, "revision"))),
  },
  {
    method: "GET",
    path: `${SECRETS_PATH}/:id/versions/:revision/access`,
    handle: (call) => access(call, secretOf(call), param(call, "revision")),
  },
  {
    method: "PATCH",
    path: `${SECRETS_PATH}/:id/versions/:revision`,
    handle: (call) => {
      const { description, ephemeral_properties: ephemeral } = parseInput(patchInput, call.input);
      return changeVersion(call, (v) => ({
        description: description ?? v.description,
        ephemeral_properties:
          ephemeral === null || ephemeral === undefined
            ? v.ephemeral_properties
            : {
                expires_at: ephemeral.expires_at ?? null,
                expires_once_accessed: ephemeral.expires_once_accessed ?? null,
                action: ephemeral.action,
              },
      }));
    },
  },
  {
    method: "POST",
    path: `${SECRETS_PATH}/:id/versions/:revision/enable`,
    handle: (call) => changeVersion(call, (v) => alive(v, { status: "enabled" })),
  },
  {
    method: "POST",
    path: `${SECRETS_PATH}/:id/versions/:revision/disable`,
    handle: (call) => changeVersion(call, (v) => alive(v, { status: "disabled" })),
  },
  {
    method: "POST",
    path: `${SECRETS_PATH}/:id/versions/:revision/restore`,
    handle: (call) =>
      changeVersion(call, (v) => {
        if (v.status !== "scheduled_for_deletion")
          throw preconditionFailed("not_scheduled_for_deletion", `the version is ${v.status}`);
        return { status: "enabled", deletion_requested_at: null };
      }),
  },
  {
    method: "DELETE",
    path: `${SECRETS_PATH}/:id/versions/:revision`,
    handle: (call) => {
      // Told twice it stays as it is; the instant of its last change is not that of its deletion (recordings).
      changeVersion(call, ({ updated_at, deletion_requested_at: before }) => ({
        status: "scheduled_for_deletion",
        deletion_requested_at: before ?? call.platform.clock.stamp(),
        updated_at,
      }));
      return undefined;
    },
  },
];
