import type { Estate } from "../../../../judge/facts/estate.ts";
import type { ExpansionFact } from "../../../../judge/facts/fact-kubernetes.ts";
import type { Resource } from "../../../../judge/facts/observed.ts";
import { fail, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { sortedUnique } from "../../../../kernel/order.ts";

/** Packages whose resources run a program or send a request that no resource shows, each with what it does. */
const ESCAPES: Readonly<Record<string, string>> = {
  "pulumi-nodejs": "a dynamic provider: code of the program, run by the engine",
  "pulumi-python": "a dynamic provider: code of the program, run by the engine",
  command: "runs a command on the deployer's machine or a server",
  local: "writes files on the deployer's machine",
  null: "runs commands by its triggers",
  external: "runs a program for its answer",
  http: "sends a request to any host",
  "terraform-module": "runs a module that nobody judged",
  terraform: "reads another state",
  docker: "builds and runs images on the deployer's machine",
  "docker-build": "builds images on the deployer's machine",
};

const WANT = "resources that show what they make";

function judgeResource({ urn, raw, package: name }: Resource): readonly Result[] {
  if (!raw.custom || !Object.hasOwn(ESCAPES, name)) return [];
  return [fail({ subject: urn, property: "type", want: WANT }, ESCAPES[name])];
}

/** A chart or a folder of manifests must be expanded here; a release is made by Helm where no door looks. */
function judgeExpansion({ urn, by, rewrittenBy }: ExpansionFact, estate: Estate): readonly Result[] {
  const program = { subject: urn, property: rewrittenBy.property, want: null };
  const rewritten = rewrittenBy.value.known
    ? rewrittenBy.value.value === undefined
      ? []
      : [fail(program, rewrittenBy.value.value)]
    : [undecided(program, rewrittenBy.value.from)];
  const about = { subject: urn, property: "type", want: WANT };
  if (by === "release") return [...rewritten, fail(about, "a Helm release: its objects are made out of sight")];
  const made = estate.resources.filter((r) => r.raw.parent === urn);
  if (made.length > 0) return [...rewritten, pass({ ...about, path: [] }, made.length)];
  return [...rewritten, undecided(about, { property: "children", suppliers: [urn] })];
}

/** Packages that are seen through, told once. */
function judgeRest(estate: Estate): readonly Result[] {
  const custom = estate.resources.filter((r) => r.raw.custom && !r.type.startsWith("pulumi:providers:"));
  const packages = sortedUnique(custom.map((r) => r.package)).filter((name) => !Object.hasOwn(ESCAPES, name));
  return packages.length === 0 ? [] : [pass({ subject: "stack", property: "type", want: WANT }, packages)];
}

export const nothingEscapesTheGraph = rule({
  id: "SUP-04",
  title: "nothing is made that no resource shows: no dynamic provider, command, request or post-render",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["SNC:12.2.a", "ISO:A.8.32", "ISO:A.8.19", "IR:6.4.2"],
  rationale:
    "A command, a dynamic provider or a Helm post-renderer does what its program says on the day it runs, with the deployer's rights. " +
    "No preview shows it, and no rule can judge it.",
  remedy:
    "Declare the resources themselves. Expand a chart in the program (`helm.v4.Chart`, judged through the engine's doors) instead of " +
    "releasing it; what an API lacks belongs into a listed plug-in such as `bastide`.",
  judge: (estate) => [
    ...estate.resources.flatMap(judgeResource),
    ...estate.facts("expansion").flatMap((fact) => judgeExpansion(fact, estate)),
    ...judgeRest(estate),
  ],
});
