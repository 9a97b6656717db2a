import { tagOf } from "../../../../judge/facts/classification.ts";
import type { Estate } from "../../../../judge/facts/estate.ts";
import type { BucketFact, TelemetrySourceFact } from "../../../../judge/facts/fact.ts";
import type { Resource } from "../../../../judge/facts/observed.ts";
import { decide, notApplicable, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { resourceRule } from "../../../../judge/kit/rule.ts";

/** One year: what EHDS art. 73.1.e asks of access logs of secure processing environments. */
const DAYS = 365;

/** What a source may store besides logs, in the provider's words; any other word may mean logs. */
const OTHER_SIGNALS: readonly (string | undefined)[] = ["metrics", "traces"];

function judgeSource({ urn, signal, retentionDays }: TelemetrySourceFact): Result {
  const { property, value } = retentionDays;
  const about = { subject: urn, property, want: `at least ${DAYS}` };
  // A source that does not say what it stores may store logs.
  if (signal.value.known && OTHER_SIGNALS.includes(signal.value.value)) {
    return notApplicable(urn, property, `a source of ${signal.value.value}`);
  }
  const enough = (days: number | undefined): boolean => days !== undefined && days >= DAYS;
  if (value.known && enough(value.value)) return pass(about, value.value);
  return signal.value.known ? decide(about, value, enough) : undecided(about, signal.value.from);
}

/** Log objects must not expire before the year is over; without expiry they stay. */
function judgeBucket(bucket: BucketFact, resource: Resource, estate: Estate): readonly Result[] {
  const about = { subject: bucket.urn, property: "lifecycleRules", want: `no expiry before ${DAYS} days` };
  const tier = tagOf(resource, estate, "tier");
  if (tier.known && tier.value !== "log") return [];
  if (!bucket.lifecycle.known) return [undecided(about, bucket.lifecycle.from)];
  const results = bucket.lifecycle.value.map((r) => {
    const at = { ...about, property: `${r.property}.expiration.days` };
    if (r.enabled.known && r.enabled.value === false) return pass(at, "disabled");
    if (!tier.known) return undecided(at, tier.from);
    return decide(at, r.expiresAfterDays, (days) => days === undefined || days >= DAYS);
  });
  return results.length > 0 ? results : [pass(about, "no expiry")];
}

export const logsAreKeptAYear = resourceRule({
  id: "OBS-01",
  title: "access and security logs are kept for a year",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["EHDS:73.1.e", "SNC:12.6.c", "RCF:20.5", "JRN:R25", "IR:3.2.5", "ISO:A.8.15", "GDPR:5.1.e", "SNDS24:7.2?"],
  rationale:
    "An intrusion is found months after it began. Cockpit keeps logs seven days unless told otherwise; a year is what EHDS asks, " +
    "more than SecNumCloud's six months.",
  remedy: "Set `retentionDays: 365` on sources of logs, and let nothing in log buckets expire earlier.",
  judgeOne: (resource, estate) =>
    resource.facts.flatMap((fact) => {
      if (fact.kind === "telemetry-source") return [judgeSource(fact)];
      return fact.kind === "bucket" ? judgeBucket(fact, resource, estate) : [];
    }),
});
