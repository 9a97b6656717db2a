import type { Fact } from "../fact.ts";
import type { RawResource } from "../raw.ts";
import type { Sight } from "../raw-property.ts";
import { type Reader, readerOf } from "../reader.ts";

/** Decodes resources of one canonical type. */
export interface Decoder {
  readonly type: string;
  readonly decode: (raw: RawResource, sight: Sight) => readonly Fact[];
}

/** A decoder that reads through the SDK's own argument interface `A`. */
export const decoder = <A extends object>(
  type: string,
  facts: (read: Reader<A>, raw: RawResource) => readonly Fact[],
): Decoder => ({ type, decode: (raw, sight) => facts(readerOf<A>(raw, type, sight), raw) });
