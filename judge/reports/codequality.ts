import type { Finding, Severity } from "../kit/verdict.ts";
import type { Renderer } from "./report.ts";
import { fingerprint } from "./sarif.ts";
import { byHarm, headline, safeJson } from "./wording.ts";

/** GitLab's code quality report: violations and what cannot be known; waived and passed ones have no place in it. */
export const codequality: Renderer = (report) => {
  const issues = report.verdict.findings
    .filter((f) => f.outcome === "fail" || f.outcome === "undecided")
    .sort(byHarm)
    .map((f) => {
      const source = report.subjects.get(f.subject)?.source;
      return {
        description: headline(report, f),
        check_name: f.rule,
        fingerprint: fingerprint(f),
        severity: severityOf(f),
        location: {
          path: source?.file ?? report.provenance.artefact,
          lines: { begin: Math.max(1, source?.line ?? 1) },
        },
      };
    });
  return safeJson(issues);
};

const SEVERITIES: Readonly<Record<Severity, string>> = {
  critical: "blocker",
  high: "critical",
  medium: "major",
  low: "minor",
};

const severityOf = (f: Finding): string => (f.enforcement === "advisory" ? "info" : SEVERITIES[f.severity]);
