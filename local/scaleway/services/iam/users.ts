import { z } from "zod";
import type { Kind } from "../../core/collection.ts";
import { conflict, invalidArguments, preconditionFailed } from "../../core/problem.ts";
import { byPartOfTag, type Call, crud, param, parseInput, type Route } from "../../core/routes.ts";
import { GROUP } from "./principals.ts";

/** IAM v1alpha1: users of the organization. Passwords are accepted and forgotten: nobody signs in to a console here. */
const schema = z.object({
  id: z.string(),
  email: z.string(),
  username: z.string(),
  first_name: z.string(),
  last_name: z.string(),
  phone_number: z.string(),
  locale: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  organization_id: z.string(),
  deletable: z.boolean(),
  last_login_at: z.string().nullable(),
  type: z.enum(["guest", "owner", "member"]),
  two_factor_enabled: z.boolean(),
  status: z.enum(["invitation_pending", "activated"]),
  mfa: z.boolean(),
  account_root_user_id: z.string(),
  tags: z.array(z.string()),
  locked: z.boolean(),
  /** Never shown: of the one-time passwords, and whether the first password was replaced. */
  otp_secret: z.string().nullable().default(null),
  password_renewed: z.boolean().default(false),
});
export type User = z.infer<typeof schema>;

export const USER: Kind<User> = {
  kind: "iam.user",
  resource: "user",
  schema,
  place: (u) => ({ locality: "global", project: "", name: u.username }),
};

const DEFAULT_LOCALE = "en_US";
const profile = {
  email: z.email().optional(),
  first_name: z.string().nullish(),
  last_name: z.string().nullish(),
  phone_number: z.string().nullish(),
  locale: z.string().nullish(),
};
const memberInput = z.object({ ...profile, email: z.email(), username: z.string().min(1) });
const createInput = z.object({
  email: z.email().optional(),
  member: memberInput.optional(),
  tags: z.array(z.string()).nullish(),
});
const patchInput = z.object({ ...profile, tags: z.array(z.string()).nullish() });

/** A user with nothing but a name; whoever makes one adds what it knows. */
export const bareUser = (call: Pick<Call, "platform">, id: string, email: string): User => {
  const now = call.platform.clock.stamp();
  return {
    id,
    email,
    username: email,
    first_name: "",
    last_name: "",
    phone_number: "",
    locale: DEFAULT_LOCALE,
    created_at: now,
    updated_at: now,
    organization_id: call.platform.organizationId,
    deletable: true,
    last_login_at: null,
    type: "member",
    two_factor_enabled: false,
    status: "activated",
    mfa: false,
    account_root_user_id: "",
    tags: [],
    locked: false,
    otp_secret: null,
    password_renewed: false,
  };
};

const view = ({ otp_secret: _, password_renewed: __, ...user }: User): unknown => user;

const refuseTaken = (call: Call, username: string, except?: string): void => {
  const holder = call.platform
    .collection(USER)
    .named(username)
    .find((u) => u.id !== except);
  if (holder !== undefined) throw conflict("user", `a user named ${username} exists`, holder.id);
};

/** Either a member, with a profile of the organization's own, or the e-mail address of a guest to invite. */
function create(call: Call): User {
  const input = parseInput(createInput, call.input);
  const email = input.member?.email ?? input.email;
  if (email === undefined || (input.member !== undefined && input.email !== undefined))
    throw invalidArguments({ argument: "user", reason: "required", help: "one of email and member" });
  refuseTaken(call, input.member?.username ?? email);
  const { member } = input;
  const user = { ...bareUser(call, call.platform.ids.uuid(), email), tags: input.tags ?? [] };
  if (member === undefined) return { ...user, type: "guest", status: "invitation_pending" };
  return {
    ...user,
    username: member.username,
    first_name: member.first_name ?? "",
    last_name: member.last_name ?? "",
    phone_number: member.phone_number ?? "",
    locale: member.locale || DEFAULT_LOCALE,
  };
}

function update(user: User, call: Call): User {
  const patch = parseInput(patchInput, call.input);
  return {
    ...user,
    email: patch.email ?? user.email,
    first_name: patch.first_name ?? user.first_name,
    last_name: patch.last_name ?? user.last_name,
    phone_number: patch.phone_number ?? user.phone_number,
    locale: patch.locale || user.locale,
    tags: patch.tags ?? user.tags,
    updated_at: call.platform.clock.stamp(),
  };
}

/** What hangs on a user goes with it: keys, and seats in groups. */
function remove(user: User, { platform }: Call): boolean {
  if (!user.deletable) throw preconditionFailed("user_not_deletable", "the owner of an organization cannot be deleted");
  platform.store.database.prepare("DELETE FROM records WHERE kind = 'iam.api-key' AND name = ?").run(user.id);
  const groups = platform.collection(GROUP);
  for (const group of groups.all().filter((g) => g.user_ids.includes(user.id)))
    groups.put({ ...group, user_ids: group.user_ids.filter((id) => id !== user.id) });
  return false;
}

const PATH = "/iam/v1alpha1/users";

const verb = (name: string, change: (call: Call, user: User) => Partial<User>): Route => ({
  method: "POST",
  path: `${PATH}/:id/${name}`,
  handle: (call) => {
    const users = call.platform.collection(USER);
    const user = users.must(param(call, "id"));
    return view(users.put({ ...user, ...change(call, user), updated_at: call.platform.clock.stamp() }));
  },
});

export const userRoutes: readonly Route[] = [
  ...crud<User>({
    path: PATH,
    items: "users",
    of: (p) => p.collection(USER),
    filters: {
      tag: byPartOfTag,
      user_ids: (u, v) => u.id === v,
      type: (u, v) => v === "unknown_type" || u.type === v,
      mfa: (u, v) => String(u.mfa) === v,
    },
    create,
    update,
    remove,
    view,
  }),
  verb("update-username", (call, user) => {
    const { username } = parseInput(z.object({ username: z.string().min(1) }), call.input);
    refuseTaken(call, username, user.id);
    return { username };
  }),
  verb("update-password", (call) => {
    parseInput(z.object({ password: z.string().min(1) }), call.input);
    return { password_renewed: true };
  }),
  verb("lock", () => ({ locked: true })),
  verb("unlock", () => ({ locked: false })),
];
