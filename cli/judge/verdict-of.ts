import type { RawEstate } from "../../judge/facts/raw.ts";
import { judgeEstate } from "../../judge/kit/judge.ts";
import { type Report, reportOf } from "../../judge/reports/report.ts";
import { subjectsOf } from "../../judge/reports/subjects.ts";
import { provenance } from "./provenance.ts";
import type { Bench } from "./trusted-place.ts";

export interface JudgeRun {
  readonly estate: RawEstate;
  readonly bench: Bench;
  /** ISO instant. */
  readonly now: string;
  readonly all: boolean;
  /** File that findings are pinned to where a construct's own line is not known. */
  readonly artefact: string;
}

/** Judges an estate and dresses the verdict for the renderers. */
export const reportFor = ({ estate, bench, now, all, artefact }: JudgeRun): Report =>
  reportOf(
    judgeEstate(estate, bench.law, bench.rules, { now, all, lawChanges: bench.changes }),
    bench.rules,
    provenance(artefact),
    subjectsOf(estate),
  );

/** 0 pass; 1 a mandatory rule failed or cannot know. */
export const exitCodeOf = ({ verdict }: Report): 0 | 1 => (verdict.outcome === "pass" ? 0 : 1);
