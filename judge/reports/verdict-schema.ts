import { z } from "zod";
import type { Verdict } from "../kit/verdict.ts";

const count = z.int().nonnegative();
const severity = z.enum(["critical", "high", "medium", "low"]);
const enforcement = z.enum(["mandatory", "advisory"]);
const proof = z.enum(["emulated", "declared", "assumed", "checked", "observed"]);
const outcome = z.enum(["pass", "fail", "undecided"]);
const door = z.enum(["gate", "policy-pack", "state", "preview-file", "local"]);

const finding = z.strictObject({
  rule: z.string().describe("Id of the rule; ids never change meaning"),
  outcome: z.enum(["pass", "fail", "undecided", "notApplicable", "waived"]),
  severity,
  enforcement: enforcement.describe("An advisory never changes the outcome"),
  subject: z.string().describe("URN, or `stack`"),
  type: z.string().describe("Type token as registered; empty for `stack`"),
  property: z.string().describe("Dotted path"),
  got: z.json().describe("What was found; `{unknown: true, from: URN}` for what is not known yet"),
  want: z.json(),
  proof: proof.describe("How well the claim is founded, weakest first"),
  path: z.array(z.string()).describe("Witness: URNs or properties, in order"),
  controls: z
    .array(z.string())
    .describe("`framework:clause` and the relation word that may stand between it and the rule"),
  waiver: z.string().optional(),
});

/** The shape of `bastide.verdict/1`, for other tools to rely on; `docs/schema/verdict.schema.json` is made of it. */
export const verdictSchema = z
  .strictObject({
    schema: z.literal("bastide.verdict/1"),
    subject: z.string().describe("Names of the stacks or files that were judged"),
    door: door.describe("Through which the resources came; see `notSeen`"),
    profile: z.string(),
    outcome: outcome.describe("Over mandatory rules: fail, else undecided, else pass"),
    law: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)).describe("SHA-256 of each part of the law"),
    now: z.string().describe("ISO instant that dates were measured against"),
    counts: z.strictObject({
      rules: count,
      pass: count,
      fail: count,
      undecided: count,
      assumed: count,
      waived: count,
      notApplicable: count,
      resources: count,
      notJudged: count,
    }),
    notSeen: z.array(z.string()).describe("What this door cannot show"),
    attested: z
      .array(
        z.strictObject({
          kind: z.string(),
          scope: z.string(),
          owner: z.string(),
          expires: z.string().describe("Last day (UTC)"),
          document: z.string().describe("SHA-256 of the document"),
          example: z.boolean().describe("Made up: nobody vouches for it"),
        }),
      )
      .optional()
      .describe("What somebody vouches for: an axis of its own, never a pass"),
    advisories: z.array(z.string()).describe("What the verdict must say that is no finding"),
    findings: z.array(finding).describe("What is not a pass, sorted; with `--all`, every rule and resource"),
  })
  .describe("Verdict of Bastide's judge on one estate");

/** A verdict read back from a file; throws zod's error when it is none. */
export const parseVerdict = (value: unknown): Verdict => {
  const { findings, attested, ...rest } = verdictSchema.parse(value);
  const vouched = attested === undefined ? {} : { attested };
  return {
    ...rest,
    ...vouched,
    findings: findings.map(({ waiver, ...f }) => (waiver === undefined ? f : { ...f, waiver })),
  };
};

/** JSON Schema (draft 2020-12) of a verdict. */
export const verdictJsonSchema = (): object => ({
  $id: "urn:bastide:schema:verdict:1",
  ...z.toJSONSchema(verdictSchema, { target: "draft-2020-12" }),
});
