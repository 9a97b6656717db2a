import type { Estate } from "../../../../judge/facts/estate.ts";
import type { Resource } from "../../../../judge/facts/observed.ts";
import { fail, pass } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";

/** What a judge can't look into, by kind. */
const KINDS: readonly (readonly [kind: string, is: (r: Resource) => boolean])[] = [
  ["stackReferences", (r) => r.type === "pulumi:pulumi:StackReference"],
  ["reads", (r) => r.raw.external === true && r.type !== "pulumi:pulumi:StackReference"],
  ["imports", (r) => r.raw.importedId !== undefined],
  ["dynamicProviders", (r) => r.type.startsWith("pulumi-nodejs:dynamic") || r.package === "pulumi-python"],
  [
    "componentsWithoutInputs",
    (r) =>
      r.handling.judged === "component" &&
      r.type !== "pulumi:pulumi:Stack" &&
      Object.keys(r.raw.inputs).length === 0 &&
      Object.keys(r.raw.outputs).length === 0,
  ],
  ["foreignPackages", (r) => r.handling.judged === "foreign" && !r.type.startsWith("pulumi:")],
];

/** How many of each kind there are, kinds without any left out; a resource counts once, as the first that fits. */
function counted({ resources }: Estate): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const r of resources) {
    const kind = KINDS.find(([, is]) => is(r))?.[0];
    if (kind !== undefined) counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

export const blindSpotsAreFew = rule({
  id: "G12",
  title: "what no judge can look into is counted, and stays within its budget",
  severity: "medium",
  enforcement: "mandatory",
  waivable: true,
  controls: ["IR:6.3.2.b", "ISO:A.8.9"],
  rationale:
    "References to other stacks, resources that are read or imported, code of dynamic providers: each is a place that no rule looks " +
    "into. Few can be known by name; many are a second estate that nobody judges.",
  remedy:
    "Judge the stacks together, write resources out instead of reading them, or raise `judgement.blindSpots` in the settings after " +
    "looking at each.",
  needs: ["reads"],
  judge: (estate, law) => {
    if (!estate.resources.some((r) => r.raw.custom)) return [];
    const counts = counted(estate);
    const total = Object.values(counts).reduce((a, b) => a + b, 0);
    const about = { subject: "stack", property: "blindSpots", want: `at most ${law.blindSpots}` };
    return [total <= law.blindSpots ? pass(about, counts) : fail(about, counts)];
  },
});
