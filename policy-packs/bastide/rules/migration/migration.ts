import type { Reading } from "../../../../judge/facts/fact-base.ts";
import type { ManifestFact } from "../../../../judge/facts/fact-kubernetes.ts";
import { type Known, known, mapKnown } from "../../../../kernel/known.ts";
import { PURPOSE_LABEL, type Purpose } from "../../../../stacks/transfer.ts";

/** What objects say of themselves by labels and annotations. */
export const labelOf = (object: ManifestFact, key: string): Known<string | undefined> =>
  mapKnown(object.labels.value, (labels) => labels[key]);

export const isPurpose = (object: ManifestFact, purpose: Purpose): Known<boolean> =>
  mapKnown(labelOf(object, PURPOSE_LABEL), (told) => told === purpose);

export function annotation(object: ManifestFact, key: string): Reading<string | undefined> {
  const { property, value } = object.annotations;
  return { property: `${property}["${key}"]`, value: value.known ? known(value.value[key]) : value };
}
