import { gateTarget, runTarget } from "../../cli/commands/gate.ts";
import { DEFAULT_TIMEOUT } from "../../cli/gate/run-program.ts";
import { takeLaw } from "../../cli/judge/trusted-place.ts";
import { repoRoot } from "../../cli/paths.ts";
import { judgeEstate } from "../../judge/kit/judge.ts";
import { topologySvg } from "../../judge/reports/topology/page.ts";

/** Where the picture of the rehearsal stands, relative to the repository. */
export const PICTURE = "docs/rehearsal.svg";

/** The day that dates of the picture's verdict are measured against, so that the same sources give the same bytes. */
const DAY = "2026-11-23T00:00:00.000Z";

/** `rehearsal` as the offline gate sees it, drawn. Takes some seconds: the program runs in its sandbox. */
export async function rehearsalPicture(): Promise<string> {
  const { estate } = await runTarget(gateTarget({ stack: "rehearsal", program: repoRoot }), DEFAULT_TIMEOUT);
  const { law, rules } = await takeLaw({ environment: "rehearsal", profile: "fr-health" });
  return topologySvg(estate, judgeEstate(estate, law, rules, { now: DAY }));
}
