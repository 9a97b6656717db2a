import { escapeHtml, page } from "../../reports/html-page.ts";
import { label, safe } from "../../reports/wording.ts";
import { RISKS } from "../change.ts";
import { type Line, linesOf } from "../lines.ts";
import { RISK_WORDS, remarks, sentence, sides, stepsOf, tally, whereOf } from "../words.ts";
import type { ReviewRenderer } from "./form.ts";

const quote = (text: string): string => `<b>${escapeHtml(safe(text))}</b>`;
const codeTag = (text: string): string => `<code>${escapeHtml(safe(text))}</code>`;

/** One self-contained page for people who keep records: no script, no network, prints, follows light and dark. */
export const html: ReviewRenderer = ({ review }) => {
  const sections = RISKS.flatMap((risk) => {
    const found = linesOf(review.changes.filter((c) => c.risk === risk));
    if (found.length === 0) return [];
    return [
      `<section class="${risk.replaceAll(" ", "-")}"><h2>${RISK_WORDS[risk]} <small>${found.length}</small></h2><ul>${found.map(item).join("\n")}</ul></section>`,
    ];
  });
  const body = [
    `<header><p class="sides">${escapeHtml(sides(review))}</p><h1>What this change means</h1><p>${escapeHtml(tally(review))}</p></header>`,
    `<main>${sections.join("\n")}</main>`,
    `<footer><ul>${remarks(review)
      .map((r) => `<li>${escapeHtml(r)}</li>`)
      .join("")}<li>law before ${review.base.law}</li><li>law after ${review.head.law}</li></ul></footer>`,
  ].join("\n");
  return page(`Review: ${safe(review.head.name)}`, STYLE, body);
};

function item(told: Line): string {
  const { change: c } = told;
  const where = whereOf(c, codeTag);
  const by = c.refusedBy.length === 0 ? "" : ` <em>refused by ${c.refusedBy.join(", ")}</em>`;
  const path =
    c.path.length < 2
      ? ""
      : `<br><small>through ${stepsOf(c)
          .map((s) => escapeHtml(label(s)))
          .join(" → ")}</small>`;
  return `<li title="${escapeHtml(safe(c.subject))}">${sentence(told, quote)}.${by}${where === "" ? "" : `<br><small>${where}</small>`}${path}</li>`;
}

const STYLE = `
.sides{color:var(--muted);margin:0}h1{font-size:1.4rem;margin:.2rem 0}h2{font-size:1.1rem;margin:1.6rem 0 .4rem;border-left:.4rem solid var(--accent);padding-left:.6rem}
small{color:var(--muted);font-weight:400}ul{padding-left:1.2rem}li{margin:.45rem 0;overflow-wrap:anywhere}main li::marker{color:var(--accent)}
em{color:var(--bad);font-style:normal;font-weight:600}section{break-inside:avoid-page}
section{--accent:var(--muted)}.refused,.needs-consent{--accent:var(--bad)}.needs-review{--accent:var(--doubt)}.none{--accent:var(--good)}
footer{color:var(--muted);font-size:.8rem;margin-top:2rem;overflow-wrap:anywhere}`;
