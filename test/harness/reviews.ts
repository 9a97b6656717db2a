import type { RawEstate, RawResource } from "../../judge/facts/raw.ts";
import { lawForForeign } from "../../judge/kit/law.ts";
import type { Review } from "../../judge/review/change.ts";
import { linesOf } from "../../judge/review/lines.ts";
import type { ReviewSide } from "../../judge/review/review.ts";
import { reviewOf } from "../../judge/review/review.ts";
import { sentence } from "../../judge/review/words.ts";
import { committedRules } from "../../policy-packs/bastide/rules/index.ts";
import { rawEstate } from "./raw.ts";

export const NOW = "2026-11-23T12:00:00Z";
const law = { law: lawForForeign("fr-health"), rules: committedRules() };
/** Facts alone: what rules refuse is their own tests' business. */
const factsAlone = { ...law, rules: [] };

export const side = (name: string, estate: RawEstate, over: Partial<ReviewSide> = {}): ReviewSide => ({
  name,
  estate,
  ...law,
  ...over,
});

/** Review of two estates under one law and the committed rules. */
export const review = (base: RawEstate, head: RawEstate, over: Partial<ReviewSide> = {}): Review =>
  reviewOf(side("before", base), side("after", head, over), { now: NOW, trusted: law });

export const reviewed = (base: readonly RawResource[], head: readonly RawResource[]): Review =>
  reviewOf(side("before", rawEstate(base), factsAlone), side("after", rawEstate(head), factsAlone), {
    now: NOW,
    trusted: factsAlone,
  });

/** `risk: sentence`, a line each, in order; verdicts of rules, which are other tests' business, only where asked for. */
export const lines = (found: Review, verdicts = false): readonly string[] =>
  linesOf(found.changes)
    .filter(({ change }) => verdicts || !["verdict", "unknown"].includes(change.topic))
    .map((told) => `${told.change.risk}: ${sentence(told, (text) => text)}`);
