import { XMLBuilder } from "fast-xml-parser";
import { byText } from "../../kernel/order.ts";
import type { Finding } from "../kit/verdict.ts";
import type { Renderer, Report } from "./report.ts";
import { byHarm, headline, OUTCOME_WORDS, safe, summary, wordsOf } from "./wording.ts";

/** A test case, as attributes and children for the XML builder: `@` marks attributes. */
type Node = Readonly<Record<string, unknown>>;

/**
 * JUnit: one case for each finding, and one for each rule that has none. A violation is a failure, what cannot be known an
 * error, a waived or advisory one is skipped with its reason: no runner takes any of the first two for green.
 */
export const junit: Renderer = (report) => {
  const { verdict } = report;
  const found = [...verdict.findings].sort(byHarm);
  const silent = [...report.rules.keys()].filter((id) => !found.some((f) => f.rule === id)).sort(byText);
  const cases = [...found.map((f) => caseOf(report, f)), ...silent.map((id) => silentCase(report, id))];
  const count = (child: string): number => cases.filter((c) => child in c).length;
  const totals = { "@tests": cases.length, "@failures": count("failure"), "@errors": count("error") };
  const suite = {
    "@name": `bastide ${safe(verdict.subject)}`,
    ...totals,
    "@skipped": count("skipped"),
    "@time": "0",
  };
  const tree = {
    "?xml": { "@version": "1.0", "@encoding": "UTF-8" },
    testsuites: {
      "@name": "bastide",
      ...totals,
      testsuite: { ...suite, testcase: cases, "system-out": `${verdict.outcome}: ${summary(verdict)}` },
    },
  };
  return `${builder.build(tree).trimEnd()}\n`;
};

const builder = new XMLBuilder({
  attributeNamePrefix: "@",
  ignoreAttributes: false,
  format: true,
  processEntities: true,
});

function caseOf(report: Report, f: Finding): Node {
  const property = f.property === "" ? "" : ` ${safe(f.property)}`;
  return {
    "@classname": f.rule,
    "@name": `${safe(f.subject)}${property}`,
    "@time": "0",
    ...outcomeOf(report, f),
  };
}

function outcomeOf(report: Report, f: Finding): Node {
  const message = headline(report, f);
  const body = {
    "@message": message,
    "@type": `${f.severity} ${OUTCOME_WORDS[f.outcome]}`,
    "#text": details(report, f),
  };
  // The published schema knows a reason of what is skipped as text, and no attribute.
  if (f.outcome === "waived") return { skipped: `waived: ${safe(f.waiver ?? "")}` };
  if (f.outcome === "notApplicable") return { skipped: message };
  if (f.outcome === "pass") return {};
  if (f.enforcement === "advisory") return { skipped: `advisory: ${message}` };
  return f.outcome === "fail" ? { failure: body } : { error: body };
}

function details(report: Report, f: Finding): string {
  const { rationale, remedy } = wordsOf(report, f.rule);
  return [`why: ${rationale}`, `fix: ${remedy}`, `see: ${f.controls.join(", ")}`].join("\n");
}

const silentCase = (report: Report, id: string): Node => ({
  "@classname": id,
  "@name": wordsOf(report, id).title,
  "@time": "0",
});
