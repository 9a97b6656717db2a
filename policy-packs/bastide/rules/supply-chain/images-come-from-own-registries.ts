import type { core } from "@pulumi/kubernetes/types/input.js";
import type { Estate } from "../../../../judge/facts/estate.ts";
import type { ImageUseFact } from "../../../../judge/facts/fact-supply.ts";
import { judgeManifest, type ManifestCheck, POD } from "../../../../judge/kit/manifest/check.ts";
import {
  allOf,
  anyOf,
  begins,
  every,
  matches,
  type Place,
  unset,
  way,
} from "../../../../judge/kit/manifest/condition.ts";
import { evaluate } from "../../../../judge/kit/manifest/evaluate.ts";
import { fail, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { eachContainer } from "../kubernetes/pod-security.ts";

/** Beginnings of image names in the environment's own registries, e.g. `rg.fr-par.scw.cloud/rehearsal/`. */
export const REGISTRIES = "registries";
const WANT = "an image of the environment's own registry, by digest";

/** Scaleway's registry first: what comes from elsewhere is refused before anybody asks which namespaces are ours. */
const isOurs = (image: Place) =>
  allOf(
    matches(image, "^rg\\.[a-z]+-[a-z]+\\.scw\\.cloud/"),
    matches(image, "@sha256:[0-9a-f]{64}$"),
    begins(image, REGISTRIES),
  );

const pod = way<core.v1.PodSpec>(POD);
const volume = way<core.v1.Volume>("v");

export const imageChecks: readonly ManifestCheck[] = [
  {
    name: "containers",
    on: "pods",
    holds: eachContainer(isOurs(way<core.v1.Container>("c")("image"))),
    want: WANT,
    message: "images come from the environment's own registry, by digest",
  },
  {
    name: "image volumes",
    on: "pods",
    holds: every(pod("volumes"), "v", anyOf(unset(volume("image")), isOurs(volume("image", "reference")))),
    want: WANT,
    message: "image volumes come from the environment's own registry, by digest",
  },
];

/** `undefined` where the estate has none, or one whose name or place is not known: then nobody can say which images are ours. */
export function registriesOf(estate: Estate): readonly string[] | undefined {
  const beginnings = estate.facts("image-registry").map(({ urn, name }) => {
    const place = estate.resource(urn)?.location?.place;
    return place?.known && name.known && name.value !== undefined
      ? `rg.${place.value}.scw.cloud/${name.value}/`
      : undefined;
  });
  const known = beginnings.flatMap((b) => b ?? []);
  return known.length === 0 || known.length < beginnings.length ? undefined : known;
}

function judgeUse({ urn, image }: ImageUseFact, registries: readonly string[] | undefined): readonly Result[] {
  const about = { subject: urn, property: image.property, want: WANT };
  if (!image.value.known) return [undecided(about, image.value.from)];
  const { value } = image.value;
  if (value === undefined) return [fail(about, null)];
  const truth = evaluate(isOurs({ from: "image", steps: [] }), {
    variables: { image: { value, path: image.property } },
    parameters: { [REGISTRIES]: registries },
    suppliers: {},
  });
  if (truth.holds === "unknown") return [undecided(about, truth.from)];
  return [truth.holds ? pass(about, truth.got) : fail(about, truth.got)];
}

export const imagesComeFromOwnRegistries = rule({
  id: "SUP-01",
  title: "images come from the environment's own registries, by digest",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["IR:6.6.1.c", "SNC:12.10.a", "SNC:12.10.c", "ISO:A.8.19", "ISO:A.5.21", "CIS:5.5.1", "CSF:SOV-5"],
  rationale:
    "A tag is whatever its owner last pushed, and a public registry is a third party in another jurisdiction that every node " +
    "asks by name. A digest in an own registry is one image, looked at once, there when the outside is not.",
  remedy:
    "Mirror the image into the environment's registry and name it by digest: `rg.REGION.scw.cloud/NAMESPACE/NAME@sha256:…`. " +
    "Judge platform and foundation together, so that the registry is seen.",
  judge: (estate) => {
    const registries = registriesOf(estate);
    return [
      ...estate.facts("manifest").flatMap((m) => judgeManifest(m, estate, imageChecks, { [REGISTRIES]: registries })),
      ...estate.facts("image-use").flatMap((use) => judgeUse(use, registries)),
    ];
  },
});
