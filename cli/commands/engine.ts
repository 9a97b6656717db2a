import { resolve } from "node:path";
import type { Command } from "commander";
import { inputError } from "../../kernel/errors.ts";
import type { Purpose } from "../../local/toolchain/parts.ts";
import { environmentNames, loadEnvironment } from "../../stacks/load.ts";
import { good, heading, note, printData, step, warn } from "../console.ts";
import { readApprovals } from "../engine/approval.ts";
import { isEmpty } from "../engine/changes.ts";
import { readConsent } from "../engine/consent.ts";
import { checkConsent, destroyStack, type Remains } from "../engine/destroy.ts";
import { type Agreed, type OpenLayer, openLayers, previewLayer, upLayer } from "../engine/layers.ts";
import { refuseStray } from "../engine/loss-consent.ts";
import { judgeOf, refuseUnderPlatform, withClusters } from "../engine/platform.ts";
import { refreshStack } from "../engine/refresh.ts";
import { parseState } from "../engine/state-file.ts";
import { describeStray, refuseUnknownStrays, type Stray, strays, warnOfStrays } from "../engine/strays.ts";
import { writeWhole } from "../judge/output.ts";
import { runJudge } from "../judging.ts";
import { inLocalSession, inRealSession, type Session } from "../session.ts";
import { parseTarget, stackName, type Target } from "../targets.ts";
import { localFaults } from "./local-orders.ts";

interface EngineOptions {
  readonly stack: string;
  readonly local?: true;
  readonly law?: string;
  readonly consent?: string;
  readonly approved?: readonly string[];
  readonly out?: string;
  readonly faults?: string;
  readonly remove?: readonly string[];
  readonly json?: true;
  readonly tunnel?: boolean;
}

/** Options of the engine that would let a part of the estate slip past the law. */
const REFUSED = ["--skip-preview", "--target", "--exclude"] as const;

type Work = (session: Session, target: Target, options: EngineOptions) => Promise<void>;

async function withSession(options: EngineOptions, work: Work): Promise<void> {
  const target = parseTarget(options.stack, environmentNames);
  const environment = loadEnvironment(target.environment);
  const args = process.argv.slice(2);
  const faults = options.faults === undefined ? undefined : localFaults(options.faults);
  const way = options.tunnel === false ? "as it is" : "tunnel";
  const through = (session: Session): Promise<void> =>
    withClusters(session, target, environment, way, (inner) => work(inner, target, options));
  if (options.local === true)
    return inLocalSession(args, { environment, faults, purposes: purposesOf(target) }, through);
  if (faults !== undefined) throw localOnly("--faults");
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
  return inRealSession(args, through);
}

/** Clusters stand behind the local Scaleway where something is put into them. */
const purposesOf = ({ layers }: Target): readonly Purpose[] =>
  layers.includes("platform") ? ["engine", "kubernetes"] : ["engine"];

const localOnly = (flag: string): Error =>
  inputError(`${flag} is for local runs`, [
    {
      code: "target.local-only",
      path: flag,
      got: `${flag} without --local`,
      want: "a run against the local Scaleway",
      fix: `add --local, or leave ${flag} out`,
    },
  ]);

/** With `--out`, what a review needs of each layer: the plan, and the state that it was made from. */
const preview: Work = async (session, target, { law, consent, out }) => {
  const judge = await runJudge(target.environment, { law, consent }, session.context.env);
  for await (const layer of openLayers(session, target)) {
    const { stack } = layer;
    const state = await stack.exportState();
    await previewLayer(stack, await judgeOf(layer, judge), (plan) => {
      if (out === undefined) return;
      const name = stack.name.split(".").at(-1) ?? stack.name;
      const written = [
        writeWhole(out, `${name}.state.json`, `${state}\n`),
        writeWhole(out, `${name}.preview.json`, plan),
      ];
      note(`  written to ${out}: ${written.join(", ")}`);
    });
  }
};

/** Layer by layer: a later one reads what the earlier ones made. */
const up: Work = async (session, target, options) => {
  const names = target.layers.map((layer) => stackName(target.environment, layer));
  const agreed: Agreed = {
    approvals: readApprovals(options.approved ?? [], names),
    consent: consentIn(options.consent),
  };
  if (agreed.consent !== undefined) refuseStray(names, agreed.consent.value);
  const law = { law: options.law, consent: options.consent };
  const judge = await runJudge(target.environment, law, session.context.env);
  for await (const layer of openLayers(session, target)) {
    const changes = await upLayer(layer, await judgeOf(layer, judge), agreed);
    if (!isEmpty(changes)) await warnOfStrays(target.environment, layer);
  }
};

const consentIn = (file: string | undefined): Agreed["consent"] =>
  file === undefined ? undefined : { value: readConsent(file, new Date()), file: resolve(file) };

const refresh: Work = async (session, target) => {
  for await (const { stack, context } of openLayers(session, target, "deployer")) {
    const { changes, gone } = await step(`refresh ${stack.name}`, (p) => refreshStack(stack, context, p));
    note(`  ${changes}`);
    for (const name of gone) warn(`${name} is no longer there: the state forgets it, the next \`up\` makes it again`);
    await warnOfStrays(target.environment, { stack, context });
  }
};

/** Last layer first; every layer is checked against the consent before the first delete of any. */
const destroy: Work = async (session, target, options) => {
  const value = options.consent === undefined ? undefined : readConsent(options.consent, new Date());
  await refuseUnderPlatform(target, session.context);
  const layers: OpenLayer[] = [];
  for await (const layer of openLayers(session, target)) layers.unshift(layer);
  const resources = await Promise.all(layers.map(async ({ stack }) => parseState(await stack.exportState()).resources));
  checkConsent(target.environment, resources.flat(), value);
  const remains: Remains[] = [];
  for (const { stack, context } of layers) {
    const consent = { value, file: options.consent };
    remains.push(...(await step(`destroy ${stack.name}`, (p) => destroyStack(stack, context, consent, p))));
  }
  if (remains.length === 0) return;
  heading("what remains");
  for (const { what, why } of remains) note(`  ${what}: ${why}`);
};

/** Exit 1 while there are any: a script can tell. */
const lookForStrays: Work = async (session, target, { remove = [], json }) => {
  const found: Stray[] = [];
  for await (const layer of openLayers(session, target))
    found.push(...(await strays(target.environment, layer, remove)));
  refuseUnknownStrays(remove, found);
  const left = found.filter((stray) => !remove.includes(stray.id));
  for (const stray of found) if (remove.includes(stray.id)) note(`  removed ${describeStray(stray)}`);
  if (json === true)
    printData(
      JSON.stringify(
        left.map(({ id, type, urn, made }) => ({ id, type, urn, made })),
        null,
        2,
      ),
    );
  else for (const stray of left) warn(describeStray(stray));
  if (left.length === 0) good("nothing in the cloud that no state holds");
  else process.exitCode = 1;
};

/** `preview`, `up`, `refresh`, `destroy` and `strays`: the engine with the packs, on the real cloud or on the local one. */
export function registerEngine(program: Command): void {
  const define = (name: string, description: string, work: Work): Command =>
    program
      .command(name)
      .description(description)
      .requiredOption(
        "--stack <name>",
        `environment (${environmentNames.join(", ")}) or one layer, e.g. paris.foundation`,
      )
      .option("--local", "against the local Scaleway instead of a real account")
      .option("--no-tunnel", "platform: the way to the clusters is there already, open none through the bastions")
      .option("--faults <file>", "with --local: plan of faults (bastide.faults/1) to come down on the run")
      .action((options: EngineOptions) => withSession(options, work));
  const withLaw = (command: Command): Command =>
    command
      .option(
        "--law <place>",
        "trusted place of the law: a git ref, a clone or a compiled law (default: the working tree)",
      )
      .option("--consent <file>", "consent that names each URN that may be lost (docs/consent.md)");
  withLaw(define("preview", "what an `up` would do, judged by the policy pack; sends no write", preview)).option(
    "--out <dir>",
    "write each layer's plan and state there, for `bastide review`",
  );
  const upCommand = withLaw(
    define("up", "preview with the packs, verdict, then apply; a refused `up` has sent no write", up),
  );
  upCommand.option(
    "--approved <file...>",
    "apply only what these approvals of `bastide review` name (bastide.approval/1)",
  );
  for (const flag of REFUSED) {
    upCommand.option(`${flag} [value]`, "refused: it would let a part of the estate slip past the law", () => {
      throw inputError(`${flag} is refused`, [
        { code: "up.flag-refused", path: flag, got: flag, want: "the whole stack, previewed", fix: "leave it out" },
      ]);
    });
  }
  define("refresh", "reads the real state of every resource back into the stack", refresh);
  define("strays", "what a lost answer left in the cloud: doubles of resources, held by no state", lookForStrays)
    .option("--remove <id...>", "removes those of these ids, for good")
    .option("--json", "as JSON");
  define("destroy", "destroys a stack; protected data needs a consent that names each URN", destroy).option(
    "--consent <file>",
    "consent (bastide.consent/1) that names each URN to destroy",
  );
}
