import type { Estate } from "../../../../judge/facts/estate.ts";
import type { ManifestFact } from "../../../../judge/facts/fact-kubernetes.ts";
import { type About, decide, fail, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { TRANSFER } from "../../../../stacks/transfer.ts";
import { annotation, isPurpose } from "./migration.ts";

const DAY = /^\d{4}-\d\d-\d\d$/;

/** Comparisons of the same set, in whatever cluster: sides of a migration may have one each. */
function comparisonsOf(set: string, estate: Estate) {
  const certain: ManifestFact[] = [];
  let unclear: string | undefined;
  for (const object of estate.facts("manifest")) {
    if (object.object !== "Job" && object.object !== "CronJob") continue;
    const purpose = isPurpose(object, "comparison");
    const told = annotation(object, TRANSFER.set).value;
    if (!purpose.known || !told.known) unclear ??= object.urn;
    else if (purpose.value && told.value === set) certain.push(object);
  }
  return { certain, unclear };
}

const accountOf = (object: ManifestFact, estate: Estate) => estate.factOf("pod", object.urn)?.serviceAccount.value;

function judgeComparison(transfer: ManifestFact, set: string, estate: Estate): readonly Result[] {
  const about: About = {
    subject: transfer.urn,
    property: "comparison",
    want: `a job that compares both sides of ${set}`,
  };
  const { certain, unclear } = comparisonsOf(set, estate);
  const [first] = certain;
  if (first === undefined)
    return [
      unclear === undefined ? fail(about, null) : undecided(about, { property: "metadata", suppliers: [unclear] }),
    ];
  const found = pass({ ...about, path: [first.urn] }, first.urn);
  const separate: About = {
    ...{ subject: transfer.urn, property: "comparison.serviceAccountName", path: [first.urn] },
    want: "another service account than the transfer's",
  };
  const [mine, other] = [accountOf(transfer, estate), accountOf(first, estate)];
  if (mine === undefined || other === undefined) return [found];
  if (!mine.known) return [found, undecided(separate, mine.from)];
  if (!other.known) return [found, undecided(separate, other.from)];
  return [found, mine.value === other.value ? fail(separate, other.value ?? "default") : pass(separate, other.value)];
}

function judgeTransfer(transfer: ManifestFact, estate: Estate): readonly Result[] {
  const set = annotation(transfer, TRANSFER.set);
  const manifest = annotation(transfer, TRANSFER.manifest);
  const end = annotation(transfer, TRANSFER.decommission);
  const about = (property: string, want: unknown): About => ({ subject: transfer.urn, property, want });
  const named = decide(
    about(set.property, "the data set's name"),
    set.value,
    (text) => text !== undefined && text !== "",
  );
  return [
    named,
    decide(
      about(manifest.property, "an object that lists what was carried"),
      manifest.value,
      (m) => m !== undefined && m !== "",
    ),
    decide(
      about(end.property, "the day on which the old side is deleted"),
      end.value,
      (day) => day !== undefined && DAY.test(day),
    ),
    ...(set.value.known && set.value.value !== undefined ? judgeComparison(transfer, set.value.value, estate) : []),
  ];
}

export const migratedSetsAreCompared = rule({
  id: "MIG-02",
  title:
    "each migrated set has an integrity manifest, a comparison under other credentials, and an end of the old side",
  severity: "medium",
  enforcement: "mandatory",
  waivable: true,
  controls: ["GDPR:5.1.f", "IR:4.2.3", "ISO:A.5.14", "ISO:A.8.10", "SNC:19.4.a"],
  rationale:
    "What was copied is not yet what was there: only a comparison by somebody else than the copier says so, and only against a list " +
    "with digests. An old side without a last day is a second copy of health data for ever.",
  remedy:
    "Annotate the transfer with `transfer-set`, `transfer-manifest` and `transfer-decommission`; add a job labelled `purpose: comparison` " +
    "with the same `transfer-set` and a service account of its own.",
  judge: (estate) =>
    estate.facts("manifest").flatMap((object) => {
      if (object.object !== "Job" && object.object !== "CronJob") return [];
      const purpose = isPurpose(object, "transfer");
      const about = { subject: object.urn, property: object.labels.property, want: "a purpose that is known" };
      if (!purpose.known) return [undecided(about, purpose.from)];
      return purpose.value ? judgeTransfer(object, estate) : [];
    }),
});
