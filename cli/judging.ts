import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readEstate } from "../judge/doors/read.ts";
import { judgeEstate } from "../judge/kit/judge.ts";
import { stableJson } from "../kernel/order.ts";
import type { JudgePreview } from "./engine/gated-up.ts";
import { takeLaw } from "./judge/trusted-place.ts";
import { workDir } from "./paths.ts";

/** How a run is judged: its previews' files by us, and the same law handed to the pack in the engine. */
export interface RunJudge {
  readonly judge: JudgePreview;
  /** File for `--policy-pack-config`. */
  readonly packConfig: string;
}

/**
 * The law of an environment, taken once and used at both doors.
 * @param place where the law is trusted; absent: the working tree, and the verdict says so.
 */
export async function runJudge(environment: string, place?: string): Promise<RunJudge> {
  const { law, rules } = await takeLaw({ law: place, environment, profile: "fr-health" });
  const packConfig = join(workDir, "law", `${environment}.json`);
  mkdirSync(join(workDir, "law"), { recursive: true });
  writeFileSync(packConfig, stableJson({ bastide: { law } }));
  return {
    packConfig,
    judge: (previewJson, stack) =>
      judgeEstate(readEstate(previewJson, `${stack}.preview.json`), law, rules, { now: new Date().toISOString() }),
  };
}
