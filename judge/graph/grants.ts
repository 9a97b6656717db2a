import type { Known } from "../../kernel/known.ts";
import type { Estate } from "../facts/estate.ts";
import type { Ref } from "../facts/reference.ts";
import { idsLeftBy, type Left } from "./conditions.ts";
import { actingAs, type Grip, membersOf, principalAt, SOMEBODY } from "./members.ts";
import { type Ground, weaker } from "./model.ts";
import type { Power } from "./permission-sets.data.ts";
import { powersOf } from "./permission-sets.ts";

/** A power that somebody holds in some projects, by one rule of one policy. */
export interface Holding {
  readonly principal: string;
  readonly power: Power;
  /** Nodes of projects; `all` of the organisation. */
  readonly projects: ReadonlySet<string> | "all";
  /** What the rule's condition leaves, by id as written. */
  readonly ids: Left;
  readonly policy: string;
  /** The rule's property in the policy. */
  readonly rule: string;
  /** From the principal to the policy. */
  readonly path: readonly Grip[];
  readonly ground: Ground;
}

const ASSUMED: Ground = "assumed";

const EVERY_POWER: readonly Power[] = [...powersOf("AllProductsFullAccess"), ...powersOf("IAMManager")].filter(
  (power, i, all) => all.indexOf(power) === i,
);

/**
 * What every policy gives to everybody it reaches: by itself, or through groups.
 *
 * A rule of which the sets, the projects or the condition are not known gives what it may give: every power, every project, every resource.
 */
export function holdingsOf(estate: Estate, now?: string): readonly Holding[] {
  const members = membersOf(estate);
  return estate.facts("grants").flatMap((policy) => {
    const scopes = estate.factOf("grant-scopes", policy.urn)?.scopes;
    const rules = policy.rules;
    const given = !rules.known
      ? [{ ...everything(), rule: "rules" }]
      : rules.value.flatMap((rule, i) => {
          const sets = rule.permissionSets.value;
          const powers = sets.known ? sets.value.flatMap(powersOf) : EVERY_POWER;
          const scope = scopes?.known === true ? scopes.value[i] : undefined;
          const reach = scope === undefined ? everything() : reachOf(scope, estate, now);
          // A condition that nothing can fulfil any more gives nothing.
          if (reach.ids !== "all" && reach.ids.size === 0) return [];
          const ground = sets.known ? reach.ground : "unresolved";
          return [{ ...reach, powers: [...new Set(powers)], ground, rule: `rules[${i}]` }];
        });
    const holders = holdersOf(policy.principals, policy.urn, members, estate);
    return holders.flatMap(({ principal, path, ground }) =>
      given.flatMap(({ powers, projects, ids, ground: own, rule }) =>
        powers.map((power) => ({
          principal,
          power,
          projects,
          ids,
          policy: policy.urn,
          rule,
          path,
          ground: weaker(ground, own),
        })),
      ),
    );
  });
}

interface Reach {
  readonly powers: readonly Power[];
  readonly projects: ReadonlySet<string> | "all";
  readonly ids: Left;
  readonly ground: Ground;
}

const everything = (): Reach => ({ powers: EVERY_POWER, projects: "all", ids: "all", ground: "unresolved" });

function reachOf(
  scope: {
    readonly projects: Known<readonly Ref[]>;
    readonly organization: Known<string | undefined>;
    readonly condition: Known<string | undefined>;
  },
  estate: Estate,
  now: string | undefined,
): Reach {
  const ids = idsOf(scope.condition, estate, now);
  const wide: Reach = { powers: [], projects: "all", ids, ground: "stated" };
  if (!scope.projects.known) return { ...wide, ground: "unresolved" };
  if (scope.projects.value.length === 0) return scope.organization.known ? wide : { ...wide, ground: "unresolved" };
  const found = scope.projects.value.map((ref) => projectsAt(ref, estate));
  if (found.some((list) => list.length === 0)) return { ...wide, ground: "unresolved" };
  const ground = found.flat().reduce<Ground>((g, p) => weaker(g, p.ground), "stated");
  return { ...wide, projects: new Set(found.flat().map((p) => p.id)), ground };
}

/** The project that a reference names; before ids are known, those that it can be derived from. */
function projectsAt(ref: Ref, estate: Estate): readonly { readonly id: string; readonly ground: Ground }[] {
  const one = principalAt(ref, estate);
  if (one !== undefined && one.id !== SOMEBODY) return [one];
  const behind = ref.kind === "unknown" ? ref.suppliers : [];
  return behind.filter((urn) => estate.factOf("project", urn) !== undefined).map((id) => ({ id, ground: ASSUMED }));
}

/** What a condition leaves; before ids are known, the keys that it can be derived from. Derived from nothing known, it narrows nothing. */
function idsOf(condition: Known<string | undefined>, estate: Estate, now: string | undefined): Left {
  if (condition.known) return idsLeftBy(condition.value, now);
  const keys = condition.from.suppliers.filter((urn) => estate.factOf("key", urn) !== undefined);
  return keys.length === 0 ? "all" : new Set(keys);
}

/** Those to whom a policy is bound, and all who act as they do. */
function holdersOf(
  refs: readonly Ref[],
  policy: string,
  members: ReadonlyMap<string, readonly Grip[]>,
  estate: Estate,
): readonly { readonly principal: string; readonly path: readonly Grip[]; readonly ground: Ground }[] {
  return refs.flatMap((ref) => {
    const bound = principalAt(ref, estate);
    if (bound === undefined) return [];
    const last: Grip = { from: bound.id, to: policy, by: policy, property: ref.property, ground: bound.ground };
    return actingAs(bound.id, members).map(({ id, path }) => {
      const whole = [...path, last];
      return {
        principal: id,
        path: whole,
        ground: whole.reduce<Ground>((g, grip) => weaker(g, grip.ground), "stated"),
      };
    });
  });
}
