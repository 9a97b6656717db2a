import { createHash } from "node:crypto";

/** Taken before the program is loaded: ids that it could choose would make any two keys one. */
const hash = createHash;

/** Packages whose ids are `<region or zone>/<uuid>`. */
const LOCATED_PACKAGES: ReadonlySet<string> = new Set(["scaleway", "bastide"]);

export interface Registered {
  readonly urn: string;
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/**
 * An id for a resource that does not exist yet: unique by URN, the same in every run, shaped like the provider's own, and
 * told by nothing but a reference to this very resource. It carries a place only where the program wrote one: the judge takes
 * an id's place for a fact, and where a program is silent the provider's rules decide, not the gate.
 */
export function opaqueId({ urn, type, inputs }: Registered): string {
  const hex = hash("sha256").update(urn).digest("hex");
  const uuid = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  const place = LOCATED_PACKAGES.has(type.split(":")[0] ?? "") ? writtenPlace(inputs.region, inputs.zone) : undefined;
  return place === undefined ? uuid : `${place}/${uuid}`;
}

/** The zone, else the region; none when the two disagree: only the provider knows which of them its type reads. */
function writtenPlace(region: unknown, zone: unknown): string | undefined {
  if (!isPlace(zone)) return zone === undefined && isPlace(region) ? region : undefined;
  return region === undefined || zone.replace(/-\d{1,2}$/, "") === region ? zone : undefined;
}

/** Short words of letters, digits and dashes; marks for unknowns and secrets are none. */
const isPlace = (value: unknown): value is string =>
  typeof value === "string" && /^[a-z]{2}-[a-z]{3,7}(-\d{1,2})?$/.test(value);
