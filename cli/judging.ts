import { readEstate } from "../judge/doors/read.ts";
import { judgeEstate } from "../judge/kit/judge.ts";
import type { JudgePreview } from "./engine/gated-up.ts";
import { takeLaw } from "./judge/trusted-place.ts";

/** How a run judges its previews: under the law of the environment, with the rules of the same place. */
export async function previewJudge(environment: string, place?: string): Promise<JudgePreview> {
  const { law, rules } = await takeLaw({ law: place, environment, profile: "fr-health" });
  return (previewJson, stack) =>
    judgeEstate(readEstate(previewJson, `${stack}.preview.json`), law, rules, { now: new Date().toISOString() });
}
