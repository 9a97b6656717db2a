import { byText, stableJson } from "../../kernel/order.ts";
import type { Door } from "../facts/raw.ts";
import type { RuleData } from "../kit/rule.ts";
import type { Finding, FindingOutcome, Severity, Verdict } from "../kit/verdict.ts";
import type { Report } from "./report.ts";

/**
 * The words that all reports share. A verdict says what was looked for and not found; it never says that an estate meets a
 * regulation (docs/controls §4: some words are forbidden in generated text, and a test holds that none of them appears).
 */

/** Longest value that a report shows in full. */
const MAX_VALUE = 240;

export const DOOR_WORDS: Readonly<Record<Door, string>> = {
  gate: "the offline gate",
  "policy-pack": "the policy pack",
  state: "a stack's state",
  "preview-file": "a preview's file",
  local: "the local Scaleway",
};

export const OUTCOME_WORDS: Readonly<Record<FindingOutcome, string>> = {
  fail: "violation",
  undecided: "cannot know",
  waived: "waived",
  notApplicable: "not applicable",
  pass: "no violation",
};

/** What blocks, then what only advises, then what is settled. */
function rank({ outcome, enforcement }: Finding): number {
  const advisory = enforcement === "advisory" ? 2 : 0;
  if (outcome === "fail") return advisory;
  if (outcome === "undecided") return 1 + advisory;
  return outcome === "waived" ? 4 : outcome === "pass" ? 5 : 6;
}

const SEVERITY_RANK: Readonly<Record<Severity, number>> = { critical: 0, high: 1, medium: 2, low: 3 };

/** Worst first, by what it blocks and by severity; the rest by name, so that order never depends on luck. */
export function byHarm(a: Finding, b: Finding): number {
  return (
    rank(a) - rank(b) ||
    SEVERITY_RANK[a.severity] - SEVERITY_RANK[b.severity] ||
    byText(a.rule, b.rule) ||
    byText(a.subject, b.subject) ||
    byText(a.property, b.property) ||
    byText(stableJson(a.got), stableJson(b.got))
  );
}

/** A number with its noun. */
export const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

/** `a, b and c`. */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;

/** One sentence with every count that matters. */
export function summary({ outcome, counts }: Verdict): string {
  const found: Readonly<Record<Verdict["outcome"], string>> = {
    pass: counts.fail === 0 ? "no violation found" : `no blocking violation found, ${counts.fail} advisory`,
    fail: `${count(counts.fail, "violation")} found`,
    undecided: "cannot know, values are missing: no violation found",
  };
  const parts = [
    `${found[outcome]} of ${count(counts.rules, "rule")} on ${count(counts.resources, "resource")}`,
    `${counts.undecided} unknown`,
    `${counts.assumed} assumed`,
    `${counts.waived} waived`,
    `${counts.notJudged} not judged`,
  ];
  return parts.join("; ");
}

/** What was judged and through which door. */
export const scope = ({ subject, door, profile }: Verdict): string =>
  `${safe(subject)}, through ${DOOR_WORDS[door]}, profile ${profile}`;

/** Last part of a URN, or the subject itself. */
export const shortName = (subject: string): string => {
  const name = subject.startsWith("urn:pulumi:") ? subject.split("::").slice(3).join("::") : subject;
  return safe(name === "" ? subject : name);
};

/** Kind and name of a resource, e.g. `GatewayNetwork data`; other subjects as they are. */
export function label(subject: string): string {
  if (!subject.startsWith("urn:pulumi:")) return safe(subject);
  const kind = subject.split("::")[2]?.split(":").at(-1) ?? "";
  return `${safe(kind)} ${shortName(subject)}`;
}

/** A value as one line: unknowns say who will supply them, long ones are cut. */
export function valueText(value: unknown): string {
  const from = unknownFrom(value);
  if (from !== undefined) return from === "" ? "not known yet" : `not known yet: ${label(from)} will supply it`;
  const text = safe(typeof value === "string" ? value : stableJson(value ?? null));
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}… (${text.length} characters)` : text;
}

function unknownFrom(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || Reflect.get(value, "unknown") !== true) return undefined;
  const from: unknown = Reflect.get(value, "from");
  return typeof from === "string" ? from : "";
}

/** The rule's own words; a rule that the report was not given speaks by its id. */
export const wordsOf = (report: Report, id: string): Pick<RuleData, "title" | "rationale" | "remedy"> =>
  report.rules.get(id) ?? { title: id, rationale: "", remedy: "" };

/** One line about one finding, for formats that have room for no more. */
export function headline(report: Report, f: Finding): string {
  const { title } = wordsOf(report, f.rule);
  const where = f.property === "" ? label(f.subject) : `${label(f.subject)} ${safe(f.property)}`;
  return `${f.rule} ${OUTCOME_WORDS[f.outcome]}: ${title}. ${where}: got ${valueText(f.got)}, want ${valueText(f.want)}`;
}

/** Findings of one rule, in order of harm of the first. */
export function byRule(findings: readonly Finding[]): readonly (readonly [string, readonly Finding[]])[] {
  const groups = new Map<string, Finding[]>();
  for (const f of [...findings].sort(byHarm)) {
    const key = `${f.rule} ${f.outcome}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [f]);
    else group.push(f);
  }
  return [...groups.values()].map((group) => [group[0]?.rule ?? "", group]);
}

/** Text from an estate, without characters that move a cursor, reverse a line or end one: those are shown as escapes. */
export const safe = (text: string): string => (PLAIN.test(text) ? text : text.replace(UNSAFE, escaped));

/** Most texts are of such characters alone, and that is quicker to tell. */
const PLAIN = /^[ -~]*$/;

const UNSAFE =
  /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu;

/** Canonical JSON, two spaces deep, in which invisible and reordering characters stand as JSON escapes. */
export const safeJson = (value: unknown): string => `${visible(stableJson(value, 2))}\n`;

/** JSON as it is, with an escape in the place of each character that would not be seen, or move others. */
export const visible = (json: string): string => json.replace(INVISIBLE, escaped);

const escaped = (c: string): string => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`;

const INVISIBLE = /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
