import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beside } from "../judge/doors/estate.ts";
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
  /** The same judge, who also knows what these other stacks of the environment hold: texts of their exports by stack. */
  beside(exports: ReadonlyMap<string, string>): RunJudge;
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
  const folder = join(workDir, "law");
  mkdirSync(folder, { recursive: true });
  const judgeBeside = (exports: ReadonlyMap<string, string>): RunJudge => {
    const files = [...exports].map(([stack, text]) => ({ stack, text, path: join(folder, `${stack}.state.json`) }));
    // Their secrets stay encrypted.
    for (const { path, text } of files) writeFileSync(path, text, { mode: 0o600 });
    const others = files.map(({ stack, text }) => ({ file: stack, estate: readEstate(text, stack) }));
    const packConfig = join(folder, exports.size === 0 ? `${environment}.json` : `${environment}.beside.json`);
    const estates = exports.size === 0 ? {} : { estates: files.map(({ path }) => path) };
    writeFileSync(packConfig, stableJson({ bastide: { law, ...estates } }));
    return {
      packConfig,
      lawDigest: lawDigest({ law, rules }),
      beside: judgeBeside,
      judge: (previewJson, stack) => {
        const estate = beside(readEstate(previewJson, `${stack}.preview.json`), others);
        const now = new Date().toISOString();
        return judgeEstate(withRunFacts(estate, repoRoot, env), law, rules, { now, lawChanges: changes });
      },
    };
  };
  return judgeBeside(new Map());
}
