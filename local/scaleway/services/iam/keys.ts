import { createHash } from "node:crypto";
import { z } from "zod";
import type { Kind } from "../../core/collection.ts";
import type { Caller, Platform } from "../../core/platform.ts";
import { invalidArguments } from "../../core/problem.ts";
import { byName, type Call, crud, filtered, ordered, page, param, parseInput, type Route } from "../../core/routes.ts";
import { instant } from "./instant.ts";
import { securitySeconds } from "./organization.ts";
import { APPLICATION } from "./principals.ts";
import { USER } from "./users.ts";

/** IAM v1alpha1: API keys (the secret half is told once, at creation) and SSH keys of projects. */
const apiKeySchema = z.object({
  id: z.string(),
  secret_key: z.string(),
  description: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  expires_at: z.string().nullable(),
  default_project_id: z.string(),
  application_id: z.string().optional(),
  user_id: z.string().optional(),
});
export type ApiKey = z.infer<typeof apiKeySchema>;

/** Indexed by its owner, so that a deleted application takes its keys along. */
export const API_KEY: Kind<ApiKey> = {
  kind: "iam.api-key",
  resource: "access_key",
  schema: apiKeySchema,
  place: (k) => ({ locality: "global", project: "", name: k.application_id ?? k.user_id ?? "" }),
};

const sshKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  public_key: z.string(),
  fingerprint: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  organization_id: z.string(),
  project_id: z.string(),
  disabled: z.boolean(),
});
export type SshKey = z.infer<typeof sshKeySchema>;
export const SSH_KEY: Kind<SshKey> = {
  kind: "iam.ssh-key",
  resource: "ssh_key",
  schema: sshKeySchema,
  place: (k) => ({ locality: "global", project: k.project_id, name: k.name }),
};

const callerOf = (platform: Platform, key: ApiKey): Caller => ({
  accessKey: key.id,
  secretKey: key.secret_key,
  kind: key.application_id === undefined ? "user" : "application",
  id: key.application_id ?? key.user_id ?? "",
  defaultProjectId: key.default_project_id,
  isOwner: key.user_id !== undefined && platform.collection(USER).find(key.user_id)?.type === "owner",
});

const expired = (platform: Platform, key: ApiKey): boolean =>
  key.expires_at !== null && Date.parse(key.expires_at) <= platform.clock.now();

export function authenticate(platform: Platform, secretKey: string): Caller | "expired" | undefined {
  const key = platform
    .collection(API_KEY)
    .all()
    .find((k) => k.secret_key === secretKey);
  return key === undefined ? undefined : expired(platform, key) ? "expired" : callerOf(platform, key);
}

export function callerWithAccessKey(platform: Platform, accessKey: string): Caller | undefined {
  const key = platform.collection(API_KEY).find(accessKey);
  return key === undefined || expired(platform, key) ? undefined : callerOf(platform, key);
}

const view = ({ id, secret_key: _, ...key }: ApiKey, secret: string | null): unknown => ({
  access_key: id,
  secret_key: secret,
  ...key,
  editable: true,
  deletable: true,
  managed: false,
  creation_ip: "127.0.0.1",
});

const createInput = z.object({
  application_id: z.string().optional(),
  user_id: z.string().optional(),
  expires_at: z.string().nullish(),
  default_project_id: z.string().nullish(),
  description: z.string().default(""),
});
const patchInput = z.object({
  default_project_id: z.string().nullish(),
  description: z.string().nullish(),
  expires_at: z.string().nullish(),
});

/** The organization may limit how long keys live; without a limit they may live for ever. */
function refuseLongLife(platform: Platform, expiresAt: string | null): void {
  const most = securitySeconds(platform, "max_api_key_expiration_duration");
  if (most === 0) return;
  if (expiresAt === null || Date.parse(expiresAt) > platform.clock.now() + most * 1000)
    throw invalidArguments({
      argument: "expires_at",
      reason: "constraint",
      help: `keys of this organization live for ${most} s at most`,
    });
}

function createKey(call: Call): unknown {
  const { platform } = call;
  const input = parseInput(createInput, call.input);
  if ((input.application_id === undefined) === (input.user_id === undefined)) {
    throw invalidArguments({ argument: "bearer", reason: "required", help: "one of application_id and user_id" });
  }
  if (input.application_id !== undefined) platform.collection(APPLICATION).must(input.application_id);
  refuseLongLife(platform, input.expires_at ?? null);
  const now = platform.clock.stamp();
  const key = platform.collection(API_KEY).put({
    id: platform.ids.accessKey(),
    secret_key: platform.ids.uuid(),
    description: input.description,
    created_at: now,
    updated_at: now,
    expires_at: instant(input.expires_at, "expires_at"),
    default_project_id: input.default_project_id ?? platform.defaultProjectId,
    ...(input.application_id === undefined ? {} : { application_id: input.application_id }),
    ...(input.user_id === undefined ? {} : { user_id: input.user_id }),
  });
  return view(key, key.secret_key);
}

const KEYS = "/iam/v1alpha1/api-keys";
/** As OpenSSH prints it: bits, MD5 of the blob, type. */
const fingerprint = (publicKey: string): string => {
  const [type = "", blob = ""] = publicKey.split(" ");
  const md5 = createHash("md5")
    .update(Buffer.from(blob, "base64"))
    .digest("hex")
    .replace(/..(?=.)/g, "$&:");
  return `${type === "ssh-ed25519" ? 256 : 4096} MD5:${md5} (${type})`;
};
const sshInput = z.object({
  name: z.string().default(""),
  public_key: z.string().min(1),
  project_id: z.string().optional(),
});
const sshPatch = z.object({ name: z.string().optional(), disabled: z.boolean().optional() });

export const keyRoutes: readonly Route[] = [
  { method: "POST", path: KEYS, handle: createKey },
  {
    method: "GET",
    path: KEYS,
    handle: (call) =>
      page(
        call,
        "api_keys",
        ordered(
          call,
          filtered(call, call.platform.collection(API_KEY).all(), {
            application_id: (k, v) => k.application_id === v,
            user_id: (k, v) => k.user_id === v,
            bearer_type: (k, v) => v === "unknown_bearer_type" || (v === "user") === (k.user_id !== undefined),
            access_key: (k, v) => k.id === v,
            editable: (_, v) => v === "true",
            expired: (k, v, { platform }) => String(expired(platform, k)) === v,
            bearer_id: (k, v) => k.application_id === v || k.user_id === v,
            access_keys: (k, v) => k.id === v,
            description: (k, v) => k.description.includes(v),
          }),
          { keys: { access_key: (k) => k.id, expires_at: (k) => k.expires_at ?? "" } },
        ).map((k) => view(k, null)),
      ),
  },
  {
    method: "GET",
    path: `${KEYS}/:id`,
    handle: (call) => view(call.platform.collection(API_KEY).must(param(call, "id")), null),
  },
  {
    method: "PATCH",
    path: `${KEYS}/:id`,
    handle: (call) => {
      const keys = call.platform.collection(API_KEY);
      const key = keys.must(param(call, "id"));
      const patch = parseInput(patchInput, call.input);
      if (patch.expires_at !== undefined) refuseLongLife(call.platform, patch.expires_at);
      return view(
        keys.put({
          ...key,
          description: patch.description ?? key.description,
          default_project_id: patch.default_project_id ?? key.default_project_id,
          expires_at: patch.expires_at === undefined ? key.expires_at : instant(patch.expires_at, "expires_at"),
          updated_at: call.platform.clock.stamp(),
        }),
        null,
      );
    },
  },
  {
    method: "DELETE",
    path: `${KEYS}/:id`,
    handle: (call) => {
      const keys = call.platform.collection(API_KEY);
      keys.remove(keys.must(param(call, "id")).id);
      return undefined;
    },
  },
  ...crud<SshKey>({
    path: "/iam/v1alpha1/ssh-keys",
    items: "ssh_keys",
    of: (p) => p.collection(SSH_KEY),
    filters: { name: byName, project_id: (k, v) => k.project_id === v, disabled: (k, v) => String(k.disabled) === v },
    create: ({ platform, input }) => {
      const { name, public_key, project_id } = parseInput(sshInput, input);
      const [type = "", blob = ""] = public_key.trim().split(/\s+/);
      if (blob === "")
        throw invalidArguments({ argument: "public_key", reason: "constraint", help: "not an OpenSSH public key" });
      const now = platform.clock.stamp();
      return {
        id: platform.ids.uuid(),
        name,
        public_key: `${type} ${blob}`,
        fingerprint: fingerprint(`${type} ${blob}`),
        created_at: now,
        updated_at: now,
        organization_id: platform.organizationId,
        project_id: project_id ?? platform.defaultProjectId,
        disabled: false,
      };
    },
    update: (key, { platform, input }) => {
      const patch = parseInput(sshPatch, input);
      return {
        ...key,
        name: patch.name ?? key.name,
        disabled: patch.disabled ?? key.disabled,
        updated_at: platform.clock.stamp(),
      };
    },
    remove: () => false,
  }),
];
