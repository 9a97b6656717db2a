import type { Resource } from "../../../../judge/facts/observed.ts";
import { isWritten, mayBeReadBack, wasTakenAway } from "../../../../judge/facts/written.ts";
import { fail, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { resourceRule } from "../../../../judge/kit/rule.ts";

/** Types that are a part of a bucket, which they name by `bucket`. */
const PART = /^scaleway:object\/(bucket\w+|item):/;

/** The provider answers the name as `<region>/<name>`, with which the id begins; a refresh writes that down as if it were asked for. */
const isReadForm = (raw: Resource["raw"], name: string): boolean =>
  mayBeReadBack(raw, "bucket") &&
  /^[a-z]{2}-[a-z]{3,7}\/[^/@]+$/.test(name) &&
  `${String(raw.id)}/`.startsWith(`${name}/`);

function judgePart({ urn, raw }: Resource): readonly Result[] {
  const name = raw.inputs.bucket;
  const about = { subject: urn, property: "bucket", want: "the bucket's bare name" };
  const suppliers = raw.propertyDependencies.bucket ?? [];
  const called =
    typeof name !== "string"
      ? undecided(about, { property: "bucket", suppliers })
      : isReadForm(raw, name)
        ? pass({ ...about, proof: "assumed" }, name)
        : /[/@]/.test(name)
          ? fail(about, name)
          : pass(about, name);
  const places = (["region", "projectId"] as const).map((property) => {
    const where = { subject: urn, property, want: "written" };
    if (wasTakenAway(raw, property)) return pass({ ...where, proof: "assumed" }, "written before a refresh");
    return isWritten(raw.inputs[property]) ? pass(where, "written") : fail(where, null);
  });
  return [called, ...places];
}

export const bucketPartsCallItByName = resourceRule({
  id: "TRP-13",
  title: "parts of a bucket call it by its name, with region and project",
  severity: "medium",
  enforcement: "mandatory",
  waivable: true,
  controls: ["SNC:10.1.a", "ISO:A.8.9"],
  rationale:
    "A bucket's id (`fr-par/name`) is refused by some parts and by others written to the wrong path first; without region the call goes " +
    "elsewhere, without project it answers 403. The bucket then stands without its encryption, lock or policy.",
  remedy: "Write `bucket: bucket.name`, and the bucket's own `region` and `projectId`.",
  judgeOne: (resource) =>
    PART.test(resource.canonicalType) && isWritten(resource.raw.inputs.bucket) ? judgePart(resource) : [],
});
