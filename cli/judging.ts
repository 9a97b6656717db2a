import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readEstate } from "../judge/doors/read.ts";
import { judgeEstate } from "../judge/kit/judge.ts";
import { lawDigest } from "../judge/review/review.ts";
import { stableJson } from "../kernel/order.ts";
import type { JudgePreview } from "./engine/gated-up.ts";
import { withRunFacts } from "./gate/program-facts.ts";
import { type LawOptions, takeLaw } from "./judge/trusted-place.ts";
import { repoRoot, workDir } from "./paths.ts";

/** How a run is judged: its previews' files by us, and the same law handed to the pack in the engine. */
export interface RunJudge {
  readonly judge: JudgePreview;
  /** File for `--policy-pack-config`. */
  readonly packConfig: string;
  /** Digest of the law and its rules, as approvals name it. */
  readonly lawDigest: string;
}

/** Where the law of a run is trusted, and the losses that somebody agreed to. */
export type RunLaw = Pick<LawOptions, "law" | "consent">;

/**
 * The law of an environment, taken once and used at both doors.
 * @param place absent: the working tree, and the verdict says so.
 * @param env variables that the engine gets: they say where the state goes.
 */
export async function runJudge(
  environment: string,
  place: RunLaw,
  env: Readonly<Record<string, string | undefined>>,
): Promise<RunJudge> {
  const { law, rules, changes } = await takeLaw({ ...place, environment, profile: "fr-health" });
  const packConfig = join(workDir, "law", `${environment}.json`);
  mkdirSync(join(workDir, "law"), { recursive: true });
  writeFileSync(packConfig, stableJson({ bastide: { law } }));
  return {
    packConfig,
    lawDigest: lawDigest({ law, rules }),
    judge: (previewJson, stack) => {
      const estate = readEstate(previewJson, `${stack}.preview.json`);
      const now = new Date().toISOString();
      return judgeEstate(withRunFacts(estate, repoRoot, env), law, rules, { now, lawChanges: changes });
    },
  };
}
