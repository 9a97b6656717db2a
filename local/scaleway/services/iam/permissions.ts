import type { Caller, Platform } from "../../core/platform.ts";
import { type ConditionContext, conditionHolds } from "./conditions.ts";
import { isInEffect } from "./grant-delay.ts";
import { POLICY, type PolicyRule } from "./policies.ts";
import { GROUP } from "./principals.ts";

/**
 * What a caller may do, by its own policies and those of its groups: rules only ever add, so one whose condition holds is
 * enough, whatever the conditions of others say (Scaleway, "Understanding policy conditions", multiple policies).
 */
export function rulesOf(platform: Platform, caller: Caller, context: ConditionContext): readonly PolicyRule[] {
  const groups = new Set(
    platform
      .collection(GROUP)
      .all()
      .filter((g) => g.application_ids.includes(caller.id) || g.user_ids.includes(caller.id))
      .map((g) => g.id),
  );
  return platform
    .collection(POLICY)
    .all()
    .filter(
      (p) =>
        p.application_id === caller.id ||
        p.user_id === caller.id ||
        (p.group_id !== undefined && groups.has(p.group_id)),
    )
    .filter((p) => isInEffect(platform, p.created_at))
    .flatMap((p) => p.rules)
    .filter((rule) => conditionHolds(rule.condition, context));
}

const isOverProject = (rule: PolicyRule, projectId: string): boolean =>
  rule.organization_id !== undefined || rule.project_ids?.includes(projectId) === true;

/** Names of the permission sets that a caller holds in a project. */
export const permissionSetsOf = (
  platform: Platform,
  caller: Caller,
  projectId: string,
  context: ConditionContext,
): ReadonlySet<string> => namesOf(rulesOf(platform, caller, context).filter((rule) => isOverProject(rule, projectId)));

/** Names of the permission sets that a caller holds over the Organization, or (`anywhere`) over some project of it. */
export const permissionSetsOver = (
  platform: Platform,
  caller: Caller,
  where: "organization" | "anywhere",
  context: ConditionContext,
): ReadonlySet<string> =>
  namesOf(
    rulesOf(platform, caller, context).filter((rule) => where === "anywhere" || rule.organization_id !== undefined),
  );

const namesOf = (rules: readonly PolicyRule[]): ReadonlySet<string> =>
  new Set(rules.flatMap((rule) => rule.permission_set_names));
