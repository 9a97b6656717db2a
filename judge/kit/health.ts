import { mayHoldHealthData, tagAt } from "../facts/classification.ts";
import type { Estate } from "../facts/estate.ts";
import { notApplicable, type Result, undecided } from "./result.ts";

/**
 * Results about a resource that may hold health data. What surely holds none is no business of the rule; where the class is
 * not known yet, what would fail is undecided instead, for only what surely is health data surely fails.
 */
export function whereHealth(
  urn: string,
  property: string,
  estate: Estate,
  judge: () => readonly Result[],
): readonly Result[] {
  const found = tagAt(urn, estate, "data-class");
  if (found.known && !mayHoldHealthData(found.value)) {
    return [notApplicable(urn, property, `data-class ${found.value}`)];
  }
  const results = judge();
  return found.known ? results : unlessKnown(results, found);
}

/** The same results, where a failure waits for a value that decides whether the rule applies at all. */
export const unlessKnown = (
  results: readonly Result[],
  { from }: { readonly from: Parameters<typeof undecided>[1] },
): readonly Result[] => results.map((r) => (r.outcome === "fail" ? undecided(r, from) : r));
