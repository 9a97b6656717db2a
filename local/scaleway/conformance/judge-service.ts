import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLocalScaleway } from "../server.ts";
import { ATTAINABLE } from "./attainable.data.ts";
import { terraformEnvironment } from "./environment.ts";
import { copySources } from "./go-module.ts";
import { IMPOSSIBLE } from "./impossible.data.ts";
import { serviceFolder } from "./provider-module.ts";
import type { ServiceResult } from "./results.ts";
import { runTest } from "./run-test.ts";
import type { Service } from "./service.ts";
import { plantUsers, TESTED_ORGANIZATION } from "./tested-organization.ts";
import type { Verdict } from "./verdict.ts";

export interface Judging {
  readonly service: Service;
  readonly module: string;
  readonly binary: string;
  /** Terraform or OpenTofu. */
  readonly terraform: string;
  readonly logs: string;
  /** Which of the attainable tests to run. Default: all. */
  readonly matches?: (test: string) => boolean;
  /** Tests at once. Default: 4; most of a test's time is Terraform starting. */
  readonly parallel?: number | undefined;
  /** Default: 4 minutes for each test. */
  readonly timeoutMs?: number | undefined;
  readonly onVerdict?: (test: string, verdict: Verdict) => void;
}

/** Runs the attainable tests of one service against a fresh local Scaleway, which is stopped and removed afterwards. */
export async function judgeService(judging: Judging): Promise<ServiceResult> {
  const { service } = judging;
  const impossible = IMPOSSIBLE[service] ?? {};
  const wanted = ATTAINABLE[service].filter((test: string) => judging.matches?.(test) ?? true);
  const scratch = await mkdtemp(join(tmpdir(), `bastide-conformance-${service}-`));
  const scaleway = await startLocalScaleway({
    dataDir: join(scratch, "scaleway"),
    organizationId: TESTED_ORGANIZATION,
  });
  plantUsers(scaleway.platform);
  try {
    const cwd = join(scratch, service);
    await copySources(serviceFolder(judging.module, service), cwd);
    const verdicts = new Map<string, Verdict>();
    const queue: string[] = wanted.filter((test) => impossible[test] === undefined);
    const worker = async (): Promise<void> => {
      for (let test = queue.shift(); test !== undefined; test = queue.shift()) {
        const verdict = await runTest({
          binary: judging.binary,
          test,
          cwd,
          env: {
            ...terraformEnvironment(scaleway.env, judging.terraform),
            TF_ACC: "1",
            TF_ACC_TERRAFORM_PATH: judging.terraform,
          },
          timeoutMs: judging.timeoutMs ?? 240_000,
          logs: join(judging.logs, service),
        });
        verdicts.set(test, verdict);
        judging.onVerdict?.(test, verdict);
      }
    };
    await Promise.all(Array.from({ length: judging.parallel ?? 4 }, worker));
    // Some tests use the same names and cannot run side by side: what failed is tried once more, alone.
    const again = [...verdicts].filter(([, verdict]) => verdict.outcome === "failed").map(([test]) => test);
    queue.push(...again);
    await worker();
    const alone = again.filter((test) => verdicts.get(test)?.outcome === "passed");
    return { ...tally(service, wanted, verdicts, impossible), alone };
  } finally {
    await scaleway.stop();
    await rm(scratch, { recursive: true, force: true });
  }
}

function tally(
  service: Service,
  wanted: readonly string[],
  verdicts: ReadonlyMap<string, Verdict>,
  impossible: Readonly<Record<string, string>>,
): Omit<ServiceResult, "alone"> {
  const failed: { test: string; error: string }[] = [];
  const notRun: { test: string; reason: string }[] = [];
  const passed: string[] = [];
  for (const test of wanted) {
    const verdict = verdicts.get(test);
    if (verdict === undefined) notRun.push({ test, reason: impossible[test] ?? "not reached" });
    else if (verdict.outcome === "passed") passed.push(test);
    else if (verdict.outcome === "skipped") notRun.push({ test, reason: verdict.reason });
    else failed.push({ test, error: verdict.error });
  }
  return { service, passed, failed, notRun };
}
