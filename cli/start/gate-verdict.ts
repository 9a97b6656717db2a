import { summary } from "../../judge/reports/wording.ts";
import { BastideError } from "../../kernel/errors.ts";
import { gateTarget, runTarget } from "../commands/gate.ts";
import { good, note, step } from "../console.ts";
import { DEFAULT_TIMEOUT } from "../gate/run-program.ts";
import { takeLaw } from "../judge/trusted-place.ts";
import { exitCodeOf, reportFor } from "../judge/verdict-of.ts";
import { repoRoot } from "../paths.ts";

/** What the offline gate says of the rehearsal, before anything is built. @throws BastideError exit 1 when it does not pass. */
export async function gateVerdict(): Promise<void> {
  const target = gateTarget({ stack: "rehearsal", program: repoRoot });
  const report = await step("offline gate: the program judged without engine, network or credentials", async () => {
    const bench = await takeLaw({ law: undefined, environment: "rehearsal", profile: "fr-health" });
    const { estate } = await runTarget(target, DEFAULT_TIMEOUT);
    return reportFor({ estate, bench, now: new Date().toISOString(), all: false, artefact: "Pulumi.yaml" });
  });
  good(`${report.verdict.outcome}: ${summary(report.verdict)}`);
  for (const advisory of report.verdict.advisories) note(`    · ${advisory}`);
  if (exitCodeOf(report) !== 0) {
    throw new BastideError("the gate does not pass: see `bastide gate --stack rehearsal`", [], 1);
  }
}
