import type { Known } from "../../kernel/known.ts";
import type { RoleFact, RoleRule } from "../facts/fact-kubernetes.ts";
import { type ClusterPower, OWN_ROLES, POWER_ROWS, type PowerRow } from "./cluster-powers.data.ts";
import type { Ground } from "./model.ts";
import type { Answer } from "./pod-selectors.ts";

/** A power that a role gives, over objects by name where it says so. */
export interface HeldPower {
  readonly power: ClusterPower;
  readonly names: readonly string[] | "any";
  /** Its rule, e.g. `rules[0]`. */
  readonly at: string;
  readonly ground: Ground;
}

/** What a role gives; of one that gathers its rules from others by labels, or whose rules are not known, everything. */
export function powersOfRole(role: RoleFact): readonly HeldPower[] {
  const { aggregates, rules } = role;
  if (!rules.known) return unseenRole("rules");
  const own = rules.value.flatMap((rule) => powersOfRule(rule, role.clusterWide));
  const gathers = !aggregates.value.known || aggregates.value.value;
  return gathers ? [...own, ...unseenRole(aggregates.property)] : own;
}

/** Powers of a role that is not in the estate: known for those that every cluster has, else all. */
export function powersOfName(name: string | undefined): readonly HeldPower[] {
  if (name === undefined || !Object.hasOwn(OWN_ROLES, name)) return unseenRole("roleRef");
  return (OWN_ROLES[name] ?? []).map((power) => ({ power, names: "any", at: "roleRef", ground: "stated" }));
}

const unseenRole = (at: string): readonly HeldPower[] =>
  (OWN_ROLES["cluster-admin"] ?? []).map((power) => ({ power, names: "any", at, ground: "unresolved" }));

function powersOfRule(rule: RoleRule, clusterWide: boolean): readonly HeldPower[] {
  return POWER_ROWS.flatMap((row): readonly HeldPower[] => {
    if (row.clusterWide === true && !clusterWide) return [];
    const answer = gives(rule, row);
    if (answer === "no") return [];
    const listed = rule.names.known ? rule.names.value : [];
    const ground: Ground = answer === "yes" && rule.names.known ? "stated" : "unresolved";
    return [{ power: row.power, names: listed.length === 0 ? "any" : listed, at: rule.at, ground }];
  });
}

function gives(rule: RoleRule, row: PowerRow): Answer {
  const answers = [
    has(rule.verbs, (verb) => verb === "*" || row.verbs.includes(verb)),
    has(rule.groups, (group) => group === "*" || group === row.group),
    has(rule.resources, (resource) => row.resources.some((wanted) => covers(resource, wanted))),
  ];
  return answers.includes("no") ? "no" : answers.includes("perhaps") ? "perhaps" : "yes";
}

const has = (list: Known<readonly string[]>, fits: (text: string) => boolean): Answer =>
  !list.known ? "perhaps" : list.value.some(fits) ? "yes" : "no";

/** A star is everything, subresources too; before a slash, that subresource of everything. */
function covers(resource: string, wanted: string): boolean {
  if (resource === "*" || resource === wanted) return true;
  const [kind, part] = wanted.split("/");
  return part !== undefined && (resource === `*/${part}` || resource === `${kind}/*`);
}
