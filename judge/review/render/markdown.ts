import { bytes, code, MAX_BYTES } from "../../reports/markdown.ts";
import { label } from "../../reports/wording.ts";
import { type Change, RISKS } from "../change.ts";
import { type Line, linesOf } from "../lines.ts";
import { RISK_WORDS, remarks, sentence, stepsOf, tally, whereOf } from "../words.ts";
import type { ReviewRenderer } from "./form.ts";

/** Marks our comment, so that a rerun replaces it. */
export const MARKER = "<!-- bastide:review -->";

/** Steps of a witness that are told; the JSON has all. */
const MOST_STEPS = 8;

/**
 * For a merge request, at most 64,000 bytes: a list a risk, worst first, one line a change. Cut at a whole line, with the number
 * of those left out. Holds no time and no run's number, so that a rerun writes the same comment.
 */
export const markdown: ReviewRenderer = ({ review }) => {
  const head = `${MARKER}\n## What this change means: ${tally(review)}\n\n${code(review.base.name)} → ${code(review.head.name)}\n`;
  const foot = `\n${remarks(review)
    .map((r) => `<sub>${escaped(r)}</sub>`)
    .join("<br>\n")}\n`;
  let body = "";
  let shown = 0;
  for (const risk of RISKS) {
    const found = linesOf(review.changes.filter((c) => c.risk === risk));
    let heading = found.length === 0 ? "" : `\n### ${RISK_WORDS[risk]}\n\n`;
    for (const told of found) {
      const next = `${heading}${line(told)}\n`;
      if (bytes(head) + bytes(body) + bytes(next) + bytes(foot) > MAX_BYTES - 400)
        return cut(head, body, foot, review.changes.length - shown);
      body += next;
      heading = "";
      shown += told.changes;
    }
  }
  return `${head}${body}${foot}`;
};

const cut = (head: string, body: string, foot: string, hidden: number): string =>
  `${head}${body}\n**${hidden} less harmful changes are left out here**; \`review.json\` has all of them.\n${foot}`;

function line(told: Line): string {
  const { change: c } = told;
  const where = whereOf(c, code);
  const by = c.refusedBy.length === 0 ? "" : ` **Refused by ${c.refusedBy.join(", ")}.**`;
  const path = witness(c);
  return `- ${sentence(told, code)}.${by}${where === "" ? "" : ` <sub>${where}</sub>`}${path}`;
}

/** The steps of a way, both ends told however long it is. */
function witness(c: Change): string {
  const steps = stepsOf(c).map((step) => code(label(step)));
  if (steps.length < 2) return "";
  const left = steps.length - MOST_STEPS;
  const told = left <= 1 ? steps : [...steps.slice(0, MOST_STEPS - 2), `${left + 1} more`, ...steps.slice(-1)];
  return `<br>through ${told.join(" → ")}`;
}

const escaped = (text: string): string => text.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`);
