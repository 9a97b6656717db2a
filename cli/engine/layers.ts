import { readEstate } from "../../judge/doors/read.ts";
import { summary } from "../../judge/reports/wording.ts";
import { type Approval, stateSerial } from "../../judge/review/approval.ts";
import { toolError } from "../../kernel/errors.ts";
import { CONSENT_VARIABLE } from "../../plugins/bastide/consent.ts";
import { good, note, step, warn } from "../console.ts";
import type { RunJudge } from "../judging.ts";
import type { Session } from "../session.ts";
import { stackName, type Target } from "../targets.ts";
import { requireApproved } from "./approval.ts";
import { describeChanges, isEmpty } from "./changes.ts";
import type { Consent } from "./consent.ts";
import { asDeployer } from "./deployer.ts";
import { apply, gatedPreview, type Previewed } from "./gated-up.ts";
import { removeHalfWritten } from "./half-written.ts";
import { requireConsented } from "./loss-consent.ts";
import { recover, takeForgotten } from "./recover.ts";
import { type EngineContext, openStack, type Stack } from "./stack.ts";
import { takenOver } from "./state-format.ts";

/** One layer of an environment, with the credentials that act on it. */
export interface OpenLayer {
  readonly stack: Stack;
  readonly context: EngineContext;
}

/**
 * The layers of a target, in order, each opened when its turn comes and put right after whatever a killed run left. On a real
 * account all use the key that the user gave; locally a person's key makes the bootstrap and the deployer's the rest.
 * @param bootstrapBy whose key acts on the bootstrap. Only the deployer can read it back: the state bucket admits nobody else.
 */
export async function* openLayers(
  session: Session,
  target: Target,
  bootstrapBy: "person" | "deployer" = "person",
): AsyncGenerator<OpenLayer> {
  for (const file of session.local === undefined ? [] : removeHalfWritten(session.local.stateDir))
    warn(`${file}, which a killed engine left half-written, was removed`);
  for (const layer of target.layers) {
    const isDeployers = session.local !== undefined && (layer !== "bootstrap" || bootstrapBy === "deployer");
    const asWho = isDeployers ? await asDeployer(target.environment, session.context) : session.context;
    const context = layer === "platform" ? throughProxy(asWho, session.tunnel) : asWho;
    const stack = openStack(stackName(target.environment, layer), context);
    if (asWho !== session.context) note(`  ${stack.name}: with the deployer's key ${context.env.SCW_ACCESS_KEY}`);
    await stack.ensure();
    const older = takenOver(stack.name, await stack.exportState());
    if (older !== undefined) {
      await stack.importState(older);
      warn(`the state of ${stack.name} was made by an older version of Bastide and was taken over`);
    }
    for (const line of await recover(stack, context, session.local?.stateDir, note)) warn(line);
    yield { stack, context };
  }
}

/** The lower-case name wins in most clients: it goes. */
function throughProxy(context: EngineContext, proxy: string | undefined): EngineContext {
  if (proxy === undefined) return context;
  const { https_proxy: _, ...env } = context.env;
  return { ...context, env: { ...env, HTTPS_PROXY: proxy } };
}

/** Preview with the pack and verdict on its file; throws when anything refuses. */
export async function previewLayer(
  stack: Stack,
  judge: RunJudge,
  onPlan?: (previewJson: string) => void,
): Promise<Previewed> {
  const previewed = await step(`preview of ${stack.name} with the policy pack`, (p) =>
    gatedPreview(stack, judge, p, onPlan),
  );
  good(`${previewed.verdict.outcome}: ${summary(previewed.verdict)}; ${describeChanges(previewed.changes)}`);
  return previewed;
}

/** What a run was agreed to: reviews that were approved, and losses that were consented to. */
export interface Agreed {
  /** By stack; empty where nobody asked for one. */
  readonly approvals: ReadonlyMap<string, Approval>;
  readonly consent: { readonly value: Consent; readonly file: string } | undefined;
}

const NOTHING_AGREED: Agreed = { approvals: new Map(), consent: undefined };

/**
 * Preview, verdict, consent to every loss of data, and only then the apply. What the plan would make a second time, since a
 * run that failed made it already, is adopted first, and the plan made anew. Gives what was changed.
 */
export async function upLayer(
  { stack, context }: OpenLayer,
  judge: RunJudge,
  agreed: Agreed = NOTHING_AGREED,
): Promise<Readonly<Record<string, number>>> {
  const planned = async () => {
    const exported = await stack.exportState();
    const before = serialOf(exported);
    const { changes, run } = await previewLayer(stack, judge, (previewJson) => {
      const plan = readEstate(previewJson, `${stack.name}.preview.json`);
      const approval = agreed.approvals.get(stack.name);
      if (approval !== undefined) requireApproved(approval, { plan, state: before, law: judge.lawDigest });
      requireConsented(stack.name, plan, before, agreed.consent?.value);
    });
    return { changes, exported, previewJson: run.stdout };
  };
  const first = await planned();
  const found = isEmpty(first.changes) ? [] : await takeForgotten(stack, context, first, note);
  for (const line of found) warn(`made by a run that failed, ${line}`);
  const { changes } = found.length === 0 ? first : await planned();
  const env: Record<string, string> = agreed.consent === undefined ? {} : { [CONSENT_VARIABLE]: agreed.consent.file };
  if (!isEmpty(changes)) await step(`apply ${stack.name}`, (p) => apply(stack, judge.packConfig, p, env));
  return changes;
}

/** Serial of an exported state. @throws BastideError exit 3 when it is none. */
export function serialOf(exported: string): string {
  const serial = stateSerial(JSON.parse(exported));
  if (serial === undefined) throw toolError("the engine's export has no state in it");
  return serial;
}
