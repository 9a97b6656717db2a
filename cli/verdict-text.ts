import type { Verdict } from "../judge/kit/verdict.ts";

/** One line that says how a verdict ended and what it could not see. */
export function verdictLine(v: Verdict): string {
  const { counts } = v;
  const parts = [
    `${counts.rules} rules`,
    `${counts.resources} resources`,
    `${counts.fail} failed`,
    `${counts.undecided} undecided`,
    `${counts.assumed} assumed`,
    `${counts.waived} waived`,
    `${counts.notJudged} not judged`,
  ];
  return `${v.outcome}: ${parts.join(", ")}`;
}
