import { surfaceOf } from "../../../../judge/facts/surface.ts";
import { isWritten, wasOnlyRead, wasTakenAway } from "../../../../judge/facts/written.ts";
import { fail, pass } from "../../../../judge/kit/result.ts";
import { resourceRule } from "../../../../judge/kit/rule.ts";

export const projectsAreWritten = resourceRule({
  id: "TRP-03",
  title: "each resource that belongs to a project names it",
  severity: "medium",
  enforcement: "mandatory",
  waivable: true,
  controls: ["SNC:9.7.a", "ISO:A.8.9"],
  rationale:
    "A project bounds rights, S3 credentials and the keys that open bastions. Without one written, SCW_DEFAULT_PROJECT_ID or the " +
    "credential's own default decides, and replaces even the provider's; parts of a bucket in another project answer 403.",
  remedy: "Write `projectId` (on an API key `defaultProjectId`) from the project's resource.",
  judgeOne: ({ urn, raw, canonicalType }) => {
    const property = surfaceOf(canonicalType)?.project;
    if (property === undefined || !raw.custom || wasOnlyRead(raw)) return [];
    const about = { subject: urn, property, want: "a project" };
    if (wasTakenAway(raw, property)) return [pass({ ...about, proof: "assumed" }, "written before a refresh")];
    return [isWritten(raw.inputs[property]) ? pass(about, "written") : fail(about, "the environment's default")];
  },
});
