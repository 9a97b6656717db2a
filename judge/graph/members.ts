import { push } from "../../kernel/multimap.ts";
import { byText } from "../../kernel/order.ts";
import type { Estate } from "../facts/estate.ts";
import type { Resource } from "../facts/observed.ts";
import type { Link, Ref } from "../facts/reference.ts";
import { type Ground, weaker } from "./model.ts";

/**
 * Who belongs to which group.
 *
 * Modelled: members listed by the group, joined by a resource of their own, and groups within groups, to any depth and in circles; a group whose
 * members are joined elsewhere (`externalMembership`) is a principal of its own, standing for people that nobody here can list. A member that is not
 * in the file is one by its id. Not modelled: who logs in as a user.
 */
export interface Grip {
  /** What holds, and what it holds: nodes. */
  readonly from: string;
  readonly to: string;
  /** Resource and property that say so. */
  readonly by: string;
  readonly property: string;
  readonly ground: Ground;
}

/** Prefix of principals and resources that the file does not hold. */
export const OUTSIDE = "outside:";
/** One whom nobody can tell: may be anybody. */
export const SOMEBODY = `${OUTSIDE}?`;

const groundOf = (link: Link<unknown>): Ground => (link.kind === "found" && !link.assumed ? "stated" : "assumed");

/** The node that a reference names; `undefined` when none can be told. */
export function principalAt(ref: Ref, estate: Estate): { readonly id: string; readonly ground: Ground } | undefined {
  const link: Link<Resource> = estate.linkAny(ref);
  if (link.kind === "found") return { id: link.fact.urn, ground: groundOf(link) };
  if (link.kind === "outside") return { id: `${OUTSIDE}${link.id}`, ground: "stated" };
  return link.kind === "unknown" ? { id: SOMEBODY, ground: "unresolved" } : undefined;
}

/** Members of each group, one step. */
export function membersOf(estate: Estate): ReadonlyMap<string, readonly Grip[]> {
  const found = new Map<string, Grip[]>();
  const add = (group: string, ref: Ref, by: string, ground: Ground): void => {
    const member = principalAt(ref, estate);
    if (member === undefined || member.id === group) return;
    const grip: Grip = {
      from: member.id,
      to: group,
      by,
      property: ref.property,
      ground: weaker(ground, member.ground),
    };
    push(found, group, grip);
  };
  for (const group of estate.facts("group")) {
    for (const { value, property } of group.members) {
      if (value.known) for (const ref of value.value) add(group.urn, ref, group.urn, "stated");
      else add(group.urn, { kind: "unknown", property, suppliers: value.from.suppliers }, group.urn, "unresolved");
    }
  }
  for (const membership of estate.facts("membership")) {
    const group = principalAt(membership.group, estate);
    for (const ref of membership.members) if (group !== undefined) add(group.id, ref, membership.urn, group.ground);
  }
  return found;
}

/** Everybody who acts with the rights of `principal`, itself first, each with the shortest chain of memberships. */
export function actingAs(
  principal: string,
  members: ReadonlyMap<string, readonly Grip[]>,
): readonly { readonly id: string; readonly path: readonly Grip[] }[] {
  const found = new Map<string, readonly Grip[]>([[principal, []]]);
  const queue = [principal];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    const path = found.get(at) ?? [];
    for (const grip of [...(members.get(at) ?? [])].sort((a, b) => byText(a.from, b.from))) {
      if (found.has(grip.from)) continue;
      found.set(grip.from, [grip, ...path]);
      queue.push(grip.from);
    }
  }
  return [...found].map(([id, path]) => ({ id, path }));
}

/** Whom an API key is the credential of. */
export function credentialsOf(key: string, estate: Estate): readonly string[] {
  const fact = estate.factOf("credential", key);
  return fact === undefined ? [] : fact.principals.flatMap((ref) => principalAt(ref, estate)?.id ?? []);
}
