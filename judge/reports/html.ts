import type { Finding } from "../kit/verdict.ts";
import { escapeHtml, page } from "./html-page.ts";
import type { Renderer, Report } from "./report.ts";
import { byRule, label, OUTCOME_WORDS, safe, scope, summary, valueText, wordsOf } from "./wording.ts";

/** One self-contained page for people who keep records: no script, no network, prints, follows light and dark. */
export const html: Renderer = (report) => {
  const { verdict } = report;
  const sections = byRule(verdict.findings).map(([rule, findings]) => section(report, rule, findings));
  const body = [
    `<header class="${verdict.outcome}"><p class="outcome">${verdict.outcome}</p>`,
    `<h1>${escapeHtml(scope(verdict))}</h1><p>${escapeHtml(summary(verdict))}</p></header>`,
    `<main>${sections.join("\n")}${sections.length === 0 ? "<p>Nothing to report.</p>" : ""}</main>`,
    footer(report),
  ].join("\n");
  return page(`Verdict: ${safe(verdict.subject)}`, STYLE, body);
};

function section(report: Report, rule: string, findings: readonly Finding[]): string {
  const [first] = findings;
  if (first === undefined) return "";
  const { title, rationale, remedy } = wordsOf(report, rule);
  const label = `${OUTCOME_WORDS[first.outcome]}, ${first.severity}${first.enforcement === "advisory" ? ", advisory" : ""}`;
  return `<section class="${first.outcome}"><h2><code>${rule}</code> ${escapeHtml(title)} <small>${label}</small></h2>
<p><b>Why.</b> ${escapeHtml(rationale)} <b>Fix.</b> ${escapeHtml(remedy)}</p>
<table><thead><tr><th scope="col">resource</th><th scope="col">property</th><th scope="col">got</th><th scope="col">want</th><th scope="col">proof</th></tr></thead>
<tbody>${findings.map(row).join("\n")}</tbody></table>
<p class="clauses">${escapeHtml(first.controls.join(", "))}</p></section>`;
}

const row = (f: Finding): string => {
  const path = f.path.length === 0 ? "" : `<br><small>through ${escapeHtml(f.path.map(label).join(" → "))}</small>`;
  const waiver = f.waiver === undefined ? "" : `<br><small>${escapeHtml(safe(f.waiver))}</small>`;
  const cells = [f.property, valueText(f.got), valueText(f.want), f.proof].map(
    (text) => `<td>${escapeHtml(safe(text))}</td>`,
  );
  return `<tr><td title="${escapeHtml(safe(f.subject))}">${escapeHtml(label(f.subject))}${path}${waiver}</td>${cells.join("")}</tr>`;
};

function footer({ verdict }: Report): string {
  const items = [
    ...verdict.advisories,
    ...(verdict.notSeen.length === 0 ? [] : [`not seen through this door: ${verdict.notSeen.join(", ")}`]),
    ...Object.entries(verdict.law).map(([name, digest]) => `law ${name}: ${digest}`),
    `now: ${verdict.now}`,
  ];
  return `<footer><ul>${items.map((item) => `<li>${escapeHtml(safe(item))}</li>`).join("")}</ul></footer>`;
}

const STYLE = `
header{border-left:.5rem solid var(--accent);padding-left:1rem}
.outcome{font-weight:700;text-transform:uppercase;color:var(--accent);margin:0}
.fail{--accent:var(--bad)}.undecided{--accent:var(--doubt)}.pass{--accent:var(--good)}.waived{--accent:var(--muted)}
h1{font-size:1.25rem;margin:.2rem 0}h2{font-size:1.05rem}small{color:var(--muted);font-weight:400}
section{margin:1.5rem 0;break-inside:avoid}
table{border-collapse:collapse;width:100%;font-size:.875rem}
th,td{border-top:1px solid var(--line);padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
.clauses,footer{color:var(--muted);font-size:.8rem}`;
