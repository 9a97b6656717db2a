import { hash } from "node:crypto";
import type { Invocation, Location, Log, Notification, Result, Run } from "sarif";
import { inOrder, stableJson } from "../../kernel/order.ts";
import type { AttestedClaim, Finding } from "../kit/verdict.ts";
import type { Renderer, Report } from "./report.ts";
import { driverOf, ruleIndex, taxonomiesOf } from "./sarif-tool.ts";
import { byHarm, headline, OUTCOME_WORDS, safeJson, shortName, summary, visible } from "./wording.ts";

/** The published schema, as OASIS hosts it. */
export const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/** Forges refuse a run with more results; what is left out is said in the run, and is the least harmful. */
export const MAX_RESULTS = 25_000;

/**
 * SARIF 2.1.0: `fail`, `open` (cannot know), suppressed and `review` (attested) results by default, all kinds with `--all`.
 * One result a line: a large report is half the size and is told apart line by line.
 */
export const sarif: Renderer = (report) => {
  const findings = [...report.verdict.findings].sort(byHarm);
  const shown = findings.slice(0, MAX_RESULTS);
  const run: Run = {
    tool: { driver: driverOf(report) },
    taxonomies: taxonomiesOf(report),
    automationDetails: { id: `bastide/${report.verdict.subject.replaceAll(/[^\w.-]+/g, "-")}/` },
    columnKind: "utf16CodeUnits",
    invocations: [invocationOf(report, findings.length - shown.length)],
    results: [],
    properties: propertiesOf(report),
  };
  const log: Log = { $schema: SCHEMA, version: "2.1.0", runs: [run] };
  const results = [
    ...shown.map((f) => JSON.stringify(resultOf(report, f))),
    ...(report.verdict.attested ?? []).map((a) => stableJson(reviewOf(report, a))),
  ];
  return withResults(safeJson(log), results);
};

/** As `safeJson` writes a list that is empty; inside a text the quotes would be escaped. */
const NO_RESULTS = '"results": []';

function withResults(log: string, results: readonly string[]): string {
  if (results.length === 0) return log;
  const at = log.indexOf(NO_RESULTS) + NO_RESULTS.length - 1;
  const lines = visible(results.map((result) => `        ${result}`).join(",\n"));
  return `${log.slice(0, at)}\n${lines}\n      ${log.slice(at)}`;
}

function invocationOf(report: Report, leftOut: number): Invocation {
  const note = (level: Notification.level, text: string): Notification => ({ level, message: { text } });
  const { verdict } = report;
  return {
    executionSuccessful: true,
    toolExecutionNotifications: [
      note("note", `${verdict.outcome}: ${summary(verdict)}`),
      ...verdict.advisories.map((a) => note("note", a)),
      ...verdict.notSeen.map((spot) => note("note", `not seen through this door: ${spot}`)),
      ...(leftOut > 0 ? [note("warning", `${leftOut} less harmful results are left out`)] : []),
    ],
  };
}

const propertiesOf = ({ verdict }: Report): Record<string, unknown> => {
  const { schema, subject, door, profile, outcome, law, now, counts, notSeen, advisories } = verdict;
  return { schema, subject, door, profile, outcome, law, now, counts, notSeen, advisories };
};

const KINDS: Readonly<Record<Finding["outcome"], Result.kind>> = {
  fail: "fail",
  waived: "fail",
  undecided: "open",
  notApplicable: "notApplicable",
  pass: "pass",
};

/** Written in the order of the keys at every depth, as it leaves: of thousands of results none is sorted anew. */
function resultOf(report: Report, f: Finding): Result {
  const kind = KINDS[f.outcome];
  return {
    kind,
    level: kind === "fail" ? levelOf(f) : "none",
    locations: [locationOf(report, f)],
    message: { text: headline(report, f) },
    partialFingerprints: { "bastide/1": fingerprint(f) },
    properties: {
      controls: inOrder(f.controls),
      enforcement: f.enforcement,
      got: inOrder(f.got ?? null),
      outcome: OUTCOME_WORDS[f.outcome],
      proof: f.proof,
      property: f.property,
      severity: f.severity,
      want: inOrder(f.want ?? null),
    },
    ...(f.path.length === 0 ? {} : { relatedLocations: f.path.map((step, index) => stepOf(step, index)) }),
    ruleId: f.rule,
    ruleIndex: ruleIndex(report, f.rule),
    ...(f.outcome === "waived" ? { suppressions: [suppressionOf(f)] } : {}),
  };
}

/** Rule that asks for an attestation of a kind; the others stand under the register's own. */
const ASKS: Readonly<Record<string, string>> = {
  "hsm-certificate": "KEY-08",
  "organization-mfa": "IAM-07",
  "state-copy": "DR-06",
};

/** What somebody vouches for is neither pass nor violation: a person looks at it. */
function reviewOf(report: Report, claim: AttestedClaim): Result {
  const { kind, owner, expires, document, example } = claim;
  const rule = ASKS[kind] ?? "EVD-04";
  const made = example ? " An example: nobody vouches for it." : "";
  return {
    ruleId: rule,
    ruleIndex: ruleIndex(report, rule),
    kind: "review",
    level: "none",
    message: { text: `${rule} attested until ${expires} by ${owner}: ${kind}.${made}` },
    locations: [locationOf(report, { subject: "stack" })],
    partialFingerprints: {
      "bastide/1": hash("sha256", [rule, kind, document].join("\n")).slice(0, 32),
    },
    properties: { ...claim },
  };
}

/** An advisory never blocks, and never looks as if it did. */
function levelOf({ severity, enforcement }: Finding): Result.level {
  if (enforcement === "advisory") return "note";
  return severity === "critical" || severity === "high" ? "error" : severity === "medium" ? "warning" : "note";
}

const suppressionOf = (f: Finding) => ({
  justification: f.waiver ?? "",
  kind: "external" as const,
  status: "accepted" as const,
});

/** Findings of one resource share its location: a large report is made of few resources and many findings. */
const locations = new WeakMap<Report, Map<string, Location>>();

function locationOf(report: Report, { subject }: Pick<Finding, "subject">): Location {
  const known = locations.get(report) ?? new Map<string, Location>();
  locations.set(report, known);
  const location = known.get(subject) ?? locationAt(report, subject);
  known.set(subject, location);
  return location;
}

function locationAt(report: Report, subject: string): Location {
  const source = report.subjects.get(subject)?.source;
  const file = source?.file ?? report.provenance.artefact;
  const physical = {
    artifactLocation: { uri: encodeURI(file), uriBaseId: "%SRCROOT%" },
    region: { startLine: Math.max(1, source?.line ?? 1) },
  };
  return {
    logicalLocations: [logicalOf(subject)],
    ...(file === "" ? {} : { physicalLocation: physical }),
  };
}

const logicalOf = (subject: string) => ({
  fullyQualifiedName: subject,
  kind: subject.startsWith("urn:pulumi:") ? "resource" : "stack",
  name: shortName(subject),
});

const stepOf = (step: string, index: number): Location => ({
  id: index + 1,
  logicalLocations: [logicalOf(step)],
  message: { text: `step ${index + 1}` },
});

/** Stable from run to run: the rule, the resource and the property, not the value. */
export const fingerprint = (f: Finding): string =>
  hash("sha256", `${f.rule}\n${f.subject}\n${f.property}`).slice(0, 32);
