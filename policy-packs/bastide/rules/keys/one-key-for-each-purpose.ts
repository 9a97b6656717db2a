import { type BucketKeys, bucketKeys } from "../../../../judge/facts/bucket-keys.ts";
import { tagAt } from "../../../../judge/facts/classification.ts";
import type { Estate } from "../../../../judge/facts/estate.ts";
import { fail, notApplicable, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { allKnown, type Known, mapKnown } from "../../../../kernel/known.ts";
import { push } from "../../../../kernel/multimap.ts";

/** Tiers whose data are one purpose: what research spaces work on, wherever it stands. */
const DATA_TIERS: readonly string[] = ["compute", "data", "export"];

/** What a bucket is for: its tier, and the permit where it belongs to one. */
function purposeOf(bucket: string, estate: Estate): Known<string> {
  const tags = allKnown([tagAt(bucket, estate, "tier"), tagAt(bucket, estate, "permit")]);
  return mapKnown(tags, ([tier = "not said", permit]) => {
    const purpose = DATA_TIERS.includes(tier) ? "data" : tier;
    return permit === undefined || permit === "" ? purpose : `${purpose} of ${permit}`;
  });
}

interface Use {
  readonly bucket: string;
  readonly config: string;
  readonly assumed: boolean;
}

/** The buckets under each key that is no provider's own. */
function usesByKey({ all }: BucketKeys): ReadonlyMap<string, readonly Use[]> {
  const uses = new Map<string, Use[]>();
  for (const [bucket, keys] of all) {
    for (const { key, config, assumed } of keys.known ? keys.value : []) {
      if (key !== undefined) push(uses, key, { bucket, config, assumed });
    }
  }
  return uses;
}

function judgeUses(subject: string, uses: readonly Use[], estate: Estate): Result {
  const about = {
    subject,
    property: "purpose",
    want: "one purpose: data, backup, log or state, of one permit",
    path: uses.map(({ bucket }) => bucket),
    proof: uses.some(({ assumed }) => assumed) ? ("assumed" as const) : undefined,
  };
  const purposes = uses.map(({ bucket }) => purposeOf(bucket, estate));
  const told = [...new Set(purposes.flatMap((p) => (p.known ? [p.value] : [])))].sort();
  if (told.length > 1) return fail(about, told);
  const open = uses.length > 1 ? purposes.find((p) => !p.known) : undefined;
  return open?.known === false ? undecided(about, open.from) : pass(about, told[0] ?? "one bucket");
}

export const oneKeyForEachPurpose = rule({
  id: "KEY-04",
  title: "each purpose has a key of its own",
  severity: "medium",
  enforcement: "mandatory",
  waivable: true,
  controls: ["IR:9.2.c.i", "EHDS:73.1.d", "ISO:A.8.24"],
  rationale:
    "The right to decrypt is given by key. One key for data and logs lets whoever audits read the data; one for data and backups " +
    "loses both at once; one for two permits lets each space read the other.",
  remedy: "Make a key for data, backups, logs and state each, and one for each permit with buckets of its own.",
  judge: (estate) => {
    const keys = bucketKeys(estate);
    const uses = usesByKey(keys);
    const own = new Set(estate.facts("key").map(({ urn }) => urn));
    return [
      ...estate.facts("key").map(({ urn }) => {
        const here = uses.get(urn);
        return here === undefined
          ? notApplicable(urn, "purpose", "no bucket is encrypted under it")
          : judgeUses(urn, here, estate);
      }),
      // A key of another stack is nobody's resource here: the first bucket's encryption stands for it.
      ...[...uses]
        .filter(([key]) => !own.has(key))
        .map(([, here]) => judgeUses(here[0]?.config ?? "stack", here, estate)),
      ...[...keys.all].flatMap(([bucket, found]) =>
        found.known
          ? []
          : [undecided({ subject: bucket, property: "purpose", want: "a key that is known" }, found.from)],
      ),
    ];
  },
});
