import { type Estate, showsAnswers } from "../facts/estate.ts";
import type { Resource } from "../facts/observed.ts";
import type { Sight } from "../facts/raw-property.ts";
import { type Reader, readerOf } from "../facts/reader.ts";
import { type Ref, tailOf } from "../facts/reference.ts";

/** One side of a review, as the collectors of meanings read it. */
export interface Seen {
  readonly estate: Estate;
  readonly sight: Sight;
  /** Resources of one canonical type with their typed readers. */
  of<A extends object>(type: string): readonly { readonly resource: Resource; readonly read: Reader<A> }[];
  /** Who or what a reference means, by logical name; an id that is nobody's of this estate by itself. */
  name(ref: Ref): string;
  /** Ids in a text, replaced by the names of what they are: ids differ between two doors, names do not. */
  named(text: string): string;
}

export function seen(estate: Estate): Seen {
  const sight: Sight = showsAnswers(estate.door) ? "answer" : "wish";
  const byType = new Map<string, Resource[]>();
  const byId = new Map<string, string>();
  for (const resource of estate.resources) {
    const list = byType.get(resource.canonicalType);
    if (list === undefined) byType.set(resource.canonicalType, [resource]);
    else list.push(resource);
    if (typeof resource.raw.id === "string" && resource.raw.custom) byId.set(tailOf(resource.raw.id), resource.name);
  }
  return {
    estate,
    sight,
    of: <A extends object>(type: string) =>
      (byType.get(type) ?? []).map((resource) => ({ resource, read: readerOf<A>(resource.raw, type, sight) })),
    name: (ref) => {
      const link = estate.linkAny(ref);
      if (link.kind === "found") return link.fact.name;
      return link.kind === "outside" ? link.id : link.kind === "absent" ? "" : "(not known yet)";
    },
    named: (text) => text.replace(UUID, (id) => byId.get(id) ?? id),
  };
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
