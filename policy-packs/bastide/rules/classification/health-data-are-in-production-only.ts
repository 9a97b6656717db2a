import { mayHoldHealthData, projectOf, tagOf } from "../../../../judge/facts/classification.ts";
import type { Estate } from "../../../../judge/facts/estate.ts";
import type { Resource } from "../../../../judge/facts/observed.ts";
import { decide, fail, notApplicable, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { isHealthClass } from "../../../../stacks/vocabulary.ts";

const PRODUCTION = "prod";

/** Resources of each project that belong to another environment than production, by the project's name. */
function strangersByProject(estate: Estate): {
  readonly of: ReadonlyMap<string, Resource>;
  readonly somewhere: Resource | undefined;
} {
  const of = new Map<string, Resource>();
  let somewhere: Resource | undefined;
  for (const resource of estate.resources) {
    if (resource.tags === undefined || !resource.tags.known) continue;
    const env = resource.tags.value.env;
    if (env === undefined || env === "" || env === PRODUCTION) continue;
    const project = projectOf(resource, estate);
    if (project.known) of.set(project.value, resource);
    else somewhere = resource;
  }
  return { of, somewhere };
}

function judgeResource(
  resource: Resource,
  estate: Estate,
  strangers: ReturnType<typeof strangersByProject>,
): readonly Result[] {
  const { urn } = resource;
  const dataClass = tagOf(resource, estate, "data-class");
  const env = tagOf(resource, estate, "env");
  const about = { subject: urn, property: "tags.env", want: PRODUCTION };
  if (dataClass.known && !mayHoldHealthData(dataClass.value)) return [];
  // What nobody classed is CLS-01's; here only what says that it is health data can be in the wrong place.
  if (dataClass.known && !isHealthClass(dataClass.value ?? "")) return [];
  if (!dataClass.known) return [undecided({ ...about, property: "tags.data-class" }, dataClass.from)];
  const inside = decide(about, env, (name) => name === PRODUCTION);
  if (resource.tags === undefined) return [inside];
  return [inside, judgeProject(resource, estate, strangers)];
}

/** A project is the boundary of rights: whoever tests in one reads the data in it. */
function judgeProject(resource: Resource, estate: Estate, strangers: ReturnType<typeof strangersByProject>): Result {
  const about = { subject: resource.urn, property: "projectId", want: "a project without another environment" };
  const project = projectOf(resource, estate);
  const { of, somewhere } = strangers;
  if (project.known) {
    const stranger = of.get(project.value);
    if (stranger !== undefined) return fail({ ...about, path: [stranger.urn] }, stranger.urn);
    if (somewhere === undefined) return pass(about, project.value);
    return undecided({ ...about, path: [somewhere.urn] }, { property: "projectId", suppliers: [] });
  }
  const other = somewhere ?? [...of.values()][0];
  return other === undefined
    ? notApplicable(resource.urn, "projectId", "no other environment in this estate")
    : undecided({ ...about, path: [other.urn] }, project.from);
}

export const healthDataAreInProductionOnly = rule({
  id: "CLS-02",
  title: "health data are in production only, in projects that hold no other environment",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["SNC:12.3.a", "SNC:14.7.b", "ISO:A.8.31", "ISO:A.8.33", "IR:6.8.2.h", "CNILG:11.4", "SNDS24:3.8?"],
  rationale:
    "Environments for tests are watched less and opened more. A Scaleway project is the boundary of rights and of S3 credentials, so " +
    "an environment that shares it shares the data. Tests use synthetic data, which are production's rules on nobody's records.",
  remedy: "Give test environments projects of their own and data of a class without persons (`technical`).",
  judge: (estate) => {
    const strangers = strangersByProject(estate);
    return estate.resources
      .filter((r) => r.raw.custom)
      .flatMap((resource) => judgeResource(resource, estate, strangers));
  },
});
