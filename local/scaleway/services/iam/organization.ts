import { z } from "zod";
import type { Kind } from "../../core/collection.ts";
import type { Platform } from "../../core/platform.ts";
import { invalidArguments, notFound, preconditionFailed } from "../../core/problem.ts";
import { type Call, param, parseInput, type Route } from "../../core/routes.ts";

/** IAM v1alpha1: the organization itself, how people sign in to it, and its security settings. */
const settingsSchema = z.object({
  enforce_password_renewal: z.boolean(),
  /** Durations in seconds, e.g. `604800s`. */
  grace_period_duration: z.string(),
  login_attempts_before_locked: z.number(),
  max_login_session_duration: z.string(),
  /** `0s`: API keys may live for ever. */
  max_api_key_expiration_duration: z.string(),
});
const methods = {
  login_password_enabled: z.boolean(),
  login_magic_code_enabled: z.boolean(),
  login_oauth2_enabled: z.boolean(),
  login_saml_enabled: z.boolean(),
};
const schema = z.object({ id: z.string(), name: z.string(), alias: z.string(), ...methods, settings: settingsSchema });
type Organization = z.infer<typeof schema>;

const ORGANIZATION: Kind<Organization> = {
  kind: "iam.organization",
  resource: "organization",
  schema,
  place: () => ({ locality: "global", project: "", name: "organization" }),
};

const DAY_S = 86_400;

/** As it is before anybody changed anything; no recording shows Scaleway's own defaults, so they are assumptions. */
const untouched = (id: string): Organization => ({
  id,
  name: "organization",
  alias: "",
  login_password_enabled: true,
  login_magic_code_enabled: true,
  login_oauth2_enabled: true,
  login_saml_enabled: false,
  settings: {
    enforce_password_renewal: false,
    grace_period_duration: `${7 * DAY_S}s`,
    login_attempts_before_locked: 10,
    max_login_session_duration: `${7 * DAY_S}s`,
    max_api_key_expiration_duration: "0s",
  },
});

export const organizationOf = (platform: Platform): Organization =>
  platform.collection(ORGANIZATION).find(platform.organizationId) ?? untouched(platform.organizationId);

const secondsOf = (duration: string): number => Number(duration.replace(/s$/, ""));
export const securitySeconds = (
  platform: Platform,
  setting: "grace_period_duration" | "max_api_key_expiration_duration",
): number => secondsOf(organizationOf(platform).settings[setting]);

/** The one organization, under its own id. */
function own(call: Call): Organization {
  const id = param(call, "organization");
  if (id !== call.platform.organizationId) throw notFound("organization", id);
  return organizationOf(call.platform);
}

const view = ({ settings: _, ...organization }: Organization): unknown => organization;

const duration = z.string().refine((text) => secondsOf(text) >= 0, "must be a duration in seconds");
const settingsInput = z.object({
  enforce_password_renewal: z.boolean().nullish(),
  grace_period_duration: duration.nullish(),
  login_attempts_before_locked: z.number().int().min(1).nullish(),
  max_login_session_duration: duration.nullish(),
  max_api_key_expiration_duration: duration.nullish(),
});
const methodsInput = z.object({
  login_password_enabled: z.boolean().nullish(),
  login_magic_code_enabled: z.boolean().nullish(),
  login_oauth2_enabled: z.boolean().nullish(),
  login_saml_enabled: z.boolean().nullish(),
});

/** Only what is given replaces what is there. */
const over = <T extends object>(kept: T, given: Readonly<Record<string, unknown>>): T => ({
  ...kept,
  ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null && value !== undefined)),
});

const PATH = "/iam/v1alpha1/organizations/:organization";
const put = (call: Call, organization: Organization): Organization =>
  call.platform.collection(ORGANIZATION).put(organization);

export const organizationRoutes: readonly Route[] = [
  { method: "GET", path: PATH, handle: (call) => view(own(call)) },
  {
    method: "PUT",
    path: `${PATH}/alias`,
    handle: (call) => {
      const { alias } = parseInput(z.object({ alias: z.string() }), call.input);
      const organization = own(call);
      if (organization.alias !== "" && organization.alias !== alias)
        throw preconditionFailed("alias_already_set", "an alias is given once");
      if (!/^[a-z0-9][a-z0-9-]*$/.test(alias))
        throw invalidArguments({ argument: "alias", reason: "constraint", help: "lower-case letters, digits, dashes" });
      return view(put(call, { ...organization, alias }));
    },
  },
  {
    method: "PATCH",
    path: `${PATH}/login-methods`,
    handle: (call) => {
      const changed = over(own(call), parseInput(methodsInput, call.input));
      if (changed.login_saml_enabled)
        throw preconditionFailed("saml_not_configured", "SAML needs an identity provider, and none is configured");
      return view(put(call, changed));
    },
  },
  { method: "GET", path: `${PATH}/security-settings`, handle: (call) => own(call).settings },
  {
    method: "PATCH",
    path: `${PATH}/security-settings`,
    handle: (call) => {
      const organization = own(call);
      const settings = over(organization.settings, parseInput(settingsInput, call.input));
      return put(call, { ...organization, settings }).settings;
    },
  },
];
