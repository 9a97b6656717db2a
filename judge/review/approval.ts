import { z } from "zod";
import { byText } from "../../kernel/order.ts";
import type { RawEstate } from "../facts/raw.ts";
import { digestOf } from "../kit/digest.ts";
import { type Review, RISKS } from "./change.ts";

const digest = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * `bastide.approval/1`: what was reviewed, so that what is applied can be held against it. It names the plan, the state that the
 * plan was made from and the law that it was judged under; when any of them moved, it is the approval of something else.
 */
export const approvalSchema = z.strictObject({
  schema: z.literal("bastide.approval/1"),
  /** The one stack that it is about. */
  stack: z.string().min(1),
  plan: digest,
  state: digest,
  law: digest,
  /** Worst risk that the review found. */
  risk: z.enum(RISKS),
});
export type Approval = z.infer<typeof approvalSchema>;

/** Operations by which nothing changes. */
const KEEPS: ReadonlySet<string> = new Set(["same", "read"]);

/** Digest of what a plan does: each step with its resource, its inputs before and after, and why it replaces. */
export const planDigest = (plan: Pick<RawEstate, "steps">): string =>
  digestOf(
    (plan.steps ?? [])
      .filter(({ op }) => !KEEPS.has(op))
      .map(({ urn, op, inputs, replaceReasons }) => ({ urn, op, inputs, replaceReasons }))
      .sort((a, b) => byText(a.urn, b.urn) || byText(a.op, b.op)),
  );

const blind = "4dabf18193072939515e22adb298388d";

const looseState = z.looseObject({
  deployment: z
    .looseObject({ resources: z.array(z.unknown()).nullish(), pending_operations: z.array(z.unknown()).nullish() })
    .nullish(),
});

/**
 * Serial of a stack's state. Neither the file nor the S3 backend of Pulumi counts a state's versions, so it is a digest of the
 * exported resources, with the instants at which the engine last changed each, and of operations cut short. Of secrets only that they
 * are there: their ciphertext may differ from export to export.
 */
export function stateSerial(exported: unknown): string | undefined {
  const parsed = looseState.safeParse(exported);
  if (!parsed.success) return undefined;
  const { resources, pending_operations: pending } = parsed.data.deployment ?? {};
  return digestOf([withoutSecrets(resources ?? []), withoutSecrets(pending ?? [])]);
}

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  if (Object.hasOwn(value, blind)) return { secret: true };
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutSecrets(item)]));
}

/** The approval of a reviewed plan; `undefined` where the head is no plan of one stack. */
export function approvalOf(review: Review, head: RawEstate, state: string, law: string): Approval | undefined {
  if (head.steps === undefined || head.subject.includes(",")) return undefined;
  return { schema: "bastide.approval/1", stack: head.subject, plan: planDigest(head), state, law, risk: review.risk };
}
