import type { Caller, Platform } from "../../core/platform.ts";
import { POLICY } from "./policies.ts";
import { GROUP } from "./principals.ts";

/** Names of the permission sets that a caller holds in a project, by its own policies and those of its groups. */
export function permissionSetsOf(platform: Platform, caller: Caller, projectId: string): ReadonlySet<string> {
  const groups = new Set(
    platform
      .collection(GROUP)
      .all()
      .filter((g) => g.application_ids.includes(caller.id) || g.user_ids.includes(caller.id))
      .map((g) => g.id),
  );
  const policies = platform
    .collection(POLICY)
    .all()
    .filter(
      (p) =>
        p.application_id === caller.id ||
        p.user_id === caller.id ||
        (p.group_id !== undefined && groups.has(p.group_id)),
    );
  const rules = policies
    .flatMap((p) => p.rules)
    .filter((r) => r.organization_id !== undefined || r.project_ids?.includes(projectId) === true);
  return new Set(rules.flatMap((r) => r.permission_set_names));
}
