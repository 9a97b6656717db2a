import { z } from "zod";
import { RISKS, TOPICS } from "./change.ts";

const risk = z.enum(RISKS);
const count = z.int().nonnegative();
const value = z
  .union([z.string(), z.number(), z.boolean(), z.strictObject({ unknown: z.literal(true) })])
  .describe("`{unknown: true}` for what is not known before the apply");

const change = z.strictObject({
  topic: z.enum(TOPICS).describe("What the change is about, most harmful first"),
  aspect: z.string().describe("Which kind of change of the topic"),
  risk: risk.describe("How it is to be treated"),
  subject: z.string().describe("URN, `law` or `stack`"),
  property: z.string().describe("Dotted path; empty where the whole resource is meant"),
  what: z.string().describe("What of the aspect, e.g. a source range, or a principal with its right"),
  target: z.string().optional().describe("Towards what, e.g. whom the subject can reach: URN or place"),
  before: value.optional().describe("Absent: it was not there"),
  after: value.optional().describe("Absent: it is no longer there"),
  path: z.array(z.string()).describe("Witness: URNs or properties, in order"),
  refusedBy: z.array(z.string()).describe("Mandatory rules that refuse it"),
  source: z.strictObject({ file: z.string(), line: z.int().positive() }).optional(),
});

const side = z.strictObject({
  name: z.string(),
  subject: z.string(),
  door: z.enum(["gate", "policy-pack", "state", "preview-file", "local"]),
  law: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe("SHA-256 of the law that belongs to this side"),
  outcome: z.enum(["pass", "fail", "undecided", "nothing"]).describe("Verdict on it under the trusted law"),
  resources: z.int().nonnegative(),
  notSeen: z.array(z.string()),
});

/** The shape of `bastide.review/1`; `docs/schema/review.schema.json` is made of it. */
export const reviewSchema = z
  .strictObject({
    schema: z.literal("bastide.review/1"),
    base: side,
    head: side,
    risk: risk.describe("Worst risk of all changes"),
    counts: z.strictObject({
      refused: count,
      "needs consent": count,
      "needs review": count,
      low: count,
      none: count,
    }),
    changes: z.array(change).describe("By harm; empty when nothing changed in meaning"),
    notCompared: z.array(z.string()).describe("What could not be compared, and so is not told"),
  })
  .describe("What a change means, between two estates");

/** JSON Schema (draft 2020-12) of a review. */
export const reviewJsonSchema = (): object => ({
  $id: "urn:bastide:schema:review:1",
  ...z.toJSONSchema(reviewSchema, { target: "draft-2020-12" }),
});
