import { z } from "zod";
import type { Kind } from "../../core/collection.ts";
import type { Call, Route } from "../../core/routes.ts";
import { byName, byPartOfTag, crud, page, param, parseInput } from "../../core/routes.ts";
import { conditionFault } from "./conditions.ts";
import { newNamed, patchNamed } from "./principals.ts";

/** IAM v1alpha1: policies and their rules. A policy binds one principal (or none); its rules are replaced as a whole. */
const principal = {
  user_id: z.string().optional(),
  group_id: z.string().optional(),
  application_id: z.string().optional(),
  no_principal: z.boolean().optional(),
};
const condition = z
  .string()
  .default("")
  .superRefine((text, context) => {
    const fault = conditionFault(text);
    if (fault !== undefined) context.addIssue({ code: "custom", message: fault });
  });
const ruleInput = z.object({
  permission_set_names: z.array(z.string()).nullish(),
  condition,
  project_ids: z.array(z.string()).optional(),
  organization_id: z.string().optional(),
});
const ruleSchema = z.object({
  id: z.string(),
  permission_set_names: z.array(z.string()),
  permission_sets_scope_type: z.string(),
  condition: z.string(),
  project_ids: z.array(z.string()).optional(),
  organization_id: z.string().optional(),
});
export type PolicyRule = z.infer<typeof ruleSchema>;

const schema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  organization_id: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  tags: z.array(z.string()),
  editable: z.boolean(),
  deletable: z.boolean(),
  managed: z.boolean(),
  ...principal,
  rules: z.array(ruleSchema),
});
export type Policy = z.infer<typeof schema>;

export const POLICY: Kind<Policy> = {
  kind: "iam.policy",
  resource: "policy",
  schema,
  place: (p) => ({ locality: "global", project: "", name: p.name }),
};

/** Permission sets of organisation scope; the others apply to projects (scaleway-sdk-go, iam/v1alpha1). */
const ORGANIZATION_SETS =
  /^(IAM|OrganizationManager|Organization|Project(Manager|ReadOnly)|Billing|Support|AuditTrail)/;

const makeRules = (call: Call, rules: readonly z.infer<typeof ruleInput>[]): PolicyRule[] =>
  rules.map((rule) => {
    const sets = rule.permission_set_names ?? [];
    return {
      id: call.platform.ids.uuid(),
      permission_set_names: sets,
      permission_sets_scope_type: sets.some((s) => ORGANIZATION_SETS.test(s)) ? "organization" : "projects",
      condition: rule.condition,
      ...(rule.project_ids === undefined ? {} : { project_ids: rule.project_ids }),
      ...(rule.organization_id === undefined ? {} : { organization_id: rule.organization_id }),
    };
  });

const createInput = z.object({ ...principal, rules: z.array(ruleInput).nullish() });
const patchInput = z.object(principal);
const replaceInput = z.object({ policy_id: z.string(), rules: z.array(ruleInput).nullish() });

const principalOf = ({
  user_id,
  group_id,
  application_id,
  no_principal,
}: z.infer<typeof patchInput>): Partial<Policy> =>
  user_id !== undefined
    ? { user_id }
    : group_id !== undefined
      ? { group_id }
      : application_id !== undefined
        ? { application_id }
        : no_principal !== undefined
          ? { no_principal }
          : {};

const view = ({ rules, ...policy }: Policy): unknown => ({
  ...policy,
  nb_rules: rules.length,
  nb_scopes: new Set(rules.flatMap((r) => r.project_ids ?? [r.organization_id])).size,
  nb_permission_sets: new Set(rules.flatMap((r) => r.permission_set_names)).size,
});

export const policyRoutes: readonly Route[] = [
  ...crud<Policy>({
    path: "/iam/v1alpha1/policies",
    items: "policies",
    of: (p) => p.collection(POLICY),
    filters: {
      policy_name: byName,
      tag: byPartOfTag,
      application_ids: (p, v) => p.application_id === v,
      group_ids: (p, v) => p.group_id === v,
      user_ids: (p, v) => p.user_id === v,
      policy_ids: (p, v) => p.id === v,
      editable: (p, v) => String(p.editable) === v,
      no_principal: (p, v) =>
        String(p.user_id === undefined && p.group_id === undefined && p.application_id === undefined) === v,
    },
    order: { unasked: "policy_name_asc", keys: { policy_name: (p) => p.name } },
    create: (call) => {
      const input = parseInput(createInput, call.input);
      return { ...newNamed(call), ...principalOf(input), rules: makeRules(call, input.rules ?? []) };
    },
    update: (policy, call) => {
      const bound = principalOf(parseInput(patchInput, call.input));
      const { user_id: _u, group_id: _g, application_id: _a, no_principal: _n, ...rest } = policy;
      return patchNamed(Object.keys(bound).length === 0 ? policy : { ...rest, ...bound }, call);
    },
    remove: () => false,
    view,
  }),
  {
    method: "POST",
    path: "/iam/v1alpha1/policies/:id/clone",
    handle: (call) => {
      const { platform } = call;
      const policies = platform.collection(POLICY);
      const original = policies.must(param(call, "id"));
      const now = platform.clock.stamp();
      const rules = original.rules.map((rule) => ({ ...rule, id: platform.ids.uuid() }));
      // No recording shows the name that a clone is given.
      const clone = { ...original, id: platform.ids.uuid(), name: `${original.name} (clone)`, rules };
      return view(policies.put({ ...clone, created_at: now, updated_at: now, managed: false }));
    },
  },
  {
    method: "GET",
    path: "/iam/v1alpha1/rules",
    handle: (call) =>
      page(call, "rules", call.platform.collection(POLICY).must(call.query.get("policy_id") ?? "").rules),
  },
  {
    method: "PUT",
    path: "/iam/v1alpha1/rules",
    handle: (call) => {
      const input = parseInput(replaceInput, call.input);
      const policies = call.platform.collection(POLICY);
      const rules = makeRules(call, input.rules ?? []);
      policies.put({ ...policies.must(input.policy_id), rules, updated_at: call.platform.clock.stamp() });
      return { rules };
    },
  },
];
