import { tagOf } from "../../../../judge/facts/classification.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { judgeSeparation } from "../../../../judge/kit/separation.ts";
import { mapKnown } from "../../../../kernel/known.ts";

/** The two sides: what names persons, and what was made from it so that it does not. */
function sideOf(dataClass: string | undefined): string | undefined {
  if (dataClass === "health-raw") return "health-raw";
  return dataClass === "health-pseudo" || dataClass === "health-derived" ? "health-pseudo" : undefined;
}

export const rawAndPseudonymousStayApart = rule({
  id: "CLS-03",
  title: "identifying data share no project, network, key, bucket or principal with pseudonymous data",
  severity: "critical",
  enforcement: "mandatory",
  waivable: false,
  controls: [
    "GDPR:25.1",
    "GDPR:32.1.a",
    "GDPR:89.1",
    "EHDS:66.3",
    "EHDS:73.1.b",
    "ISO:A.8.11",
    "ISO:A.5.34",
    "SNDS24:6.1?",
  ],
  rationale:
    "Whoever reaches the correspondence tables and the pseudonymous records has the persons back. Pseudonymisation is worth what " +
    "separates the two sides: the project that bounds rights, the key, the network, and above all who may sign in to both.",
  remedy:
    "Give `health-raw` its own project, private network, keys, buckets, applications and groups; move data across by a job that " +
    "reads one side under one identity and is read from by the other under another.",
  judge: (estate) =>
    judgeSeparation(estate, {
      want: "health-raw, or health-pseudo and derived, not both",
      label: (resource) => mapKnown(tagOf(resource, estate, "data-class"), sideOf),
    }),
});
