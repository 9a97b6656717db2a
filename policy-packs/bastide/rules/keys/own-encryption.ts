import type { Estate } from "../../../../judge/facts/estate.ts";
import type { BucketEncryptionFact, EncryptionDefault } from "../../../../judge/facts/fact.ts";
import {
  decide,
  fail,
  groundOf,
  pass,
  type Result,
  undecided,
  type Weaker,
  weakest,
} from "../../../../judge/kit/result.ts";
import type { Known, Origin } from "../../../../kernel/known.ts";
import { known } from "../../../../kernel/known.ts";
import { push } from "../../../../kernel/multimap.ts";

interface Bound {
  readonly config: BucketEncryptionFact;
  readonly ground: Weaker;
}

/** The encryption settings of each bucket, by URN, and those of which it can't be told whose they are. */
export function encryptionsByBucket(estate: Estate): {
  readonly of: ReadonlyMap<string, readonly Bound[]>;
  readonly unclear: Origin | undefined;
} {
  const of = new Map<string, Bound[]>();
  let unclear: Origin | undefined;
  for (const config of estate.facts("bucket-encryption")) {
    const link = estate.link(config.bucket, "bucket");
    if (link.kind === "found") {
      const bound = { config, ground: groundOf(link) };
      push(of, link.fact.urn, bound);
    } else if (link.kind === "unknown") unclear ??= link.from;
  }
  return { of, unclear };
}

function judgeDefault(subject: string, bound: Bound, { algorithm, key }: EncryptionDefault, estate: Estate): Result {
  const path = [bound.config.urn];
  const method = decide(
    { subject, property: algorithm.property, want: "aws:kms", path, proof: bound.ground },
    algorithm.value,
    (name) => name === "aws:kms",
  );
  if (method.outcome !== "pass") return method;
  const about = { subject, property: key.property, want: "a Key Manager key of this estate", path };
  const link = estate.link(key, "key");
  switch (link.kind) {
    case "found": {
      const proof = weakest(bound.ground, groundOf(link));
      return pass({ ...about, path: [...path, link.fact.urn], proof }, link.fact.urn);
    }
    case "unknown":
      return undecided(about, link.from);
    case "outside":
      return fail(about, link.id);
    case "absent":
      return fail(about, null);
  }
}

/** One setting of a bucket. The last one applied counts, whichever that is: a setting without default takes the others away. */
function judgeConfig(subject: string, bound: Bound, estate: Estate): readonly Result[] {
  const { urn, defaults } = bound.config;
  const about = { subject, property: "rules", want: "a default by aws:kms", path: [urn] };
  if (!defaults.known) return [undecided(about, defaults.from)];
  return defaults.value.length === 0
    ? [fail(about, "none")]
    : defaults.value.map((d) => judgeDefault(subject, bound, d, estate));
}

/**
 * Whether a bucket is encrypted by default with a Key Manager key of this estate.
 * @param matters whether it has to be; where that is not known, what would fail for the lack of a setting is undecided.
 */
export function judgeOwnEncryption(
  subject: string,
  configs: ReturnType<typeof encryptionsByBucket>,
  estate: Estate,
  matters: Known<unknown> = known(true),
): readonly Result[] {
  const about = { subject, property: "serverSideEncryption", want: "aws:kms with a key of this estate" };
  const results = (configs.of.get(subject) ?? []).flatMap((b) => judgeConfig(subject, b, estate));
  if (results.length > 0) return results;
  // Only what surely has to be surely fails for the lack of it.
  if (!matters.known) return [undecided(about, matters.from)];
  return [configs.unclear === undefined ? fail(about, "none") : undecided(about, configs.unclear)];
}
