import { decoderOf } from "./decoders/all.ts";
import { handlingOf } from "./handling.ts";
import { furtherPlaces, locationOf, type ProviderPlace } from "./location.ts";
import type { Resource } from "./observed.ts";
import type { RawResource } from "./raw.ts";
import type { Sight } from "./raw-property.ts";
import { surfaceOf } from "./surface.ts";
import { readTags } from "./tags.ts";
import { canonicalType, packageOf } from "./type-name.ts";

/** Everything that one raw resource says by itself, and by the settings of its provider instance. */
export function decodedResource(raw: RawResource, sight: Sight, provider: ProviderPlace | undefined): Resource {
  const type = canonicalType(raw.type);
  const row = surfaceOf(type);
  const location = locationOf(raw, row, sight, provider);
  return {
    urn: raw.urn,
    type: raw.type,
    canonicalType: type,
    name: raw.name,
    package: packageOf(raw.type),
    raw,
    handling: handlingOf(raw, type),
    location,
    furtherPlaces: furtherPlaces(raw, row, sight, location),
    tags: readTags(raw, row, sight),
    facts: decoderOf(type)?.decode(raw, sight) ?? [],
  };
}
