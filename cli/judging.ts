import { readEstate } from "../judge/doors/read.ts";
import type { RawEstate } from "../judge/facts/raw.ts";
import { judgeEstate } from "../judge/kit/judge.ts";
import { lawForEnvironment } from "../judge/kit/law.ts";
import type { Verdict } from "../judge/kit/verdict.ts";
import { RULES } from "../policy-packs/bastide/rules/index.ts";
import { loadEnvironment } from "../stacks/load.ts";

/** Judges an estate of one of our environments under the law of the working tree. `now` is an ISO instant. */
export const judgeOwn = (estate: RawEstate, environment: string, now: string): Verdict =>
  judgeEstate(estate, lawForEnvironment(loadEnvironment(environment, { now })), RULES, { now });

/** The verdict on the JSON of a preview, which also shows what a pack cannot see: deletes and replacements. */
export const judgePreview = (previewJson: string, stack: string): Verdict =>
  judgeOwn(readEstate(previewJson, `${stack}.preview.json`), stack.split(".")[0] ?? stack, new Date().toISOString());
