import { tagAt } from "../../../../judge/facts/classification.ts";
import type { Estate } from "../../../../judge/facts/estate.ts";
import { fail, notApplicable, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import type { Known, Origin } from "../../../../kernel/known.ts";

/** Annotation of a CronJob that tries restores: names of the backup buckets, with blanks between. */
const RESTORES = "bastide.dev/restores";

/** Which bucket names a scheduled job restores from, and where that can't be told. */
function restoresIn(estate: Estate): {
  readonly of: ReadonlyMap<string, string>;
  readonly unclear: Origin | undefined;
} {
  const of = new Map<string, string>();
  let unclear: Origin | undefined;
  for (const { urn, object, patch, annotations } of estate.facts("manifest")) {
    if (object !== "CronJob" || patch) continue;
    if (!annotations.value.known) unclear ??= annotations.value.from;
    else for (const name of (annotations.value.value[RESTORES] ?? "").split(/\s+/)) of.set(name, urn);
  }
  return { of, unclear };
}

function judgeBackup(
  urn: string,
  name: Known<string | undefined>,
  estate: Estate,
  all: ReturnType<typeof restoresIn>,
): Result {
  const about = { subject: urn, property: "restore test", want: `a CronJob with the annotation ${RESTORES}` };
  const tier = tagAt(urn, estate, "tier");
  if (!tier.known) return undecided(about, tier.from);
  if (tier.value !== "backup") return notApplicable(urn, about.property, `tier ${tier.value ?? "not said"}`);
  if (!name.known) return undecided(about, name.from);
  const job = all.of.get(name.value ?? "");
  if (job !== undefined) return pass({ ...about, path: [job], proof: "declared" }, job);
  return all.unclear === undefined ? fail(about, "none") : undecided(about, all.unclear);
}

export const restoresAreTried = rule({
  id: "DR-07",
  title: "each backup set has a job that tries to restore it",
  severity: "medium",
  enforcement: "advisory",
  waivable: true,
  controls: ["SNC:12.5.c", "SNC:17.3.a", "RCF:13.2", "IR:4.2.6", "IR:4.2.3", "GDPR:32.1.d", "CNILG:17.3", "ISO:A.5.30"],
  rationale:
    "A backup that nobody restored is a hope. Jobs run in the platform's layer, so a foundation judged alone is told of every set; " +
    "that the test succeeded, and when, is evidence from the running system.",
  remedy: `Give the job that restores into a scratch space the annotation \`${RESTORES}\` with the bucket's name, and keep its result.`,
  judge: (estate) => {
    const all = restoresIn(estate);
    return estate.facts("bucket").map(({ urn, name }) => judgeBackup(urn, name, estate, all));
  },
});
