import { safeJson } from "../../reports/wording.ts";
import type { ReviewRenderer } from "./form.ts";

/** The review as data: `bastide.review/1`. */
export const json: ReviewRenderer = ({ review }) => safeJson(review);
