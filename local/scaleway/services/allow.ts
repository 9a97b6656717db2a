import type { Guard } from "../core/api.ts";
import { mayCall } from "./iam/authorize.ts";
import { inKnownProject, inOwnOrganization } from "./known-project.ts";
import { withinQuota } from "./quota.ts";

/** What every call of the JSON API is held against before its service sees it. */
export const allow: Guard = (call, method, path) => {
  inOwnOrganization(call, method, path);
  inKnownProject(call, method, path);
  mayCall(call, method, path);
  withinQuota(call, method, path);
};
