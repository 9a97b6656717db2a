import type { Command } from "commander";
import { z } from "zod";
import { plan } from "../../blueprint/plan.ts";
import { BastideError } from "../../kernel/errors.ts";
import { environmentNames, loadEnvironment } from "../../stacks/load.ts";
import { callWorker } from "../cloud/call.ts";
import { type CheckResult, checkResult, ok, unsure } from "../cloud/preflight-result.ts";
import { good, note, printData, step, warn } from "../console.ts";
import { runEnvironment } from "../engine/environment.ts";
import { preflightRequest } from "../preflight-request.ts";
import { inLocalSession, inRealSession, type Session } from "../session.ts";
import { parseTarget } from "../targets.ts";

interface PreflightOptions {
  readonly stack: string;
  readonly local?: true;
  readonly json?: true;
}

async function ask(session: Session, environmentName: string, json: boolean): Promise<void> {
  const environment = loadEnvironment(environmentName);
  const request = preflightRequest(environment, plan(environment), session.local !== undefined);
  const answers = await step("asking the account, read-only", () =>
    callWorker("preflight", request, z.array(checkResult), session.context.env),
  );
  const results = [...environmentVariables(), ...answers];
  if (json)
    printData(JSON.stringify({ schema: "bastide.preflight/1", environment: environmentName, results }, null, 2));
  else for (const r of results) describe(r);
  const faults = results.filter((r) => r.result === "fault");
  if (faults.length > 0) {
    throw new BastideError(
      `${faults.length} of ${results.length} checks found a fault`,
      faults.map((f) => ({ code: "preflight.fault", path: f.check, got: f.got, want: f.want, fix: f.fix })),
      1,
    );
  }
}

/** Variables overrule code in this provider. Our own runs keep them away; plain `pulumi` would not. */
function environmentVariables(): readonly CheckResult[] {
  const { neutralised } = runEnvironment(process.env, {}, "real");
  return neutralised.length === 0
    ? ok("environment", "no variable that overrules code")
    : unsure(
        "environment",
        `set: ${neutralised.join(", ")}`,
        "no variable that overrules code",
        "`bastide` keeps them away from its runs; unset them before a plain `pulumi`",
      );
}

function describe(r: CheckResult): void {
  if (r.result === "ok") good(`${r.check}: ${r.got}`);
  else if (r.result === "unknown") warn(`${r.check}: ${r.got}; wanted ${r.want} (${r.fix})`);
  else note(`✗ ${r.check}: ${r.got}`);
}

/** `preflight`: what an account would answer, before anything is sent to it. */
export function registerPreflight(program: Command): void {
  program
    .command("preflight")
    .description("read-only look at the account: credentials, quotas, regions, versions, names; every fault at once")
    .requiredOption("--stack <name>", `environment: ${environmentNames.join(", ")}`)
    .option("--local", "ask the local Scaleway instead of a real account")
    .option("--json", "results as JSON on stdout")
    .action(async (options: PreflightOptions) => {
      const { environment } = parseTarget(options.stack, environmentNames);
      const args = process.argv.slice(2);
      const work = (session: Session): Promise<void> => ask(session, environment, options.json === true);
      if (options.local === true) await inLocalSession(args, { environment: loadEnvironment(environment) }, work);
      else await inRealSession(args, work);
    });
}
