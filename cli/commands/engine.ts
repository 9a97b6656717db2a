import type { Command } from "commander";
import { inputError } from "../../kernel/errors.ts";
import { environmentNames, loadEnvironment } from "../../stacks/load.ts";
import { good, heading, note, step, warn } from "../console.ts";
import { readConsent } from "../engine/consent.ts";
import { destroyStack, type Remains } from "../engine/destroy.ts";
import { apply, gatedPreview } from "../engine/gated-up.ts";
import { recover } from "../engine/recover.ts";
import { openStack, type Stack } from "../engine/stack.ts";
import { judgePreview } from "../judging.ts";
import { inLocalSession, inRealSession, type Session } from "../session.ts";
import { parseTarget, stackName, type Target } from "../targets.ts";
import { verdictLine } from "../verdict-text.ts";

interface EngineOptions {
  readonly stack: string;
  readonly local?: true;
  readonly consent?: string;
}

/** Options of the engine that would let a part of the estate slip past the law. */
const REFUSED = ["--skip-preview", "--target", "--exclude"] as const;

type Work = (session: Session, target: Target, options: EngineOptions) => Promise<void>;

async function withSession(options: EngineOptions, work: Work): Promise<void> {
  const target = parseTarget(options.stack, environmentNames);
  const { regions } = loadEnvironment(target.environment);
  const args = process.argv.slice(2);
  if (options.local === true) return inLocalSession(args, regions, (session) => work(session, target, options));
  if (target.environment === "rehearsal") {
    throw inputError("rehearsal refuses to run against a real account", [
      {
        code: "target.rehearsal-is-local",
        path: "--stack",
        got: "rehearsal without --local",
        want: "rehearsal --local",
        fix: "add --local, or choose the environment `paris`",
      },
    ]);
  }
  return inRealSession(args, (session) => work(session, target, options));
}

const describeChanges = (changes: Readonly<Record<string, number>>): string =>
  Object.keys(changes).length === 0
    ? "no change"
    : Object.entries(changes)
        .map(([op, n]) => `${n} to ${op}`)
        .join(", ");

/** Opens each layer's stack in order, after whatever a killed run left was put right. */
async function eachLayer(session: Session, target: Target, visit: (stack: Stack) => Promise<void>): Promise<void> {
  for (const layer of target.layers) {
    const stack = openStack(stackName(target.environment, layer), session.context);
    await stack.ensure();
    for (const line of await recover(stack, session.context, session.local?.stateDir, note)) warn(line);
    await visit(stack);
  }
}

const preview: Work = (session, target) =>
  eachLayer(session, target, async (stack) => {
    const { verdict, changes } = await step(`preview of ${stack.name} with the policy pack`, (p) =>
      gatedPreview(stack, judgePreview, p),
    );
    good(`${verdictLine(verdict)}; ${describeChanges(changes)}`);
  });

const up: Work = (session, target) =>
  eachLayer(session, target, async (stack) => {
    const { verdict, changes } = await step(`preview of ${stack.name} with the policy pack`, (p) =>
      gatedPreview(stack, judgePreview, p),
    );
    good(`${verdictLine(verdict)}; ${describeChanges(changes)}`);
    if (Object.keys(changes).length > 0) await step(`apply ${stack.name}`, (p) => apply(stack, p));
  });

const refresh: Work = (session, target) =>
  eachLayer(session, target, async (stack) => {
    const run = await step(`refresh ${stack.name}`, (p) => stack.refresh([], p));
    if (run.code !== 0) throw new Error(run.errors.join("\n") || run.stderr);
    note(`  ${describeChanges(Object.fromEntries(Object.entries(run.changes).filter(([op]) => op !== "same")))}`);
  });

/** Layers are destroyed last one first; all are checked against the consent before the first delete. */
const destroy: Work = async (session, target, options) => {
  const value = options.consent === undefined ? undefined : readConsent(options.consent, new Date());
  const remains: Remains[] = [];
  const backwards = { ...target, layers: [...target.layers].reverse() };
  await eachLayer(session, backwards, async (stack) => {
    remains.push(
      ...(await step(`destroy ${stack.name}`, (p) =>
        destroyStack(stack, session.context, { value, file: options.consent }, p),
      )),
    );
  });
  if (remains.length === 0) return;
  heading("what remains");
  for (const { what, why } of remains) note(`  ${what}: ${why}`);
};

/** `preview`, `up`, `refresh` and `destroy`: the engine with the packs, on the real cloud or on the local one. */
export function registerEngine(program: Command): void {
  const define = (name: string, description: string, work: Work): Command =>
    program
      .command(name)
      .description(description)
      .requiredOption(
        "--stack <name>",
        `environment (${environmentNames.join(", ")}) or one layer of it, e.g. paris.foundation`,
      )
      .option("--local", "against the local Scaleway instead of a real account")
      .action((options: EngineOptions) => withSession(options, work));
  define("preview", "what an `up` would do, judged by the policy pack; sends no write", preview);
  const upCommand = define("up", "preview with the packs, verdict, then apply; a refused `up` has sent no write", up);
  for (const flag of REFUSED) {
    upCommand.option(`${flag} [value]`, "refused: it would let a part of the estate slip past the law", () => {
      throw inputError(`${flag} is refused`, [
        { code: "up.flag-refused", path: flag, got: flag, want: "the whole stack, previewed", fix: "leave it out" },
      ]);
    });
  }
  define("refresh", "reads the real state of every resource back into the stack", refresh);
  define("destroy", "destroys a stack; protected data needs a consent that names each URN", destroy).option(
    "--consent <file>",
    "consent (bastide.consent/1) that names each URN to destroy",
  );
}
