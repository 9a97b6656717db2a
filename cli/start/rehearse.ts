import { combineEstates } from "../../judge/doors/estate.ts";
import { readEstate } from "../../judge/doors/read.ts";
import type { RawEstate } from "../../judge/facts/raw.ts";
import { toolError } from "../../kernel/errors.ts";
import { stableJson } from "../../kernel/order.ts";
import { loadEnvironment } from "../../stacks/load.ts";
import { LAYERS, type Layer } from "../../stacks/vocabulary.ts";
import { good, step } from "../console.ts";
import { describeChanges, isEmpty } from "../engine/changes.ts";
import { gatedPreview } from "../engine/gated-up.ts";
import { type OpenLayer, openLayers, upLayer } from "../engine/layers.ts";
import { judgeOf, waysOf, withClusters } from "../engine/platform.ts";
import { openStack, type Stack } from "../engine/stack.ts";
import { writeWhole } from "../judge/output.ts";
import { type RunJudge, runJudge } from "../judging.ts";
import type { LocalRun } from "../local-run.ts";
import { enforcement } from "../namespace.ts";
import { outDir } from "../paths.ts";
import { type LocalSession, type Session, withLocalRun } from "../session.ts";
import { APPLICABLE, stackName, type Target } from "../targets.ts";
import { readyToolchain } from "../toolchain-progress.ts";
import { type ClusterLook, lookInto } from "./clusters.ts";
import { writeReports } from "./reports.ts";
import { summarise } from "./summary.ts";

export const REHEARSAL = "rehearsal";

/** The two halves of a rehearsal, each with a local Scaleway of its own on the same store. */
export const PARTS = ["foundation", "platform"] as const;
export type Part = (typeof PARTS)[number];

const LAYERS_OF: Readonly<Record<Part, readonly Layer[]>> = { foundation: APPLICABLE, platform: ["platform"] };

/** One half of the rehearsal. Interrupted anywhere and started again, it goes on. */
export async function rehearse(part: Part, signal: AbortSignal): Promise<void> {
  const toolchain = await readyToolchain(signal, part === "platform" ? ["engine", "kubernetes"] : ["engine"]);
  const environment = loadEnvironment(REHEARSAL);
  const target: Target = { environment: REHEARSAL, layers: LAYERS_OF[part] };
  await withLocalRun("start", toolchain, { environment }, signal, async (session) => {
    let looks: readonly ClusterLook[] = [];
    await withClusters(session, target, environment, "tunnel", async (through) => {
      const last = await applied(through, target);
      if (part === "platform") looks = await lookAtClusters(through, last);
    });
    if (part === "platform") await report(session, looks);
  });
}

/** Every layer of the target, applied and found without difference. Gives the last one. */
async function applied(session: Session, target: Target): Promise<OpenLayer | undefined> {
  const judge = await runJudge(REHEARSAL, {}, session.context.env);
  let last: OpenLayer | undefined;
  for await (const layer of openLayers(session, target)) {
    const own = await judgeOf(layer, judge);
    const changes = await upLayer(layer, own);
    if (!isEmpty(changes)) await provesEmpty(layer.stack, own);
    last = layer;
  }
  return last;
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

async function lookAtClusters(session: Session, layer: OpenLayer | undefined): Promise<readonly ClusterLook[]> {
  const environment = loadEnvironment(REHEARSAL);
  const ways = await waysOf(environment, session.context);
  const [space] = environment.settings.workspaces;
  return step("a look into the clusters: pods Ready, hostile pods refused", (progress) =>
    lookInto({ ways, env: layer?.context.env ?? session.context.env, space: space?.name ?? "", progress }),
  );
}

async function report(session: LocalSession, looks: readonly ClusterLook[]): Promise<void> {
  const stacks = LAYERS.map((layer) => openStack(stackName(REHEARSAL, layer), session.context));
  const out = outDir(REHEARSAL);
  const estate = await exportStates(stacks, out);
  const told = await writeReports(estate, REHEARSAL, out);
  const egress = egressOf(session.local);
  writeWhole(out, "egress.json", `${stableJson(egress, 2)}\n`);
  summarise({ report: told, estate, looks, out, egress });
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
