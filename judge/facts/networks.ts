import { type Known, known } from "../../kernel/known.ts";
import { tagAt } from "./classification.ts";
import type { Estate } from "./estate.ts";
import { regionOf } from "./location.ts";
import { perEstate } from "./per-estate.ts";
import type { Link } from "./reference.ts";

/** Readings of networks that several rules share. */

/** One name for the VPC behind a reference: URN, id, or `default` for the project's own; `undefined` when it can't be told. */
export function vpcKey(link: Link<{ readonly urn: string }>): string | undefined {
  if (link.kind === "found") return link.fact.urn;
  if (link.kind === "outside") return link.id;
  return link.kind === "absent" ? "default" : undefined;
}

/** The tier tag of a resource by URN; absent for one that is not in the estate. */
export const tierOf = (urn: string, estate: Estate): Known<string | undefined> => tagAt(urn, estate, "tier");

/** The region of a resource by URN; `undefined` when it is not known. */
export function regionOfUrn(urn: string, estate: Estate): string | undefined {
  const place = estate.resource(urn)?.location?.place;
  return place?.known ? regionOf(place.value) : undefined;
}

/** Answers of `findRanges`: each rule of each ACL asks for those of each declared flow. */
const rangesFound = perEstate(() => new Map<string, Known<readonly string[]>>());

/** Ranges of the networks of one tier of one region, as texts; unknown as soon as one of them might be one and can't be read. */
export function rangesOf(region: string, tier: string, estate: Estate): Known<readonly string[]> {
  const found = rangesFound(estate);
  const key = `${region}\n${tier}`;
  const ranges = found.get(key) ?? findRanges(region, tier, estate);
  found.set(key, ranges);
  return ranges;
}

function findRanges(region: string, tier: string, estate: Estate): Known<readonly string[]> {
  const found: string[] = [];
  for (const { urn, ipv4, ipv6 } of estate.facts("network-ranges")) {
    if (regionOfUrn(urn, estate) !== region) continue;
    const own = tierOf(urn, estate);
    if (own.known && own.value !== tier) continue;
    if (!own.known) return own;
    if (!ipv4.value.known) return ipv4.value;
    if (!ipv6.value.known) return ipv6.value;
    found.push(...(ipv4.value.value === undefined ? [] : [ipv4.value.value]), ...ipv6.value.value);
  }
  return known(found);
}
