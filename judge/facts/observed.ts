import type { Known } from "../../kernel/known.ts";
import type { Fact } from "./fact.ts";
import type { Location } from "./location.ts";
import type { RawResource } from "./raw.ts";
import type { Tags } from "./tags.ts";

/** How a resource's type is handled: decoded, harmless, not judged, unknown to us, or of a package that is not governed. */
export type TypeHandling =
  | { readonly judged: "decoded" }
  | { readonly judged: "harmless"; readonly reason: string }
  | { readonly judged: "no"; readonly reason: string }
  | { readonly judged: "foreign" }
  | { readonly judged: "component" };

/** One resource of an estate with everything that was decoded from it. */
export interface Resource {
  readonly urn: string;
  /** As registered. */
  readonly type: string;
  /** After deprecated aliases are mapped. */
  readonly canonicalType: string;
  readonly name: string;
  readonly package: string;
  readonly raw: RawResource;
  readonly handling: TypeHandling;
  /** The finest place that it has, zone before region; `undefined` for a global resource. */
  readonly location: Location | undefined;
  /** Other places that it names: a region beside the zone, and what is written where the id says another place. */
  readonly furtherPlaces: readonly Location[];
  /** `undefined` for a type that takes no tags. */
  readonly tags: Known<Tags> | undefined;
  readonly facts: readonly Fact[];
}
