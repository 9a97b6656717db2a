import { existsSync, readFileSync } from "node:fs";
import { approvalOf, stateSerial } from "../../judge/review/approval.ts";
import type { Review } from "../../judge/review/change.ts";
import { dataLosses } from "../../judge/review/loss.ts";
import type { ReviewSide } from "../../judge/review/review.ts";
import { stableJson } from "../../kernel/order.ts";
import { entryOf } from "../engine/loss-consent.ts";
import { writeWhole } from "../judge/output.ts";

/**
 * What a reviewed plan can be agreed to with, beside its reports: the record that `up --approved` asks for and, where data would
 * be lost, a consent that lacks its owner, reason and end. Gives the files written, or why there are none.
 */
export function writeAgreement(
  out: string,
  review: Review,
  sides: { readonly basePath: string; readonly base: ReviewSide; readonly head: ReviewSide; readonly law: string },
): { readonly written: readonly string[]; readonly missing?: string } {
  const { basePath, base, head, law } = sides;
  const isState = base.estate.door === "state" && existsSync(basePath);
  const state = isState ? stateSerial(JSON.parse(readFileSync(basePath, "utf8"))) : undefined;
  if (state === undefined) return { written: [], missing: "no approval: the base is not a state's file" };
  const approval = approvalOf(review, head.estate, state, law);
  if (approval === undefined) return { written: [], missing: "no approval: the head is not the plan of one stack" };
  const steps = dataLosses(head.estate).map((loss) => entryOf(loss, state));
  const draft = { schema: "bastide.consent/1", steps, owner: "", reason: "", expires: "" };
  return {
    written: [
      writeWhole(out, "approval.json", `${stableJson(approval, 2)}\n`),
      ...(steps.length === 0 ? [] : [writeWhole(out, "consent.draft.json", `${JSON.stringify(draft, null, 2)}\n`)]),
    ],
  };
}
