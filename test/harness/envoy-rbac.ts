import { evaluate } from "@marcbachmann/cel-js";
import { isTree, list, tree } from "./tree.ts";

const FILTER = "envoy.filters.http.rbac";

/** A tree of CEL (`google.api.expr.v1alpha1.Expr`) as CEL's own text, as far as conditions of gateways need it. @throws on anything else. */
function textOf(expression: unknown): string {
  const { call_expr: call, select_expr: select, ident_expr: ident, const_expr: constant } = tree(expression);
  if (isTree(constant) && typeof constant.string_value === "string") return JSON.stringify(constant.string_value);
  if (isTree(ident)) return String(ident.name);
  if (isTree(select)) return `${textOf(select.operand)}.${String(select.field)}`;
  if (isTree(call)) {
    const parts = list(call.args).map(textOf);
    const operator = /^_(.+)_$/.exec(String(call.function))?.[1];
    return operator === undefined ? `${String(call.function)}(${parts.join(", ")})` : parts.join(` ${operator} `);
  }
  throw new Error(`no such expression: ${JSON.stringify(expression)}`);
}

/**
 * Whether Envoy's RBAC filter lets a request pass at an instant, from its documentation (`config.rbac.v3.RBAC`): a route's own rules
 * take the listener's place; no rules decide nothing; ALLOW passes what some policy matches.
 * @param filters the listener's HTTP filters. @param route the one that was chosen.
 */
export function rbacPasses(filters: readonly unknown[], route: unknown, at: Date): boolean {
  const filter = filters.map(tree).find(({ name }) => name === FILTER);
  if (filter === undefined) return true;
  const own = tree(tree(tree(route).typed_per_filter_config)[FILTER]);
  const config = Object.keys(own).length === 0 ? tree(filter.typed_config) : tree(own.rbac);
  if (!isTree(config.rules)) return true;
  if (config.rules.action !== "ALLOW") throw new Error(`no such action here: ${String(config.rules.action)}`);
  return Object.values(tree(config.rules.policies)).some((policy) => {
    const { permissions, principals, condition } = tree(policy);
    const anybody = [permissions, principals].every((all) => list(all).some((one) => tree(one).any === true));
    return anybody && (condition === undefined || evaluate(textOf(condition), { request: { time: at } }) === true);
  });
}
