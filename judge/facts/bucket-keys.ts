import { type Known, known } from "../../kernel/known.ts";
import type { Estate } from "./estate.ts";
import { perEstate } from "./per-estate.ts";

/** A key under which a bucket encrypts by default. */
export interface BucketKey {
  /** URN where the estate has it, else its id; `undefined` for the provider's own. */
  readonly key: string | undefined;
  readonly config: string;
  readonly assumed: boolean;
}

export interface BucketKeys {
  /** Keys of a bucket by its URN; empty when it surely has no default. */
  readonly of: (bucket: string) => Known<readonly BucketKey[]>;
  readonly all: ReadonlyMap<string, Known<readonly BucketKey[]>>;
}

/** The default keys of all buckets. */
export const bucketKeys = perEstate((estate): BucketKeys => {
  const all = new Map<string, Known<readonly BucketKey[]>>();
  let unclear: Known<readonly BucketKey[]> = known([]);
  for (const config of estate.facts("bucket-encryption")) {
    const link = estate.link(config.bucket, "bucket");
    if (link.kind === "unknown") unclear = { known: false, from: link.from };
    if (link.kind !== "found") continue;
    const before = all.get(link.fact.urn) ?? known([]);
    if (!before.known) continue;
    const here = keysOf(config, link.assumed, estate);
    all.set(link.fact.urn, here.known ? known([...before.value, ...here.value]) : here);
  }
  return { all, of: (bucket) => all.get(bucket) ?? unclear };
});

function keysOf(
  { urn, defaults }: ReturnType<Estate["facts"]>[number] & { readonly kind: "bucket-encryption" },
  assumed: boolean,
  estate: Estate,
): Known<readonly BucketKey[]> {
  if (!defaults.known) return defaults;
  const keys: BucketKey[] = [];
  for (const { key } of defaults.value) {
    const link = estate.link(key, "key");
    if (link.kind === "unknown") return { known: false, from: link.from };
    if (link.kind === "found") keys.push({ key: link.fact.urn, config: urn, assumed: assumed || link.assumed });
    else keys.push({ key: link.kind === "outside" ? link.id : undefined, config: urn, assumed });
  }
  return known(keys);
}
