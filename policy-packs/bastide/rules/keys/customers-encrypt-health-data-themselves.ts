import { type BucketAccesses, bucketAccesses, whoMay } from "../../../../judge/facts/bucket-access.ts";
import { tagAt } from "../../../../judge/facts/classification.ts";
import type { Estate } from "../../../../judge/facts/estate.ts";
import type { ObjectEncryptionFact } from "../../../../judge/facts/fact-retention.ts";
import { urnParts } from "../../../../judge/facts/type-name.ts";
import { whereHealth } from "../../../../judge/kit/health.ts";
import { decide, fail, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";

const MODES: readonly (string | undefined)[] = ["client-side", "sse-c"];

const names = (list: string | undefined): readonly string[] => (list ?? "").split(/\s+/).filter((name) => name !== "");

/** Logical name of an application, from its URN, a declaration's reference, or the text of a policy. */
const nameOf = (principal: string): string => (principal.includes("::") ? urnParts(principal).name : principal);

/** Whoever may write must encrypt; what is copied into a backup is encrypted already. */
function judgeWriters(urn: string, encrypting: readonly string[], accesses: BucketAccesses, estate: Estate): Result {
  const about = { subject: urn, property: "tags.encrypted-by", want: "every application that may write" };
  const tier = tagAt(urn, estate, "tier");
  if (!tier.known) return undecided(about, tier.from);
  if (encrypting.length === 0) return fail(about, null);
  if (tier.value === "backup") return pass({ ...about, proof: "declared" }, encrypting);
  const access = accesses.to(urn);
  if (!access.known) return undecided(about, access.from);
  const writers = access.value === undefined ? [] : whoMay(access.value, "s3:PutObject");
  const others = writers.filter((writer) => !encrypting.includes(nameOf(writer)));
  return others.length === 0
    ? pass({ ...about, proof: "declared", path: access.value?.policies ?? [] }, encrypting)
    : fail({ ...about, path: others }, { encrypt: encrypting, writeWithout: others.map(nameOf) });
}

function judgeBucket(urn: string, accesses: BucketAccesses, estate: Estate): readonly Result[] {
  const property = "tags.customer-encryption";
  return whereHealth(urn, property, estate, () => {
    const by = tagAt(urn, estate, "encrypted-by");
    const mode = { subject: urn, property, want: MODES, proof: "declared" } as const;
    return [
      decide(mode, tagAt(urn, estate, "customer-encryption"), (it) => MODES.includes(it)),
      by.known
        ? judgeWriters(urn, names(by.value), accesses, estate)
        : undecided({ ...mode, property: "tags.encrypted-by" }, by.from),
    ];
  });
}

/** An object that the program itself puts into a health bucket. */
function judgeObject({ urn, bucket, customerKey, marker }: ObjectEncryptionFact, estate: Estate): readonly Result[] {
  const about = {
    subject: urn,
    property: customerKey.property,
    want: "a customer key, or the marker of a client that encrypts",
  };
  const link = estate.link(bucket, "bucket");
  const judge = (): readonly Result[] => {
    if (customerKey.value.known && customerKey.value.value) return [pass(about, "a customer key")];
    const marked = decide({ ...about, proof: "declared" }, marker.value, (text) => text === "client-side");
    return [marked.outcome === "pass" || customerKey.value.known ? marked : undecided(about, customerKey.value.from)];
  };
  return whereHealth(link.kind === "found" ? link.fact.urn : urn, about.property, estate, judge).map((r) => ({
    ...r,
    subject: urn,
  }));
}

export const customersEncryptHealthDataThemselves = rule({
  id: "KEY-02",
  title: "health data are encrypted by the customer before Scaleway sees them, and it is said by whom",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["SRM:S", "SNC:3.3.2", "GDPR:32.1.a", "HDS:05"],
  rationale:
    "Scaleway's responsibility page asks its health customers for SSE-C or client-side encryption: a key in the provider's own Key Manager " +
    "is not accepted for them until somebody confirms it. A plan can't see a byte, so the bucket says the manner and the applications that " +
    "apply it, and nobody else may have the right to write. What is really written is for a look at an object and for an attestation.",
  remedy:
    "Tag the bucket `customer-encryption=client-side` or `sse-c` and `encrypted-by=` with the logical names of the applications that " +
    "encrypt; give no other application `s3:PutObject`.",
  judge: (estate) => {
    const accesses = bucketAccesses(estate);
    return [
      ...estate.facts("bucket").flatMap(({ urn }) => judgeBucket(urn, accesses, estate)),
      ...estate.facts("object-encryption").flatMap((fact) => judgeObject(fact, estate)),
    ];
  },
});
