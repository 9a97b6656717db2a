import type { Known, Origin } from "../../kernel/known.ts";
import { sortedUnique } from "../../kernel/order.ts";
import type { Estate } from "../facts/estate.ts";
import type { Resource } from "../facts/observed.ts";
import type { Sharing } from "./holders.ts";
import { fail, pass, type Result, undecided } from "./result.ts";
import { sharingOf } from "./sharing.ts";

/** What must stay apart: a label of each resource, `undefined` for what belongs to no side. */
export type Label = (resource: Resource) => Known<string | undefined>;

/** Words for findings: what a holder must be. */
export interface Separation {
  readonly label: Label;
  /** e.g. `one permit`. */
  readonly want: string;
}

/** How each holder is called in a finding's property. */
const PROPERTY = {
  project: "projectId",
  network: "privateNetworkId",
  key: "kmsMasterKeyId",
  bucket: "policy",
  principal: "rules",
} as const satisfies Readonly<Record<Sharing["kind"], string>>;

/** The labels among members, and the first member whose label nobody can tell. */
function labelsOf(members: Sharing["members"], label: Label) {
  const witnesses = new Map<string, string>();
  let unclear: Origin | undefined;
  for (const { resource } of members) {
    const found = label(resource);
    if (!found.known) unclear ??= found.from;
    else if (found.value !== undefined && !witnesses.has(found.value)) witnesses.set(found.value, resource.urn);
  }
  return { witnesses, unclear };
}

function judgeHolder(holder: Sharing, { label, want }: Separation): readonly Result[] {
  const about = { subject: holder.urn, property: PROPERTY[holder.kind], want };
  const { witnesses, unclear } = labelsOf(holder.members, label);
  const labels = sortedUnique([...witnesses.keys()]);
  if (labels.length > 1) {
    const certain = labelsOf(
      holder.members.filter((m) => !m.assumed),
      label,
    ).witnesses;
    const proof = certain.size > 1 ? undefined : ("assumed" as const);
    return [fail({ ...about, path: labels.flatMap((l) => witnesses.get(l) ?? []), proof }, labels)];
  }
  const [only] = labels;
  if (only === undefined) return [];
  // One side is here: whatever can't be read may be the other.
  const blind = unclear ?? holder.unclear;
  if (blind !== undefined) return [undecided(about, blind)];
  const proof = holder.members.some((m) => m.assumed) ? ("assumed" as const) : undefined;
  return [pass({ ...about, path: [...witnesses.values()], proof }, only)];
}

/**
 * Whether no project, network, key, bucket or principal serves two sides. What cannot be read counts as possibly the other
 * side as soon as one is there.
 */
export const judgeSeparation = (estate: Estate, separation: Separation): readonly Result[] =>
  sharingOf(estate).flatMap((holder) => judgeHolder(holder, separation));
