import type { Estate } from "../../../../judge/facts/estate.ts";
import { type AttestationKind, attestationsOf } from "../../../../judge/kit/attestations.ts";
import { fail, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { isHealthClass } from "../../../../stacks/vocabulary.ts";
import { judgeAttested } from "./attested.ts";

/** What health data ask for, beside the certificate of the module (KEY-08), the second factor (IAM-07) and the copy (DR-06). */
const FOR_HEALTH: readonly AttestationKind[] = [
  "hds-contract",
  "audit-trail-export",
  "kubernetes-audit",
  "object-private-access",
];

type Holds = "health" | "none" | { readonly unknown: string };

/** Whether health data are among what is tagged; the URN whose tags are not known when that decides. */
function holds({ resources }: Estate): Holds {
  let hidden: string | undefined;
  for (const { urn, tags } of resources) {
    if (tags === undefined) continue;
    if (!tags.known) hidden ??= urn;
    else if (isHealthClass(tags.value["data-class"] ?? "")) return "health";
  }
  return hidden === undefined ? "none" : { unknown: hidden };
}

export const whatNoResourceShowsIsAttested = rule({
  id: "EVD-04",
  title: "what no resource shows is attested, by a document and until a day",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: [
    "HDS:12",
    "HDS:15",
    "SNC:A2.c",
    "SNC:9.6.f",
    "SRM:K",
    "CIS:3.2.1",
    "CIS:3.2.2",
    "ISO:A.5.20",
    "ISO:A.5.22",
    "GDPR:28.3",
    "CNILG:22.2",
  ],
  rationale:
    "That the hosting contract covers these products, and that the provider's audit records are switched on and kept, stands in no " +
    "resource. Unless somebody vouches for it with a document and a date, nobody knows.",
  remedy:
    "Put the document's digest, its scope, owner and expiry into `stacks/attestations/`, one file each, and have it merged by the " +
    "owners of the law.",
  judge: (estate, law, now): readonly Result[] => {
    const attestations = attestationsOf(law.attestations, now);
    const faulty = attestations.faults.map(({ index, got, want }) =>
      fail({ subject: "stack", property: `attestations[${index}]`, want }, got),
    );
    const held = holds(estate);
    if (held === "none") return faulty;
    if (held === "health") return [...faulty, ...FOR_HEALTH.map((kind) => judgeAttested(law, attestations, kind))];
    const about = { subject: "stack", property: "data-class", want: "classes that are known" };
    return [...faulty, undecided(about, { property: "tags", suppliers: [held.unknown] })];
  },
});
