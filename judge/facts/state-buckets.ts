import { ancestors } from "./classification.ts";
import type { Estate } from "./estate.ts";
import type { BucketFact } from "./fact.ts";

/** Component whose bucket is made for the engine's state. */
const BOOTSTRAP = "bastide:components:Bootstrap";

/** Bucket of a backend's URL: `s3://bucket/folder?region=…`. */
const bucketOf = (backend: string): string | undefined => /^s3:\/\/([^/?]+)/.exec(backend)?.[1];

/**
 * The buckets that hold an engine's state: those that a backend's URL names, and those of a bootstrap, which wait for it.
 * @param backends URLs as the run and the settings say them.
 */
export function stateBuckets(estate: Estate, backends: readonly (string | undefined)[]): readonly BucketFact[] {
  const named = new Set(backends.flatMap((backend) => bucketOf(backend ?? "") ?? []));
  return estate.facts("bucket").filter(({ urn, name }) => {
    if (name.known && name.value !== undefined && named.has(name.value)) return true;
    const resource = estate.resource(urn);
    return resource !== undefined && ancestors(resource, estate).some((a) => a.raw.type === BOOTSTRAP);
  });
}
