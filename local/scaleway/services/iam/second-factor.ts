import { z } from "zod";
import { stampOf } from "../../core/clock.ts";
import type { Platform } from "../../core/platform.ts";
import { invalidArguments, preconditionFailed } from "../../core/problem.ts";
import { param, parseInput, type Route } from "../../core/routes.ts";
import { base32, isPassword } from "./one-time-password.ts";
import { organizationOf, securitySeconds } from "./organization.ts";
import { USER, type User } from "./users.ts";

/** IAM v1alpha1: one-time passwords as the second factor of people, and the time they have to set up what is asked of them. */
const PATH = "/iam/v1alpha1/users/:id";
const SECRET_BYTES = 20;
const RECOVERY_CODES = 10;

interface GracePeriod {
  readonly type: "update_password" | "set_mfa";
  readonly created_at: string;
  readonly expires_at: string;
}

/** A member who was given a password renews it, where the organization asks for that. */
function gracePeriods(platform: Platform, user: User): readonly GracePeriod[] {
  const { enforce_password_renewal } = organizationOf(platform).settings;
  if (!enforce_password_renewal || user.type !== "member" || user.password_renewed) return [];
  const end = Date.parse(user.created_at) + securitySeconds(platform, "grace_period_duration") * 1000;
  const expires_at = stampOf(end);
  return [{ type: "update_password", created_at: user.created_at, expires_at }];
}

export const secondFactorRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/iam/v1alpha1/grace-periods",
    handle: ({ platform, caller, query }) => {
      const user = platform.collection(USER).must(query.get("user_id") ?? caller.id);
      return { grace_periods: gracePeriods(platform, user) };
    },
  },
  {
    method: "POST",
    path: `${PATH}/mfa-otp`,
    handle: (call) => {
      const users = call.platform.collection(USER);
      const user = users.must(param(call, "id"));
      if (user.mfa) throw preconditionFailed("mfa_already_enabled", "delete the one in use first");
      const secret = base32(Buffer.from(call.platform.ids.hex(SECRET_BYTES), "hex"));
      users.put({ ...user, otp_secret: secret });
      return { secret };
    },
  },
  {
    method: "POST",
    path: `${PATH}/validate-mfa-otp`,
    handle: (call) => {
      const { platform } = call;
      const { one_time_password } = parseInput(z.object({ one_time_password: z.string() }), call.input);
      const users = platform.collection(USER);
      const user = users.must(param(call, "id"));
      if (user.otp_secret === null) throw preconditionFailed("mfa_not_created", "no one-time password was set up");
      if (!isPassword(user.otp_secret, one_time_password, platform.clock.now()))
        throw invalidArguments({ argument: "one_time_password", reason: "constraint", help: "is not the one of now" });
      users.put({ ...user, mfa: true, two_factor_enabled: true, updated_at: platform.clock.stamp() });
      return { recovery_codes: Array.from({ length: RECOVERY_CODES }, () => platform.ids.hex(5)) };
    },
  },
  {
    method: "DELETE",
    path: `${PATH}/mfa-otp`,
    handle: (call) => {
      const users = call.platform.collection(USER);
      const user = users.must(param(call, "id"));
      users.put({ ...user, otp_secret: null, mfa: false, two_factor_enabled: false });
      return undefined;
    },
  },
  {
    method: "GET",
    path: `${PATH}/connections`,
    // One is made between the accounts that a person has in several organizations; there is one here.
    handle: (call) => {
      call.platform.collection(USER).must(param(call, "id"));
      return { connections: [] };
    },
  },
];
