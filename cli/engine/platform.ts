import { z } from "zod";
import { BastideError, inputError } from "../../kernel/errors.ts";
import type { Environment } from "../../stacks/load.ts";
import type { Layer } from "../../stacks/vocabulary.ts";
import { step } from "../console.ts";
import type { RunJudge } from "../judging.ts";
import { localDataDir, workDir } from "../paths.ts";
import type { Session } from "../session.ts";
import { stackName, type Target } from "../targets.ts";
import { addressOf } from "../tunnel/connect.ts";
import { knock } from "../tunnel/knock.ts";
import { openTunnel, type Tunnel, type Way } from "../tunnel/tunnel.ts";
import { type EngineContext, openStack } from "./stack.ts";
import { parseState } from "./state-file.ts";

/** What the platform's stack is made on: they have to be applied before it. */
const BENEATH: readonly Layer[] = ["bootstrap", "foundation"];

const notApplied = (stack: string, what: string): Error =>
  inputError("the platform has nothing to stand on", [
    {
      code: "platform.no-foundation",
      path: stack,
      got: what,
      want: "a foundation that is applied",
      fix: "apply it first: `bastide up --stack <environment>`",
    },
  ]);

/** The judge of one layer: of the platform, one who also knows what the stacks beneath it hold. */
export async function judgeOf(
  layer: { readonly stack: { readonly name: string }; readonly context: EngineContext },
  judge: RunJudge,
): Promise<RunJudge> {
  const [environment = "", name] = layer.stack.name.split(".");
  if (name !== "platform") return judge;
  const exports = new Map<string, string>();
  for (const beneath of BENEATH) {
    const stack = stackName(environment, beneath);
    const told = await openStack(stack, layer.context).command(["stack", "export"]);
    if (told.code !== 0 || parseState(told.stdout).resources.length === 0) throw notApplied(stack, "nothing applied");
    exports.set(stack, told.stdout);
  }
  return judge.beside(exports);
}

/** Clusters are not taken from under a platform: its state would describe nothing, and nobody could destroy it. @throws BastideError exit 1. */
export async function refuseUnderPlatform({ environment, layers }: Target, context: EngineContext): Promise<void> {
  if (!layers.includes("foundation") || layers.includes("platform")) return;
  const stack = stackName(environment, "platform");
  const told = await openStack(stack, context).command(["stack", "export"]);
  const left = told.code === 0 ? parseState(told.stdout).resources.filter((r) => r.custom).length : 0;
  if (left === 0) return;
  throw new BastideError(
    `${environment} still carries its platform: nothing was deleted`,
    [
      {
        code: "destroy.platform-stands",
        path: stack,
        got: `${left} resources`,
        want: "none: it stands on the foundation's clusters",
        fix: `destroy it first: \`bastide destroy --stack ${stack}\``,
      },
    ],
    1,
  );
}

/** Of the foundation's outputs, what leads to its clusters. */
const foundationOutputs = z.object({
  regions: z.record(z.string(), z.object({ apiserverUrl: z.string(), bastionAddress: z.string() })),
});

/** Each region's cluster and its bastion, from the outputs of the foundation. @throws BastideError exit 2 where it is not applied. */
export async function waysOf({ name, settings }: Environment, context: EngineContext): Promise<readonly Way[]> {
  const foundation = stackName(name, "foundation");
  const told = await openStack(foundation, context).command(["stack", "output", "--json"]);
  const outputs = told.code === 0 ? foundationOutputs.safeParse(JSON.parse(told.stdout)) : undefined;
  if (outputs?.success !== true) throw notApplied(foundation, outputs?.error.issues[0]?.message ?? "no outputs");
  return Object.values(outputs.data.regions).map(({ apiserverUrl, bastionAddress }) => {
    const { host } = new URL(apiserverUrl);
    return { api: addressOf(host), bastion: { host: bastionAddress, port: settings.admin.port } };
  });
}

/**
 * The tunnel to the clusters of an environment. On this machine's own network it is entered with the key and over the proxy that
 * `BASTIDE_SSH_KEY` and `BASTIDE_SSH_PROXY` name; a local run brings both along.
 */
export function tunnelFor(
  environment: Environment,
  context: EngineContext,
  local: boolean,
  port?: number,
): Promise<Tunnel> {
  const env = local ? context.env : process.env;
  return openTunnel({
    ways: () => waysOf(environment, context),
    entrance: {
      keyFile: env.BASTIDE_SSH_KEY,
      passphrase: env.BASTIDE_SSH_PASSPHRASE,
      agent: local ? undefined : env.SSH_AUTH_SOCK,
      proxy: env.BASTIDE_SSH_PROXY,
      hostKeys: `${local ? localDataDir : workDir}/bastion-host-keys.json`,
    },
    upstream: context.env.HTTPS_PROXY ?? context.env.https_proxy,
    port,
  });
}

/**
 * Does its work once the clusters answer, where the target holds the platform: through a tunnel that closes with it, or on the way that is
 * there already. @throws BastideError exit 3 naming the bastion or the cluster that does not let in.
 */
export async function withClusters(
  session: Session,
  target: Target,
  environment: Environment,
  way: "tunnel" | "as it is",
  work: (session: Session) => Promise<void>,
): Promise<void> {
  if (!target.layers.includes("platform")) return work(session);
  const { context } = session;
  const tunnel = way === "tunnel" ? await tunnelFor(environment, context, session.local !== undefined) : undefined;
  const proxy = tunnel?.url ?? context.env.HTTPS_PROXY ?? context.env.https_proxy;
  try {
    await tunnel?.enter();
    const ways = await waysOf(environment, context);
    await step("waiting for the clusters to answer", () => Promise.all(ways.map(({ api }) => knock(api, proxy))));
    await work(tunnel === undefined ? session : { ...session, tunnel: tunnel.url });
  } finally {
    await tunnel?.close();
  }
}
