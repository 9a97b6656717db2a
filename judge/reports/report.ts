import { KIT_RULES } from "../kit/kit-rules.ts";
import type { RuleData } from "../kit/rule.ts";
import type { Verdict } from "../kit/verdict.ts";

/** What a reader can ask for. `map` is not among them: it draws an estate, not a verdict. */
export const FORMATS = ["text", "json", "sarif", "junit", "codequality", "markdown", "csv", "html"] as const;
export type Format = (typeof FORMATS)[number];

/** What an estate tells about a subject beside the finding. All of it is optional: a verdict can be rendered alone. */
export interface SubjectNote {
  readonly region: string;
  readonly dataClass: string;
  readonly source?: { readonly file: string; readonly line: number };
}

/** Where a verdict comes from, as the caller knows it. Nothing here is read from a clock or a machine. */
export interface Provenance {
  /** Version of the tool. */
  readonly version: string;
  /** Identifies the run in an auditor's register, e.g. a pipeline's number. */
  readonly runId: string;
  readonly commit: string;
  /**
   * File that a forge pins a finding to when the construct's own line is not known: the judged file, or the program's
   * `Pulumi.yaml`. Relative to the repository.
   */
  readonly artefact: string;
}

export interface Report {
  readonly verdict: Verdict;
  readonly rules: ReadonlyMap<string, RuleData>;
  /** By URN. */
  readonly subjects: ReadonlyMap<string, SubjectNote>;
  readonly provenance: Provenance;
}

/** Verdict → artefact. Pure: the same report gives the same bytes. */
export type Renderer = (report: Report) => string;

/** A report with the rules' words, those of the kit's own findings included. */
export const reportOf = (
  verdict: Verdict,
  rules: readonly RuleData[],
  provenance: Provenance,
  subjects: ReadonlyMap<string, SubjectNote> = new Map(),
): Report => ({
  verdict,
  rules: new Map([...Object.values(KIT_RULES), ...rules].map(({ ...data }) => [data.id, data])),
  subjects,
  provenance,
});
