import { type Standing, standingOf } from "../../../../judge/facts/classification.ts";
import type { Resource } from "../../../../judge/facts/observed.ts";
import type { Law } from "../../../../judge/kit/law.ts";
import { fail, notApplicable, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { DATA_CLASSES, HEALTH_CLASSES, REQUIRED_TAGS, type RequiredTag, TIERS } from "../../../../stacks/vocabulary.ts";

/** Providers whose resources hold, carry or guard data; Kubernetes objects are classed by their namespace. */
const CLASSED: readonly string[] = ["scaleway", "bastide"];

/** Words that a tag may have; `undefined` for tags that take any. Health classes belong to the health profile alone. */
function wordsOf(tag: RequiredTag, law: Law): readonly string[] | undefined {
  if (tag === "tier") return TIERS;
  if (tag !== "data-class") return undefined;
  if (law.profile !== "eu") return DATA_CLASSES;
  const health: readonly string[] = HEALTH_CLASSES;
  return DATA_CLASSES.filter((c) => !health.includes(c));
}

function tagFaults(resource: Resource, standing: Standing & { readonly kind: "tags" }, law: Law): readonly Result[] {
  // What takes no tags inherits its class; tier, environment and owner are its owner's.
  const required: readonly RequiredTag[] = resource.tags === undefined ? ["data-class"] : REQUIRED_TAGS;
  return required.flatMap((tag) => {
    const value = standing.tags[tag] ?? "";
    const words = wordsOf(tag, law);
    if (words === undefined ? value !== "" : words.includes(value)) return [];
    const about = { subject: resource.urn, property: `tags.${tag}`, want: words ?? "a name", path: standing.path };
    return [fail(about, value === "" ? null : value)];
  });
}

function judgeResource(resource: Resource, standing: Standing, law: Law): readonly Result[] {
  const about = { subject: resource.urn, property: "tags", want: REQUIRED_TAGS };
  switch (standing.kind) {
    case "exempt":
      return [notApplicable(resource.urn, "tags", standing.reason)];
    case "unknown":
      return [undecided(about, standing.from)];
    case "absent":
      return [fail({ ...about, property: "data-class", want: "a class of its own or of what it belongs to" }, null)];
    case "tags": {
      const faults = tagFaults(resource, standing, law);
      return faults.length > 0
        ? faults
        : [pass({ ...about, path: standing.path, proof: standing.ground }, standing.tags["data-class"] ?? null)];
    }
  }
}

export const resourcesAreClassified = rule({
  id: "CLS-01",
  title: "every resource carries data class, tier, environment and owner, or belongs to one that does",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: [
    "SNC:8.3.b",
    "SNC:8.4.a",
    "ISO:A.5.12",
    "ISO:A.5.13",
    "ISO:A.5.9",
    "IR:12.1.2.b",
    "IR:12.4.1",
    "RCF:5.A.1",
    "SNDS24:3.5?",
  ],
  rationale:
    "Every rule about health data asks for the class first. What nobody classed is treated as health data, and this finding says why.",
  remedy:
    "Tag the resource with data-class, tier, env and owner; where it takes no tags, attach it to a resource that has them.",
  judge: (estate, law) =>
    estate.resources
      .filter((r) => r.raw.custom && CLASSED.includes(r.package) && !r.type.startsWith("pulumi:providers:"))
      .flatMap((r) => judgeResource(r, standingOf(r, estate), law)),
});
