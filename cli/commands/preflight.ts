import type { Command } from "commander";
import { z } from "zod";
import { plan } from "../../blueprint/plan.ts";
import { BastideError } from "../../kernel/errors.ts";
import { environmentNames, loadEnvironment } from "../../stacks/load.ts";
import { callWorker } from "../cloud/call.ts";
import { type CheckResult, checkResult } from "../cloud/preflight.ts";
import { good, note, printData, step, warn } from "../console.ts";
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
  const results = await step("asking the account, read-only", () =>
    callWorker("preflight", request, z.array(checkResult), session.context.env),
  );
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
