import type { Origin } from "../../kernel/known.ts";
import { ANYBODY, bucketAccesses, lets, whoMay } from "./bucket-access.ts";
import { mayHoldHealthData, tagAt } from "./classification.ts";
import type { Estate } from "./estate.ts";
import { type Duties, type Duty, type Held, hold, principalOf, rightsIn } from "./rights.ts";

/** One who acts, with everything that all policies, groups and bucket policies together let them do. */
export interface Actor {
  /** URN, id, or words for one that is not known. */
  readonly who: string;
  readonly duties: Duties;
  readonly via: readonly string[];
}

export interface Separation {
  readonly actors: readonly Actor[];
  /** Groups whose members this program does not list: one person may be in all of them. */
  readonly openGroups: readonly string[];
  /** Policies and memberships that could not be read, and where they come from. */
  readonly unclear: readonly Origin[];
}

/** Members that nobody lists, taken together: over-approximated, for an unseen membership never takes a right away. */
export const UNLISTED = "people whose groups the identity provider fills";

/** The closure over users, groups, applications, IAM policies and bucket policies. */
export function separationIn(estate: Estate): Separation {
  const rights = rightsIn(estate);
  const held = new Map<string, Map<Duty, Held>>();
  const via = new Map<string, Set<string>>();
  const unclear: Origin[] = [];

  function give(who: string, duties: Duties, by: readonly string[]): void {
    const own = held.get(who) ?? new Map<Duty, Held>();
    for (const [duty, right] of duties) hold(own, duty, right);
    held.set(who, own);
    via.set(who, new Set([...(via.get(who) ?? []), ...by]));
  }

  const groups = membersByGroup(estate, unclear);
  for (const grants of estate.facts("grants")) {
    const duties = rights.ofPolicy(grants);
    if (!duties.known) {
      unclear.push(duties.from);
      continue;
    }
    for (const ref of grants.principals) {
      if (ref.kind === "absent") continue;
      const group = ref.property === "groupId" ? estate.link(ref, "group") : undefined;
      if (group === undefined) give(principalOf(ref, estate), duties.value, [grants.urn]);
      else if (group.kind === "found") {
        const { members, open } = groups.get(group.fact.urn) ?? { members: [], open: true };
        for (const who of members) give(who, duties.value, [group.fact.urn, grants.urn]);
        if (open) give(UNLISTED, duties.value, [group.fact.urn, grants.urn]);
      } else if (group.kind === "outside") give(UNLISTED, duties.value, [group.id, grants.urn]);
      else give(UNLISTED, duties.value, [grants.urn]);
    }
  }
  for (const { who, duty, right } of onBuckets(estate, unclear)) give(who, new Map([[duty, right]]), [right.by]);

  return {
    actors: [...held].map(([who, duties]) => ({ who, duties, via: [...(via.get(who) ?? [])] })),
    openGroups: [...groups].filter(([, { open }]) => open).map(([urn]) => urn),
    unclear,
  };
}

interface Members {
  readonly members: string[];
  /** Others may be in it. */
  open: boolean;
}

function membersByGroup(estate: Estate, unclear: Origin[]): ReadonlyMap<string, Members> {
  const groups = new Map<string, Members>();
  for (const { urn, members, external } of estate.facts("group")) {
    const row: Members = { members: [], open: !external.value.known || external.value.value === true };
    for (const { value } of members) {
      if (value.known) row.members.push(...value.value.map((ref) => principalOf(ref, estate)));
      else row.open = true;
    }
    groups.set(urn, row);
  }
  for (const { group, members } of estate.facts("membership")) {
    const link = estate.link(group, "group");
    if (link.kind === "unknown") unclear.push(link.from);
    if (link.kind === "found")
      groups.get(link.fact.urn)?.members.push(...members.map((ref) => principalOf(ref, estate)));
  }
  return groups;
}

/** Duties that bucket policies give. */
function onBuckets(estate: Estate, unclear: Origin[]): readonly { who: string; duty: Duty; right: Held }[] {
  const accesses = bucketAccesses(estate);
  return estate.facts("bucket").flatMap(({ urn }) => {
    const access = accesses.to(urn);
    if (!access.known) unclear.push(access.from);
    if (!access.known || access.value === undefined) return [];
    const { policies, allows } = access.value;
    const [tier, dataClass] = [tagAt(urn, estate, "tier"), tagAt(urn, estate, "data-class")];
    const named = (duty: Duty, action: string): { who: string; duty: Duty; right: Held }[] =>
      (access.value === undefined ? [] : whoMay(access.value, action))
        .filter((who) => who !== ANYBODY)
        .map((who) => ({ who, duty, right: { by: policies[0] ?? urn, right: action } }));
    const health = !dataClass.known || mayHoldHealthData(dataClass.value);
    const is = (word: string): boolean => tier.known && tier.value === word;
    return [
      ...(health ? named("data", "s3:GetObject") : []),
      ...(is("log") && allows.some((s) => lets(s, "s3:DeleteObject")) ? named("log-deletion", "s3:DeleteObject") : []),
      ...(is("export") ? [...named("export", "s3:PutObject"), ...named("review", "s3:GetObject")] : []),
    ];
  });
}
