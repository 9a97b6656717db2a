import { type Known, known } from "../../kernel/known.ts";
import { projectLink } from "./classification.ts";
import type { Estate } from "./estate.ts";
import type { Resource } from "./observed.ts";
import { perEstate } from "./per-estate.ts";

/** What stands for the project that nobody wrote: the provider's own, shared by whatever says nothing. */
export const UNWRITTEN_PROJECT = "the provider's project";

/** Project of a resource: URN where it is in the estate, else its id. */
export function projectOf(resource: Resource, estate: Estate): Known<string> {
  const link = projectLink(resource, estate);
  switch (link.kind) {
    case "found":
      return known(link.fact.urn);
    case "outside":
      return known(link.id);
    case "absent":
      return known(UNWRITTEN_PROJECT);
    case "unknown":
      return { known: false, from: link.from };
  }
}

/** What may be found in each project: values of one tag, by project. Resources whose tags or project are unknown are told apart. */
export interface ByProject {
  readonly of: ReadonlyMap<string, ReadonlySet<string>>;
  /** Resources that may stand in any project. */
  readonly unclear: readonly string[];
}

export function tagByProject(estate: Estate, tag: string): ByProject {
  const known = byTag(estate);
  const found = known.get(tag) ?? indexed(estate, tag);
  known.set(tag, found);
  return found;
}

const byTag = perEstate(() => new Map<string, ByProject>());

function indexed(estate: Estate, tag: string): ByProject {
  const of = new Map<string, Set<string>>();
  const unclear: string[] = [];
  for (const resource of estate.resources) {
    if (resource.tags === undefined) continue;
    const project = projectOf(resource, estate);
    if (!project.known || !resource.tags.known) {
      unclear.push(resource.urn);
      continue;
    }
    const values = of.get(project.value) ?? new Set<string>();
    of.set(project.value, values.add(resource.tags.value[tag] ?? ""));
  }
  return { of, unclear };
}
