import { tagOf } from "../../../../judge/facts/classification.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { judgeSeparation } from "../../../../judge/kit/separation.ts";
import { mapKnown } from "../../../../kernel/known.ts";

/** Tag by which a resource says which data permit it belongs to; what has none is a service of all. */
const PERMIT = "permit";

export const permitsShareNothing = rule({
  id: "ISO-01",
  title: "the spaces of two data permits share no project, network, key, bucket or principal",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["EHDS:73.1.a", "EHDS:73.1.d", "SNC:9.7.a", "ISO:A.8.3", "ISO:A.8.22", "GDPR:5.1.f", "SNDS24:5.2?"],
  rationale:
    "A permit allows one project to process named data for a named purpose. Two permits behind one group, key or bucket are one " +
    "space in fact, whatever the permits say; what serves all of them carries no `permit` tag and is judged as what it is.",
  remedy:
    "Tag what belongs to a permit with `permit=…`, and give each its own application or group, key, bucket (or its prefix behind a " +
    "broker) and network.",
  judge: (estate) =>
    judgeSeparation(estate, {
      want: "one permit",
      label: (resource) =>
        mapKnown(tagOf(resource, estate, PERMIT), (permit) =>
          permit === undefined || permit === "" ? undefined : permit,
        ),
    }),
});
