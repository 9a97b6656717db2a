import { combineEstates } from "../../judge/doors/estate.ts";
import { readEstate } from "../../judge/doors/read.ts";
import type { RawEstate } from "../../judge/facts/raw.ts";
import { toolError } from "../../kernel/errors.ts";
import { stableJson } from "../../kernel/order.ts";
import { loadEnvironment } from "../../stacks/load.ts";
import { good, step } from "../console.ts";
import { describeChanges, isEmpty } from "../engine/changes.ts";
import { gatedPreview } from "../engine/gated-up.ts";
import { openLayers, upLayer } from "../engine/layers.ts";
import type { Stack } from "../engine/stack.ts";
import { writeWhole } from "../judge/output.ts";
import { type RunJudge, runJudge } from "../judging.ts";
import type { LocalRun } from "../local-run.ts";
import { enforcement } from "../namespace.ts";
import { outDir } from "../paths.ts";
import { type LocalSession, withLocalRun } from "../session.ts";
import { APPLICABLE } from "../targets.ts";
import { readyToolchain } from "../toolchain-progress.ts";
import { writeReports } from "./reports.ts";
import { summarise } from "./summary.ts";

export const REHEARSAL = "rehearsal";

/** The whole rehearsal against a local Scaleway of its own. Interrupted anywhere and started again, it goes on. */
export async function rehearse(options: { readonly signal: AbortSignal }): Promise<void> {
  const started = performance.now();
  const toolchain = await readyToolchain(options.signal);
  const place = { environment: loadEnvironment(REHEARSAL) };
  await withLocalRun("start", toolchain, place, options.signal, (session) => run(session, started));
}

async function run(session: LocalSession, started: number): Promise<void> {
  const judge = await runJudge(REHEARSAL, {}, session.context.env);
  const stacks: Stack[] = [];
  for await (const layer of openLayers(session, { environment: REHEARSAL, layers: APPLICABLE })) {
    const { stack } = layer;
    stacks.push(stack);
    const changes = await upLayer(layer, judge);
    if (!isEmpty(changes)) await provesEmpty(stack, judge);
  }
  const out = outDir(REHEARSAL);
  const estate = await exportStates(stacks, out);
  const report = await writeReports(estate, REHEARSAL, out);
  const egress = egressOf(session.local);
  writeWhole(out, "egress.json", `${stableJson(egress, 2)}\n`);
  summarise({ report, estate, out, egress, seconds: (performance.now() - started) / 1000 });
}

/** The second preview: what was applied is what was declared, or something writes what it does not read back. */
async function provesEmpty(stack: Stack, judge: RunJudge): Promise<void> {
  const { changes } = await step(`second preview of ${stack.name}`, (p) => gatedPreview(stack, judge, p));
  if (!isEmpty(changes)) {
    throw toolError(`the second preview of ${stack.name} is not empty`, [
      {
        code: "start.drift",
        path: stack.name,
        got: describeChanges(changes),
        want: "no change",
        fix: "see `bastide preview --local`; report it: this is a fault of the blueprint or of the local Scaleway",
      },
    ]);
  }
  good("no change: what was applied is what was declared");
}

async function exportStates(stacks: readonly Stack[], out: string): Promise<RawEstate> {
  const files = [];
  for (const stack of stacks) {
    const name = `${stack.name.split(".")[1]}.state.json`;
    const text = await stack.exportState();
    writeWhole(out, name, `${text}\n`);
    files.push({ file: name, estate: readEstate(text, name) });
  }
  // The state describes an emulator's answers: nothing in it may claim more than that.
  return { ...combineEstates(files), door: "local" };
}

export interface EgressRecord {
  readonly schema: "bastide.egress/1";
  readonly enforced: "netns" | "proxy";
  readonly hosts: ReturnType<LocalRun["local"]["ledger"]["hosts"]>;
  readonly refused: readonly string[];
  readonly clients: ReturnType<LocalRun["local"]["ledger"]["clients"]>;
}

const egressOf = ({ local }: LocalRun): EgressRecord => ({
  schema: "bastide.egress/1",
  enforced: enforcement(),
  hosts: local.ledger.hosts(),
  refused: local.ledger.refused(),
  clients: local.ledger.clients(),
});
