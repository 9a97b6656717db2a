import type { Estate } from "../../../../judge/facts/estate.ts";
import type { ManifestFact, NetworkPolicyFact } from "../../../../judge/facts/fact-kubernetes.ts";
import { type Placed, placed } from "../../../../judge/facts/kubernetes-scope.ts";
import { leadsOutside } from "../../../../judge/kit/ranges.ts";
import { type About, decide, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { TRANSFER, TRANSFER_DAYS } from "../../../../stacks/transfer.ts";
import { annotation, isPurpose, labelOf } from "./migration.ts";

const DAY = /^\d{4}-\d\d-\d\d$/;
const WANT_END = `a day within ${TRANSFER_DAYS} days`;

/** Whether an ISO day is neither past nor further away than a transfer may last. */
function isSoon(day: string, now: string): boolean {
  if (!DAY.test(day)) return false;
  const days = (Date.parse(`${day}T23:59:59Z`) - Date.parse(now)) / 86_400_000;
  return days >= 0 && days <= TRANSFER_DAYS + 1;
}

function judgeEnd(object: ManifestFact, now: string): Result {
  const { property, value } = annotation(object, TRANSFER.until);
  const about: About = { subject: object.urn, property, want: WANT_END };
  return decide(about, value, (day) => day !== undefined && isSoon(day, now));
}

function judgeTransfer(object: ManifestFact, now: string): readonly Result[] {
  const named = [TRANSFER.source, TRANSFER.destination, TRANSFER.owner].map((key) => {
    const { property, value } = annotation(object, key);
    return decide(
      { subject: object.urn, property, want: "a name" },
      value,
      (text) => text !== undefined && text !== "",
    );
  });
  return [...named, judgeEnd(object, now)];
}

/** Destinations outside of private space that a policy opens for pods; the proxy's own is NET-06's. */
function outsideOf(policy: NetworkPolicyFact): { readonly at: string; readonly cidr: string }[] | undefined {
  if (!policy.egress.value.known) return undefined;
  return policy.egress.value.value.flatMap(({ peers }) =>
    peers.known
      ? peers.value.flatMap(({ at, cidr }) =>
          cidr.known && cidr.value !== undefined && leadsOutside(cidr.value) ? [{ at, cidr: cidr.value }] : [],
        )
      : [],
  );
}

/** A way out that is opened for pods carries an end of its own, unless it is the egress proxy's. */
function judgeEgress({ fact, object }: Placed<NetworkPolicyFact>, now: string): readonly Result[] {
  const purpose = labelOf(object, "tier");
  const outside = outsideOf(fact);
  const about = { subject: fact.urn, property: fact.egress.property, want: WANT_END };
  if (outside === undefined) return fact.egress.value.known ? [] : [undecided(about, fact.egress.value.from)];
  if (outside.length === 0 || (purpose.known && purpose.value === "dmz")) return [];
  return [judgeEnd(object, now)];
}

const jobs = (estate: Estate): readonly ManifestFact[] =>
  estate.facts("manifest").filter((m) => m.object === "Job" || m.object === "CronJob");

export const transfersEnd = rule({
  id: "MIG-01",
  title:
    "transfer jobs name source, destination, owner and an end within 90 days, and so do the ways out opened for them",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["IR:6.7.2.h", "ISO:A.5.14", "GDPR:44", "GDPR:32.2", "SNDS24:4.3?", "RCF:7.A.7"],
  rationale:
    "A copy job between two clouds is an opening between them. Those that nobody ended are what an inventory finds years later, with " +
    "credentials that still work.",
  remedy:
    "Label the job `purpose: transfer` and annotate it with `transfer-source`, `transfer-destination`, `transfer-owner` and " +
    "`transfer-until`; give the NetworkPolicy that lets it out the same end.",
  judge: (estate, _law, now) => [
    ...jobs(estate).flatMap((job): readonly Result[] => {
      const purpose = isPurpose(job, "transfer");
      const about = { subject: job.urn, property: job.labels.property, want: "a purpose that is known" };
      if (!purpose.known) return [undecided(about, purpose.from)];
      return purpose.value ? judgeTransfer(job, now) : [];
    }),
    ...placed("network-policy", estate).flatMap((policy) => judgeEgress(policy, now)),
  ],
});
