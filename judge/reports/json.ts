import type { Renderer } from "./report.ts";
import { safeJson } from "./wording.ts";

/** The verdict itself, `bastide.verdict/1`, keys in canonical order. Schema: `docs/schema/verdict.schema.json`. */
export const json: Renderer = ({ verdict }) => safeJson(verdict);
