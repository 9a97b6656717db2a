import { type Known, known, unknown } from "../../kernel/known.ts";
import type { RawResource } from "./raw.ts";
import { type Sight, topLevelValue } from "./raw-property.ts";
import type { SdkRow } from "./sdk.data.ts";
import { canonicalType } from "./type-name.ts";

/** Where a resource comes to rest. */
export interface Location {
  /** Property that says so, or would. */
  readonly property: "region" | "zone";
  /** A region or a zone name. */
  readonly place: Known<string>;
  /** Who says so: the id that the provider assigned, the program, the provider instance, or the provider's built-in default. */
  readonly by: "id" | "written" | "provider" | "default";
}

/** What the provider falls back to when neither resource nor provider instance nor environment names a place. */
const BUILT_IN = { region: "fr-par", zone: "fr-par-1" } as const;

const ZONE = /^[a-z]{2}-[a-z]{3,7}-[0-9]{1,2}$/;
const REGION = /^[a-z]{2}-[a-z]{3,7}$/;

/** Types that rest in a region and whose `zone` the API has not taken for long. */
const DEAD_ZONE: ReadonlySet<string> = new Set(["scaleway:network/privateNetwork:PrivateNetwork"]);

/** The property by which a type says where it rests; `undefined` for a global one. */
export function placeProperty(type: string, row: SdkRow | undefined): Location["property"] | undefined {
  if (row?.located.includes("zone") && !DEAD_ZONE.has(type)) return "zone";
  return row?.located.includes("region") ? "region" : undefined;
}

/** The region of a region or zone name. */
export const regionOf = (place: string): string => (ZONE.test(place) ? place.replace(/-[0-9]{1,2}$/, "") : place);

/** Settings of the provider instance that a resource uses, as far as it has one. */
export interface ProviderPlace {
  readonly region: Known<string | undefined>;
  readonly zone: Known<string | undefined>;
}

/**
 * The place of a located resource; `undefined` for a global one. The assigned id is the strongest fact, then what is written.
 * A zonal resource without zone goes to the provider's zone or to `fr-par-1`, whatever region the provider names
 * (recorded against provider 2.80.0). Environment variables overrule provider settings and no door shows them, so a place
 * that is not written is never more than assumed.
 */
export function locationOf(
  raw: RawResource,
  row: SdkRow | undefined,
  sight: Sight,
  provider: ProviderPlace | undefined,
): Location | undefined {
  const property = row === undefined ? undefined : placeProperty(canonicalType(raw.type), row);
  if (property === undefined) return undefined;
  const prefix = typeof raw.id === "string" ? (raw.id.split("/")[0] ?? "") : "";
  const written = topLevelValue(raw, property, sight);
  // Some zonal things have ids of their region (pools): the zone that is written names the place more closely.
  const closer =
    property === "zone" && typeof written === "string" && ZONE.test(written) && regionOf(written) === prefix;
  if (raw.id !== prefix && !closer && (ZONE.test(prefix) || REGION.test(prefix))) {
    return { property, place: known(prefix), by: "id" };
  }
  if (typeof written === "string" && written !== "") return { property, place: known(written), by: "written" };
  if (written !== undefined && written !== "") {
    return { property, place: unknown(property, raw.propertyDependencies[property] ?? []), by: "written" };
  }
  const inherited = provider?.[property];
  if (inherited !== undefined && !inherited.known) return { property, place: inherited, by: "provider" };
  if (inherited?.value !== undefined) return { property, place: known(inherited.value), by: "provider" };
  return { property, place: known(BUILT_IN[property]), by: "default" };
}

/** The place that a property names; `undefined` when it names none. */
function writtenPlace(raw: RawResource, property: Location["property"], sight: Sight): Location | undefined {
  const written = topLevelValue(raw, property, sight);
  if (written === undefined || written === "") return undefined;
  return typeof written === "string"
    ? { property, place: known(written), by: "written" }
    : { property, place: unknown(property, raw.propertyDependencies[property] ?? []), by: "written" };
}

/**
 * Places that a resource names besides the one where it rests: the region beside a zone, and what is written where the id
 * says another place, because the next update moves it there.
 */
export function furtherPlaces(
  raw: RawResource,
  row: SdkRow | undefined,
  sight: Sight,
  rest: Location | undefined,
): readonly Location[] {
  return (row?.located ?? []).flatMap((property) => {
    if (property !== "region" && property !== "zone") return [];
    const place = writtenPlace(raw, property, sight);
    if (place === undefined || (property === rest?.property && rest.by !== "id")) return [];
    const known = place.place.known && rest?.place.known === true;
    return known && property === rest?.property && place.place.value === rest.place.value ? [] : [place];
  });
}
