import type { Estate } from "../../../../judge/facts/estate.ts";
import type { Resource } from "../../../../judge/facts/observed.ts";
import { plainSecrets, type SecretInput, secretInputs } from "../../../../judge/facts/secret-inputs.ts";
import { fail, notApplicable, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";

function judgeInput({ property, provenance }: SecretInput, subject: string): Result {
  const about = { subject, property, want: "a value supplied by a resource that makes or keeps secrets" };
  switch (provenance.kind) {
    case "supplied":
      return pass({ ...about, path: [provenance.by] }, provenance.by);
    case "written":
      return fail(about, "written in the program or its configuration");
    case "open":
      return fail(about, "a value that was judged in clear: nothing marks it as a secret");
    case "composed":
      return fail({ ...about, path: provenance.of }, "composed of what is no secret");
    case "unknown":
      return undecided(about, { property, suppliers: [] });
  }
}

function judgeResource(resource: Resource, estate: Estate): readonly Result[] {
  const { urn } = resource;
  const inputs = secretInputs(resource, estate);
  const plain = plainSecrets(resource).map(({ property, looksLike }) =>
    fail({ subject: urn, property, want: "a reference to a secret" }, looksLike),
  );
  if (inputs.length === 0 && plain.length === 0 && resource.facts.some((f) => f.kind === "secret")) {
    return [notApplicable(urn, "data", "its content stands in versions of its own")];
  }
  return [...inputs.map((input) => judgeInput(input, urn)), ...plain];
}

export const secretsAreSuppliedNotWritten = rule({
  id: "KEY-07",
  title: "secrets are supplied by what makes them, never written",
  severity: "critical",
  enforcement: "mandatory",
  waivable: true,
  controls: ["SNC:10.5.c", "SNC:10.5.d", "ISO:A.5.17", "IR:9.2.c.iv", "IR:11.6.2.b", "RCF:10.B.4", "CNILG:21.2"],
  rationale:
    "A secret in a program is in its repository, in every clone and in every preview; encrypting it in the configuration only moves " +
    "the question to who holds that passphrase. Policy packs get secrets unwrapped, so no content is read here: what counts is where a " +
    "value came from. Write-only arguments (`passwordWo`) change nothing about that: the engine keeps every input in its state. Secrets " +
    "in user data and environments are found by name and form, so not all of them.",
  remedy:
    "Make it with `random.RandomPassword` or `RandomBytes`, or take it from an API key or a stack reference; hand it to machines as a " +
    "reference to a `secrets.Secret`, and import key material by ceremony, outside of any program.",
  judge: (estate) =>
    estate.resources.filter((r) => r.raw.custom).flatMap((resource) => judgeResource(resource, estate)),
});
