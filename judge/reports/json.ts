import { stableJson } from "../../kernel/order.ts";
import type { Renderer } from "./report.ts";

/** The verdict itself, `bastide.verdict/1`, keys in canonical order. Schema: `docs/schema/verdict.schema.json`. */
export const json: Renderer = ({ verdict }) => `${stableJson(verdict, 2)}\n`;
