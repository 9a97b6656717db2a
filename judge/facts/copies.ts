import { allKnown, type Known, known, mapKnown } from "../../kernel/known.ts";
import { ANYBODY, bucketAccesses, whoMay } from "./bucket-access.ts";
import { bucketKeys } from "./bucket-keys.ts";
import { tagAt } from "./classification.ts";
import { regionOf } from "./location.ts";
import { perEstate } from "./per-estate.ts";
import { projectOf, UNWRITTEN_PROJECT } from "./project.ts";

/**
 * A bucket of tier backup as the copy of another: Scaleway replicates nothing, so the edge is who may read the one and write the
 * other. That a job does so, and how often, no foundation shows.
 */
export interface Copy {
  readonly bucket: string;
  readonly region: Known<string | undefined>;
  readonly otherRegion: Known<boolean>;
  readonly otherProject: Known<boolean>;
  readonly otherKey: Known<boolean>;
  /** Applications that may carry it over. */
  readonly carriers: Known<readonly string[]>;
  /** Whether both objectives are written, in minutes. */
  readonly objectives: Known<boolean>;
  readonly ground: "declared" | "assumed" | undefined;
}

/** What the copies of a bucket are looked up in, once for all buckets. */
export interface Copies {
  /** Buckets that are meant as copies of this one: of tier backup, and of the same domain. */
  readonly of: (bucket: string) => Known<readonly Copy[]>;
}

export const copiesIn = perEstate((estate): Copies => {
  const accesses = bucketAccesses(estate);
  const keys = bucketKeys(estate);
  const tag = (urn: string, name: string): Known<string | undefined> => tagAt(urn, estate, name);
  const backups = estate
    .facts("bucket")
    .map(({ urn }) => ({ urn, tier: tag(urn, "tier"), domain: tag(urn, "domain") }))
    .filter(({ tier }) => !tier.known || tier.value === "backup");

  function carriers(from: string, to: string): Known<readonly string[]> {
    const both = allKnown([accesses.to(from), accesses.to(to)]);
    return mapKnown(both, ([source, target]) => {
      const readers = source === undefined ? [] : whoMay(source, "s3:GetObject");
      const writers = target === undefined ? [] : whoMay(target, "s3:PutObject");
      return writers.filter((who) => who !== ANYBODY && readers.includes(who));
    });
  }

  function copy(from: string, to: string): Copy {
    const region = (urn: string): Known<string | undefined> => {
      const place = estate.resource(urn)?.location?.place;
      return place === undefined ? known(undefined) : mapKnown(place, regionOf);
    };
    const project = (urn: string): Known<string> => {
      const resource = estate.resource(urn);
      return resource === undefined ? known("") : projectOf(resource, estate);
    };
    const differ = <T>(a: Known<T>, b: Known<T>): Known<boolean> => mapKnown(allKnown([a, b]), ([x, y]) => x !== y);
    const access = [accesses.to(from), accesses.to(to)].flatMap((it) => (it.known ? [it.value?.ground] : []));
    return {
      bucket: to,
      region: region(to),
      otherRegion: differ(region(from), region(to)),
      // A project that nobody wrote is the provider's own, and may be the other's too.
      otherProject: mapKnown(
        allKnown([project(from), project(to)]),
        ([here, there]) => here !== there && here !== UNWRITTEN_PROJECT && there !== UNWRITTEN_PROJECT,
      ),
      otherKey: mapKnown(allKnown([keys.of(from), keys.of(to)]), ([ours = [], theirs = []]) => {
        const used = new Set(ours.map(({ key }) => key));
        return theirs.length > 0 && theirs.every(({ key }) => key !== undefined && !used.has(key));
      }),
      carriers: carriers(from, to),
      objectives: mapKnown(allKnown([tag(to, "rpo-minutes"), tag(to, "rto-minutes")]), (minutes) =>
        minutes.every((text) => /^[1-9]\d*$/.test(text ?? "")),
      ),
      ground: access.includes("declared") ? "declared" : access.includes("assumed") ? "assumed" : undefined,
    };
  }

  const found = new Map<string, Known<readonly Copy[]>>();

  function of(bucket: string): Known<readonly Copy[]> {
    const before = found.get(bucket) ?? search(bucket);
    found.set(bucket, before);
    return before;
  }

  function search(bucket: string): Known<readonly Copy[]> {
    const domain = tag(bucket, "domain");
    if (!domain.known) return domain;
    const meant: Copy[] = [];
    for (const backup of backups) {
      if (backup.urn === bucket) continue;
      if (!backup.tier.known) return backup.tier;
      if (!backup.domain.known) return backup.domain;
      if (backup.domain.value === domain.value) meant.push(copy(bucket, backup.urn));
    }
    return known(meant);
  }

  return { of };
});

/** Each thing that an independent copy needs, and whether this one has it. */
export const needsOf = (copy: Copy): readonly (readonly [need: string, met: Known<boolean>])[] => [
  ["an application that may read here and write there", mapKnown(copy.carriers, (who) => who.length > 0)],
  ["another project", copy.otherProject],
  ["another key", copy.otherKey],
];
