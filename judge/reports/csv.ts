import type { Finding } from "../kit/verdict.ts";
import { frameworkOf } from "./frameworks.ts";
import type { Renderer, Report } from "./report.ts";
import { byHarm, safe, shortName, valueText } from "./wording.ts";

/** Columns an auditor sorts and samples by (docs/controls §4). */
const COLUMNS = [
  "run_id",
  "commit",
  "pack_digest",
  "stack",
  "profile",
  "control",
  "severity",
  "level",
  "urn",
  "type",
  "region",
  "data_class",
  "result",
  "proof",
  "reason",
  "waiver_id",
  "waiver_expiry",
  "fw",
  "fw_version",
  "fw_id",
  "relation",
  "addressee",
  "verified",
  "resultat",
  "gravite",
  "exigence",
  "relation_fr",
  "destinataire",
] as const;
type Column = (typeof COLUMNS)[number];
type Row = Readonly<Record<Column, string>>;

/**
 * One row for each control, resource and clause, as RFC 4180 in UTF-8. A cell that a spreadsheet would take for a formula is
 * neutralised with an apostrophe; lines end in CRLF, as the RFC says.
 */
export const csv: Renderer = (report) => {
  const rows = [...report.verdict.findings].sort(byHarm).flatMap((f) => rowsOf(report, f));
  const lines = [COLUMNS.join(","), ...rows.map((row) => COLUMNS.map((c) => cell(row[c])).join(","))];
  return `${lines.join("\r\n")}\r\n`;
};

function rowsOf(report: Report, f: Finding): readonly Row[] {
  const { verdict, provenance } = report;
  const note = report.subjects.get(f.subject);
  const expiry = /until (\d{4}-\d{2}-\d{2})/.exec(f.waiver ?? "")?.[1] ?? "";
  const row = {
    run_id: provenance.runId,
    commit: provenance.commit,
    pack_digest: verdict.law.rules ?? "",
    stack: f.subject.startsWith("urn:pulumi:") ? (f.subject.slice(11).split("::")[0] ?? "") : verdict.subject,
    profile: verdict.profile,
    control: f.rule,
    severity: f.severity,
    level: f.enforcement,
    urn: f.subject,
    type: f.type,
    region: note?.region ?? "",
    data_class: note?.dataClass ?? "",
    result: f.outcome,
    proof: f.proof,
    reason: reasonOf(f),
    waiver_id: f.waiver === undefined ? "" : `${f.rule} ${shortName(f.subject)}`,
    waiver_expiry: expiry,
  };
  const clauses = f.controls.length === 0 ? [undefined] : f.controls;
  return clauses.map((clause) => {
    const found = clauseOf(clause);
    return {
      ...row,
      ...found,
      resultat: RESULTS_FR[f.outcome],
      gravite: SEVERITIES_FR[f.severity],
      exigence: f.enforcement === "mandatory" ? "obligatoire" : "indicative",
      relation_fr: RELATIONS_FR[found.relation] ?? "",
      destinataire: ADDRESSEES_FR[found.addressee] ?? "",
    };
  });
}

/** The same words in French, for auditors who ask for them (HDS 08). */
const RESULTS_FR: Readonly<Record<Finding["outcome"], string>> = {
  pass: "aucun écart constaté",
  fail: "écart",
  undecided: "indéterminé",
  waived: "dérogation",
  notApplicable: "sans objet",
};
const SEVERITIES_FR: Readonly<Record<Finding["severity"], string>> = {
  critical: "critique",
  high: "élevée",
  medium: "moyenne",
  low: "faible",
};
const RELATIONS_FR: Readonly<Record<string, string>> = {
  mirrors: "reflète",
  contract: "contrat",
  "implements part of": "met en œuvre une partie de",
  guidance: "recommandation",
};
const ADDRESSEES_FR: Readonly<Record<string, string>> = {
  provider: "prestataire",
  customer: "client",
  both: "prestataire et client",
  guidance: "guide",
};

function reasonOf(f: Finding): string {
  if (f.outcome === "notApplicable") return valueText(f.got);
  const where = f.property === "" ? "" : `${f.property}: `;
  const waived = f.waiver === undefined ? "" : `; waiver: ${f.waiver}`;
  return `${where}got ${valueText(f.got)}, want ${valueText(f.want)}${waived}`;
}

function clauseOf(clause: string | undefined) {
  const empty = { fw: "", fw_version: "", fw_id: "", relation: "", addressee: "", verified: "" };
  if (clause === undefined) return empty;
  const [reference = "", ...relation] = clause.split(" ");
  const [fw = "", ...id] = reference.split(":");
  const { version, addressee } = frameworkOf(fw);
  const fwId = id.join(":");
  return {
    fw,
    fw_version: version,
    fw_id: fwId.replace(/\?$/, ""),
    relation: relation.join(" "),
    addressee,
    verified: fwId.endsWith("?") ? "no" : "yes",
  };
}

/** Quoted where the RFC asks for it; a leading `=`, `+`, `-`, `@` or full-width twin of them is made text. */
function cell(value: string): string {
  const clean = safe(value);
  const text = /^[=+\-@\uff0b\uff0d\uff1d\uff20]/.test(clean) ? `'${clean}` : clean;
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
