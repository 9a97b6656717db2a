import { z } from "zod";

/**
 * The faults file (`bastide.faults/1`): what goes wrong, on which calls, and when. With the same seed and the same calls the
 * same faults come back: a chance is drawn from seed, fault, operation and the number of the call, never from the clock.
 */
const count = z.number().int().min(1);

const matchSchema = z
  .strictObject({
    service: z
      .string()
      .optional()
      .describe("First part of the API's path (`vpc`, `k8s`, `key-manager` …), or `s3` for object storage"),
    operation: z
      .string()
      .optional()
      .describe(
        "One operation as the API reference writes it, e.g. `POST /vpc/v2/regions/{region}/private-networks`, or by its S3 name, e.g. `PutObject`",
      ),
    locality: z.string().optional().describe("A region, its zones included, or one zone"),
    requests: z.enum(["reads", "writes"]).optional().describe("Only GET, HEAD and OPTIONS, or only the others"),
  })
  .describe("Calls that a fault is about; all that is named has to hold. Nothing named: every call.");
export type Match = z.infer<typeof matchSchema>;

const whenSchema = z
  .union([
    z.strictObject({ rate: z.number().min(0).max(1).describe("Chance of each call, 0 to 1") }),
    z.strictObject({ calls: z.array(count).min(1).describe("The n-th calls, from 1") }),
    z.strictObject({ every: count.describe("Every n-th call") }),
  ])
  .describe("Which of the calls fail. Absent: all.");

const faultSchema = z.discriminatedUnion("kind", [
  z
    .strictObject({
      kind: z.literal("throttle"),
      retryAfter: z.number().int().min(0).default(1).describe("Seconds in the Retry-After header"),
    })
    .describe("429 with Retry-After and no body; object storage says 503 ServiceUnavailable. Nothing was done."),
  z
    .strictObject({
      kind: z.literal("error"),
      status: z.number().int().min(500).max(599).default(503),
      after: z.boolean().default(false).describe("The work is done, and the answer says otherwise"),
    })
    .describe("A 5xx answer."),
  z
    .strictObject({
      kind: z.literal("reset"),
      after: z.boolean().default(false).describe("The work is done before the connection ends"),
    })
    .describe("The connection ends without an answer."),
  z
    .strictObject({ kind: z.literal("slow"), ms: z.number().int().min(0).max(600_000).describe("Milliseconds") })
    .describe("The work is done, the answer comes late."),
  z
    .strictObject({
      kind: z.literal("truncate"),
      bytes: z.number().int().min(0).default(20).describe("Bytes that arrive; a shorter answer arrives whole"),
    })
    .describe("The work is done, the answer breaks off."),
]);
export type PlannedFault = z.infer<typeof faultSchema>;

const ruleSchema = z.strictObject({
  name: z.string().min(1).optional().describe("For the report. Absent: `fault N`"),
  on: matchSchema.default({}),
  when: whenSchema.optional(),
  counted: z
    .enum(["together", "each"])
    .default("each")
    .describe("Whether calls are counted operation by operation, or all that match together"),
  atMost: count.optional().describe("The fault is over after so many. Absent: never"),
  fault: faultSchema,
});
export type FaultRule = z.infer<typeof ruleSchema>;

const momentSchema = z.union([
  z.strictObject({ call: count.describe("The n-th call that `on` is about"), on: matchSchema.default({}) }),
  z.strictObject({ time: z.iso.datetime({ offset: true }).describe("An instant on the platform's clock") }),
]);
export type Moment = z.infer<typeof momentSchema>;

const lossSchema = z.strictObject({
  locality: z.string().describe("A region, its zones and its object storage included, or one zone"),
  from: momentSchema.optional().describe("When it is lost. Absent: from the start"),
  until: momentSchema.optional().describe("When it is back. Absent: never"),
  answer: z
    .enum(["unavailable", "silent"])
    .default("unavailable")
    .describe(
      "`unavailable`: 503 from the API, reset connections from object storage. `silent`: no answer for a minute, then the connection ends",
    ),
});
export type Loss = z.infer<typeof lossSchema>;

export const faultPlanSchema = z
  .strictObject({
    schema: z.literal("bastide.faults/1"),
    seed: z.string().default("1").describe("Chances are drawn from it"),
    faults: z.array(ruleSchema).default([]).describe("Of several that apply to a call the first counts"),
    losses: z.array(lossSchema).default([]),
    grantDelaySeconds: z
      .number()
      .min(0)
      .default(0)
      .describe(
        "IAM is eventually consistent: a new policy takes effect so long after it was made, on the platform's clock",
      ),
  })
  .describe("Faults on demand of the local Scaleway.");
export type FaultPlan = z.infer<typeof faultPlanSchema>;

/** JSON Schema of a faults file, as people write it: what has a default may be left out. */
export const faultPlanJsonSchema = (): unknown => ({
  title: "bastide.faults/1",
  ...z.toJSONSchema(faultPlanSchema, { io: "input" }),
});
