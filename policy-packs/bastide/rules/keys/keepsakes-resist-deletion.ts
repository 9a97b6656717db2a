import type { Estate } from "../../../../judge/facts/estate.ts";
import type { KeepsakeFact } from "../../../../judge/facts/fact-keys.ts";
import type { Resource } from "../../../../judge/facts/observed.ts";
import { whereHealth } from "../../../../judge/kit/health.ts";
import { decide, fail, notApplicable, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { resourceRule } from "../../../../judge/kit/rule.ts";

/** What is read and not made is not ours to delete: nothing was written of it, and it has answered. */
const isRead = ({ raw }: Resource): boolean =>
  Object.keys(raw.inputs).length === 0 && Object.keys(raw.outputs).length > 0;

/** The engine's own guard, which also stops a replacement; a door that does not show it can't tell. */
function judgeProtect({ urn, raw }: Resource): Result {
  const about = { subject: urn, property: "options.protect", want: true };
  const { protect } = raw.options;
  if (!protect.visible) return undecided(about, { property: about.property, suppliers: [] });
  return protect.value ? pass(about, true) : fail(about, false);
}

const judgeGuards = (fact: KeepsakeFact, resource: Resource): readonly Result[] => [
  ...fact.lets.map(({ property, value, want }) =>
    decide(
      { subject: fact.urn, property, want },
      value,
      (lets) => !lets,
      value.known ? { known: true, value: !want } : value,
    ),
  ),
  judgeProtect(resource),
];

function judgeKeepsake(fact: KeepsakeFact, resource: Resource, estate: Estate): readonly Result[] {
  if (isRead(resource)) return [notApplicable(fact.urn, "options.protect", "read, not made by this program")];
  const judge = (): readonly Result[] => judgeGuards(fact, resource);
  return fact.counts === "always" ? judge() : whereHealth(fact.urn, "options.protect", estate, judge);
}

export const keepsakesResistDeletion = resourceRule({
  id: "KEY-06",
  title: "keys and what holds data resist deletion, at Scaleway and in the engine",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["IR:9.2.c.x", "GDPR:32.1.b", "GDPR:32.1.c", "ISO:A.8.24", "ISO:A.5.33"],
  rationale:
    "A lost key is lost data, and a renamed resource is deleted and made anew. `forceDestroy` takes locked objects along; " +
    "`deleteAdditionalResources` takes volumes and the private network. Databases and clusters have no protection at Scaleway, " +
    "so only `protect` stands before them. `retainOnDelete` is no substitute: it drops the resource from the state and from every " +
    "later verdict, and policy packs don't see it.",
  remedy:
    "Set the option `protect: true`; `unprotected: false` on keys, `protected: true` on secrets and servers that hold health " +
    "data, `forceDestroy: false` on buckets, `deleteAdditionalResources: false` on clusters.",
  judgeOne: (resource, estate) =>
    resource.facts.flatMap((fact) => (fact.kind === "keepsake" ? judgeKeepsake(fact, resource, estate) : [])),
});
