import { findProgram } from "../../cli/gate/program.ts";
import { gateEstate } from "../../cli/gate/stacks.ts";
import { type Bench, takeLaw } from "../../cli/judge/trusted-place.ts";
import { repoRoot } from "../../cli/paths.ts";
import type { RawEstate } from "../../judge/facts/raw.ts";

/** What the program declares of the rehearsal's bootstrap and foundation, through the offline gate. */
export async function gatedRehearsal(): Promise<RawEstate> {
  const stacks = ["rehearsal.bootstrap", "rehearsal.foundation"];
  return (await gateEstate({ program: findProgram(repoRoot), stacks, timeoutSeconds: 120 })).estate;
}

/** The rehearsal's own law and rules, from the working tree. */
export const rehearsalBench = (): Promise<Bench> =>
  takeLaw({ law: undefined, environment: "rehearsal", profile: "fr-health" });
