import { safe } from "../../reports/wording.ts";
import { RISKS } from "../change.ts";
import { type Line, linesOf } from "../lines.ts";
import { RISK_WORDS, remarks, sentence, sides, tally, whereOf } from "../words.ts";
import type { ReviewRenderer } from "./form.ts";

const plain = (text: string): string => safe(text);

/** For a terminal: one line a change, worst first. */
export const text: ReviewRenderer = ({ review }) => {
  const groups = RISKS.flatMap((risk) => {
    const found = linesOf(review.changes.filter((c) => c.risk === risk));
    return found.length === 0 ? [] : ["", RISK_WORDS[risk], ...found.map(line)];
  });
  return [`${sides(review)}: ${tally(review)}`, ...groups, "", ...remarks(review).map((r) => `  ${r}`), ""].join("\n");
};

function line(told: Line): string {
  const { change: c } = told;
  const where = whereOf(c, plain);
  const by = c.refusedBy.length === 0 ? "" : ` [${c.refusedBy.join(", ")}]`;
  return `  ${sentence(told, plain)}${where === "" ? "" : `  (${where})`}${by}`;
}
