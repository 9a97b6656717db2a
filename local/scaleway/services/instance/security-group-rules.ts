import { z } from "zod";
import { Answer } from "../../core/answer.ts";
import { notFound } from "../../core/problem.ts";
import { type Call, headerPage, param, parseInput, type Route } from "../../core/routes.ts";
import { instant } from "./instant.ts";
import { DEFAULT_RULES, newRule, ruleInput, type SecurityGroupRule } from "./security-group-rule.ts";
import { SECURITY_GROUP, type SecurityGroup } from "./security-groups.ts";

/** Instance API v1: the rules of a security group, in order of their position; those of default security come first. */
const PATH = "/instance/v1/zones/:zone/security_groups/:group/rules";

const groupOf = (call: Call): SecurityGroup =>
  call.platform.collection(SECURITY_GROUP).must(param(call, "group"), call.locality);

const keep = ({ platform }: Call, group: SecurityGroup, rules: readonly SecurityGroupRule[]): SecurityGroup =>
  platform.collection(SECURITY_GROUP).put({ ...group, rules: [...rules], modification_date: instant(platform) });

const shown = (rule: SecurityGroupRule, position: number, editable: boolean, zone: string): unknown => ({
  ...rule,
  dest_ip_range: null,
  position,
  editable,
  zone,
});

const defaults = (zone: string): readonly unknown[] => DEFAULT_RULES.map((r, i) => shown(r, i + 1, false, zone));

function allShown(group: SecurityGroup): readonly unknown[] {
  const own = group.rules.map((rule, index) => shown(rule, index + 1, true, group.zone));
  return group.enable_default_security ? [...defaults(group.zone), ...own] : own;
}

const ruleOf = (group: SecurityGroup, id: string): SecurityGroupRule => {
  const rule = group.rules.find((r) => r.id === id);
  if (rule === undefined) throw notFound("instance_security_group_rule", id);
  return rule;
};

const one = (group: SecurityGroup, rule: SecurityGroupRule): unknown => ({
  rule: shown(rule, group.rules.findIndex((r) => r.id === rule.id) + 1, true, group.zone),
});

/** Sets one rule anew; what the call leaves out stays. */
function change(call: Call): unknown {
  const group = groupOf(call);
  const rule = ruleOf(group, param(call, "id"));
  const patch = parseInput(
    ruleInput.partial().extend({ protocol: ruleInput.shape.protocol.optional(), ip_range: z.string().optional() }),
    call.input,
  );
  const next = newRule(rule.id, {
    ...rule,
    protocol: patch.protocol ?? rule.protocol,
    direction: patch.direction ?? rule.direction,
    action: patch.action ?? rule.action,
    ip_range: patch.ip_range ?? rule.ip_range,
    dest_port_from: patch.dest_port_from === undefined ? rule.dest_port_from : patch.dest_port_from,
    dest_port_to: patch.dest_port_to === undefined ? rule.dest_port_to : patch.dest_port_to,
  });
  return one(
    keep(
      call,
      group,
      group.rules.map((r) => (r.id === next.id ? next : r)),
    ),
    next,
  );
}

export const securityGroupRuleRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/instance/v1/zones/:zone/security_groups/default/rules",
    handle: (call) => headerPage(call, "rules", defaults(call.locality)),
  },
  { method: "GET", path: PATH, handle: (call) => headerPage(call, "rules", allShown(groupOf(call))) },
  {
    method: "PUT",
    path: PATH,
    handle: (call) => {
      const group = groupOf(call);
      const given = parseInput(z.object({ rules: z.array(ruleInput).nullable() }), call.input).rules ?? [];
      const known = new Set(group.rules.map((r) => r.id));
      const rules = given
        .filter((r) => r.editable !== false)
        .map((r) => newRule(typeof r.id === "string" && known.has(r.id) ? r.id : call.platform.ids.uuid(), r));
      return { rules: allShown(keep(call, group, rules)) };
    },
  },
  {
    method: "POST",
    path: PATH,
    handle: (call) => {
      const group = groupOf(call);
      const rule = newRule(call.platform.ids.uuid(), parseInput(ruleInput, call.input));
      return new Answer(201, one(keep(call, group, [...group.rules, rule]), rule));
    },
  },
  {
    method: "GET",
    path: `${PATH}/:id`,
    handle: (call) => {
      const group = groupOf(call);
      return one(group, ruleOf(group, param(call, "id")));
    },
  },
  { method: "PATCH", path: `${PATH}/:id`, handle: change },
  { method: "PUT", path: `${PATH}/:id`, handle: change },
  {
    method: "DELETE",
    path: `${PATH}/:id`,
    handle: (call) => {
      const group = groupOf(call);
      const { id } = ruleOf(group, param(call, "id"));
      keep(
        call,
        group,
        group.rules.filter((r) => r.id !== id),
      );
      return undefined;
    },
  },
];
