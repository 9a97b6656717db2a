import { known } from "../../kernel/known.ts";
import { byKey } from "../../kernel/order.ts";
import { tagOf } from "../facts/classification.ts";
import { regionOf } from "../facts/location.ts";
import type { Resource } from "../facts/observed.ts";
import type { Law } from "../kit/law.ts";
import { NOT_KNOWN } from "./change.ts";
import { dataIn } from "./loss.ts";
import { type Meaning, meaning, valued } from "./meaning.ts";
import { jurisdiction } from "./residency.ts";
import type { Seen } from "./seen.ts";

/**
 * Where each class of data can come to rest, under whose law and by whom operated. One meaning for each class and place, with
 * the first resource that puts it there as witness; another witness for the same is no change.
 */
export function places(seen: Seen, law: Law): readonly Meaning[] {
  const { estate } = seen;
  const found = new Map<string, Meaning>();
  for (const resource of [...estate.resources].sort(byKey((r) => r.urn))) {
    for (const m of [...placed(resource, seen, law)]) {
      const key = m.what;
      const before = found.get(key);
      if (before === undefined || m.value === NOT_KNOWN) found.set(key, m);
    }
  }
  return [...found.values(), ...estate.resources.flatMap((r) => classOf(r, seen))];
}

function placed(resource: Resource, seen: Seen, law: Law): readonly Meaning[] {
  if (!resource.raw.custom || dataIn(resource.type) === undefined) return [];
  const tag = tagOf(resource, seen.estate, "data-class");
  const dataClass = !tag.known ? "data of a class not known yet" : (tag.value ?? "data without a class");
  const sites = [...(resource.location === undefined ? [] : [resource.location]), ...resource.furtherPlaces];
  return sites.map(({ place, property }) => {
    const rest = { subject: resource.urn, property, whole: true };
    if (!place.known) return meaning("residency", "rests", NOT_KNOWN, { ...rest, what: dataClass });
    return meaning("residency", "rests", true, {
      ...rest,
      what: `${dataClass} ${jurisdiction(regionOf(place.value), law)}`,
    });
  });
}

/** The class that a thing is said to hold decides which rules look at it; so does the tier of a network. */
function classOf(resource: Resource, seen: Seen): readonly Meaning[] {
  if (!resource.raw.custom) return [];
  const rest = { subject: resource.urn, property: "tags" };
  const isNetwork = resource.facts.some((f) => f.kind === "private-network");
  const tier = isNetwork ? valued("residency", "tier", tagOf(resource, seen.estate, "tier"), rest) : [];
  if (dataIn(resource.type) === undefined) return tier;
  return [...tier, ...valued("residency", "data class", tagOf(resource, seen.estate, "data-class"), rest)];
}

/** Everything that holds data, each a store. */
export const stores = ({ estate }: Seen): readonly Meaning[] =>
  estate.resources.flatMap((r) => {
    const held = r.raw.custom ? dataIn(r.type) : undefined;
    return held === undefined ? [] : valued("store", "holds data", known(held), { subject: r.urn, property: "" });
  });

/** What no rule can judge: its being there, and every change of it, is for a person. */
export const unjudged = ({ estate }: Seen, digest: (r: Resource) => string): readonly Meaning[] =>
  estate.resources.flatMap((r) =>
    r.handling.judged === "no"
      ? valued("unknown", "not judged", known(digest(r)), { subject: r.urn, property: "type" })
      : [],
  );
