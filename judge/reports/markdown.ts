import type { Finding } from "../kit/verdict.ts";
import type { Renderer, Report } from "./report.ts";
import { byRule, label, OUTCOME_WORDS, safe, scope, summary, valueText, wordsOf } from "./wording.ts";

/** Largest comment that GitHub and GitLab both take, in bytes, with room for what a caller adds. */
export const MAX_BYTES = 64_000;

/** Marks our comment, so that a rerun replaces it. */
const MARKER = "<!-- bastide:verdict -->";

/** For a merge request: worst first, cut at a whole rule when it would grow past 64,000 bytes, and says what was cut. */
export const markdown: Renderer = (report) => {
  const { verdict } = report;
  const groups = byRule(verdict.findings);
  const head = [
    MARKER,
    `## ${verdict.outcome.toUpperCase()}: ${code(verdict.subject)}`,
    "",
    `${summary(verdict)}. Judged through ${scope(verdict).split(", through ").at(-1)}.`,
    "",
  ].join("\n");
  const foot = footer(report);
  let body = "";
  let shown = 0;
  for (const [rule, findings] of groups) {
    const section = group(report, rule, findings);
    if (bytes(head) + bytes(body) + bytes(section) + bytes(foot) > MAX_BYTES - 400) break;
    body += section;
    shown += findings.length;
  }
  const hidden = verdict.findings.length - shown;
  const cut =
    hidden === 0 ? "" : `**${hidden} more findings are left out here**; \`verdict.json\` has all of them.\n\n`;
  return `${head}\n${body}${cut}${foot}`;
};

/** Findings of one rule in a comment; the rest is counted. */
const SHOWN = 25;

function group(report: Report, rule: string, findings: readonly Finding[]): string {
  const [first] = findings;
  if (first === undefined) return "";
  const { title, rationale, remedy } = wordsOf(report, rule);
  const advisory = first.enforcement === "advisory" ? ", advisory" : "";
  const hidden = findings.length - SHOWN;
  return [
    `### ${rule} · ${OUTCOME_WORDS[first.outcome]}, ${first.severity}${advisory}: ${title}`,
    "",
    "| resource | property | got | want | proof |",
    "|---|---|---|---|---|",
    ...findings.slice(0, SHOWN).map(row),
    "",
    ...(hidden > 0 ? [`and ${hidden} more of this rule.`, ""] : []),
    ...(rationale === "" ? [] : [`Why: ${rationale}`, ""]),
    ...(remedy === "" ? [] : [`Fix: ${remedy}`, ""]),
    ...(first.controls.length === 0 ? [] : [`<sub>${first.controls.join(", ")}</sub>`, ""]),
    "",
  ].join("\n");
}

const row = (f: Finding): string =>
  `| ${[
    code(label(f.subject)),
    code(f.property),
    code(valueText(f.got)),
    code(valueText(f.want)),
    f.waiver === undefined ? f.proof : `${f.proof}, ${code(f.waiver)}`,
  ].join(" | ")} |`;

function footer({ verdict }: Report): string {
  const law = Object.entries(verdict.law).map(([name, digest]) => `${name} \`${digest.slice(0, 12)}\``);
  return [
    ...verdict.advisories.map((a) => `- ${safe(a)}`),
    ...(verdict.notSeen.length === 0 ? [] : [`- not seen through this door: ${verdict.notSeen.map(safe).join(", ")}`]),
    "",
    `<sub>law: ${law.join(", ")}; now: ${verdict.now}</sub>`,
    "",
  ].join("\n");
}

/** Text from an estate as code: no markup, no mention, no table border comes through. */
export function code(text: string): string {
  const clean = safe(text).replaceAll("|", "\\|");
  if (clean === "") return "";
  const longest = Math.max(0, ...[...clean.matchAll(/`+/g)].map((m) => m[0].length));
  const fence = "`".repeat(longest + 1);
  const pad = clean.startsWith("`") || clean.endsWith("`") ? " " : "";
  return `${fence}${pad}${clean}${pad}${fence}`;
}

export const bytes = (text: string): number => Buffer.byteLength(text, "utf8");
