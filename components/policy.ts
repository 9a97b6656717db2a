import { all, type Input, type Output } from "@pulumi/pulumi";
import type * as scaleway from "@pulumiverse/scaleway";
import type { ProjectKey } from "../blueprint/model/common.ts";
import type { PolicyRuleSpec, PolicySpec } from "../blueprint/model/identity.ts";
import type { Named } from "./named.ts";
import { tagList } from "./values.ts";

/** What the references of a policy are resolved with. */
export interface PolicyDeps {
  readonly organizationId: string;
  readonly projectId: (project: ProjectKey) => Output<string>;
  /** Bare uuids. */
  readonly keys: Named<Output<string>>;
  readonly principals: Record<PolicySpec["principal"]["kind"], Named<Input<string>>>;
}

/** Input of an IAM policy: bound to one application or group, each rule to named projects. */
export function policyArgs(spec: PolicySpec, deps: PolicyDeps): scaleway.iam.PolicyArgs {
  const principal = deps.principals[spec.principal.kind].get(spec.principal.key);
  return {
    name: spec.name,
    description: spec.description,
    organizationId: deps.organizationId,
    ...(spec.principal.kind === "application" ? { applicationId: principal } : { groupId: principal }),
    rules: spec.rules.map((rule) => ({
      permissionSetNames: [...rule.permissionSets],
      ...(rule.organization === true
        ? { organizationId: deps.organizationId }
        : { projectIds: rule.projects.map((project) => deps.projectId(project)) }),
      ...conditionOf(rule, deps.keys),
    })),
    tags: tagList(spec.tags),
  };
}

/**
 * The rule's condition in Scaleway's CEL dialect (IAM documentation, request-level and resource-level conditions):
 * `resource.id == "…"` for keys, `inIpRange(request.ip, "…")` for public source ranges; both must hold where both are given.
 */
function conditionOf(rule: PolicyRuleSpec, keys: Named<Output<string>>): { condition?: Output<string> } {
  const { onlyKeys = [], onlyFrom = [] } = rule;
  if (onlyKeys.length === 0 && onlyFrom.length === 0) return {};
  return {
    condition: all(onlyKeys.map((key) => keys.get(key))).apply((ids) =>
      [ids.map((id) => `resource.id == "${id}"`), onlyFrom.map((range) => `inIpRange(request.ip, "${range}")`)]
        .filter((alternatives) => alternatives.length > 0)
        .map((alternatives) => (alternatives.length === 1 ? alternatives.join("") : `(${alternatives.join(" || ")})`))
        .join(" && "),
    ),
  };
}
