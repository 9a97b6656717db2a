import { tagOf } from "../../../../judge/facts/classification.ts";
import type { Estate } from "../../../../judge/facts/estate.ts";
import { placed } from "../../../../judge/facts/kubernetes-scope.ts";
import type { Resource } from "../../../../judge/facts/observed.ts";
import { decide, type Result } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { known } from "../../../../kernel/known.ts";
import { EXIT } from "../../../../stacks/transfer.ts";
import { annotation } from "./migration.ts";

const WANT = "an open format and the job that exports it, e.g. iceberg/copy-job";
const isNamed = (text: string | undefined): boolean => text !== undefined && text !== "";

/** Managed services with state, and buckets, say it by a tag. */
function judgeTagged(resource: Resource | undefined, estate: Estate): readonly Result[] {
  if (resource === undefined) return [];
  const told = resource.tags === undefined ? known(undefined) : tagOf(resource, estate, EXIT);
  return [decide({ subject: resource.urn, property: `tags.${EXIT}`, want: WANT }, told, isNamed)];
}

export const statefulThingsNameTheirExit = rule({
  id: "MIG-04",
  title: "what keeps state names its way out: open format and export job",
  severity: "low",
  enforcement: "advisory",
  waivable: true,
  controls: ["HDS:27", "SNC:19.1.h", "SNC:19.1.i", "IR:5.1.2.d", "ISO:A.5.23", "CSF:SOV-6"],
  rationale:
    "The environment exists because data had to leave another one. What can only be read by the product that wrote it will have to be " +
    "migrated again, by people who are not here yet.",
  remedy: "Tag buckets and databases, and annotate claims, with `exit`: the open format and the job that hands it out.",
  judge: (estate) => [
    ...estate.facts("bucket").flatMap(({ urn }) => judgeTagged(estate.resource(urn), estate)),
    ...estate.facts("managed-service").flatMap(({ urn }) => judgeTagged(estate.resource(urn), estate)),
    ...placed("volume-claim", estate).map(({ object }) => {
      const { property, value } = annotation(object, EXIT);
      return decide({ subject: object.urn, property, want: WANT }, value, isNamed);
    }),
  ],
});
