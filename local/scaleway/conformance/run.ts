import { join } from "node:path";
import { parseArgs } from "node:util";
import { BastideError, inputError } from "../../../kernel/errors.ts";
import { accountRoutes } from "../services/account.ts";
import { ROUTES } from "../services/all.ts";
import { examplesOf } from "./examples/programs.ts";
import { reasonOf, renderExamples, tryAll } from "./examples/report.ts";
import { judgeService } from "./judge-service.ts";
import { providerBinary } from "./provider-binary.ts";
import { PROVIDER, providerModule } from "./provider-module.ts";
import { publish, publishExamples, publishReference, publishReplay, sourcesDigest } from "./publish.ts";
import { pinnedSdk, referenceApis } from "./reference/sdk-module.ts";
import { renderReference } from "./reference/table.ts";
import { renderReplay, replayAll } from "./replay/report.ts";
import { renderTable, type ServiceResult } from "./results.ts";
import { isService, SERVICES } from "./service.ts";
import { openTofu, terraform, terraformVersion } from "./terraform.ts";
import { testBinaries } from "./test-binary.ts";

/**
 * The provider's acceptance tests against a local Scaleway: `npm run conformance [-- SERVICE…]`; whole services write their table. `--only
 * REGEX` runs some and writes none, `--tofu` takes OpenTofu though Terraform is on PATH. Instead of the tests: `--examples` tries the programs of
 * the provider's documentation, `--replay` sends its recorded traffic, `--reference` counts the operations of the API reference. Exit 1 when
 * something failed, 2 for a bad argument, 3 when the tests cannot be had.
 */
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const logs = join(import.meta.dirname, "../../../.bastide/conformance");

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      only: { type: "string" },
      parallel: { type: "string", default: "4" },
      reference: { type: "boolean", default: false },
      examples: { type: "boolean", default: false },
      replay: { type: "boolean", default: false },
      tofu: { type: "boolean", default: false },
    },
  });
  if (values.replay) return replayed();
  if (values.reference) return referenced();
  const pattern = values.only === undefined ? undefined : new RegExp(values.only);
  if (values.examples) return await examplesTried(pattern, Number(values.parallel));
  const unknown = positionals.filter((name) => !isService(name));
  if (unknown.length > 0)
    throw inputError("no such service", [
      {
        code: "conformance.unknown-service",
        path: "SERVICE",
        got: unknown.join(", "),
        want: SERVICES.join(", "),
        fix: "name services of the provider, or none for all",
      },
    ]);
  const services = positionals.length === 0 ? SERVICES : positionals.filter(isService);
  const module = await providerModule();
  const binaries = await testBinaries(module, services, say);
  const program = values.tofu ? await openTofu(say) : await terraform(say);
  const version = terraformVersion(program);
  const results: ServiceResult[] = [];
  for (const service of services) {
    const sources = sourcesDigest();
    const started = performance.now();
    const result = await judgeService({
      service,
      module,
      binary: binaries.get(service) ?? "",
      terraform: program,
      logs,
      parallel: Number(values.parallel),
      matches: (test) => pattern === undefined || pattern.test(test),
      onVerdict: (test, verdict) =>
        say(
          `${verdict.outcome.padEnd(8)} ${service} ${test}${verdict.outcome === "failed" ? `: ${verdict.error}` : ""}`,
        ),
    });
    say(`${service}: ${result.passed.length} passed, ${result.failed.length} failed, ${seconds(started)} s`);
    results.push({ ...result, sources });
    // One service at a time: an interrupted run keeps what it learnt.
    if (pattern === undefined && !values.tofu)
      publish({
        schema: "bastide.conformance/1",
        provider: PROVIDER.version,
        terraform: version,
        services: [{ ...result, sources }],
      });
  }
  say(
    renderTable({
      schema: "bastide.conformance/1",
      provider: PROVIDER.version,
      terraform: version,
      services: results,
    }),
  );
  return results.every((r) => r.failed.length === 0) ? 0 : 1;
}

/** The recorded traffic sent again; 1 when an answer differs that nobody has explained. */
async function replayed(): Promise<number> {
  const report = await replayAll(sourcesDigest());
  publishReplay(report);
  say(renderReplay(report));
  const unexplained = report.apis.flatMap(({ gaps }) => gaps).filter(({ reason }) => reason === undefined);
  for (const { gap, times, first } of unexplained) say(`unexplained: ${gap} (${times} times, first ${first})`);
  return unexplained.length === 0 ? 0 : 1;
}

/** How much of the API reference is answered. */
async function referenced(): Promise<number> {
  const text = renderReference(await referenceApis(), [...accountRoutes, ...ROUTES], pinnedSdk().version);
  publishReference(text);
  say(text);
  return 0;
}

/** The documentation's programs; 1 when one fails that nobody has explained. What is chosen by `only` is not published. */
async function examplesTried(only: RegExp | undefined, parallel: number): Promise<number> {
  const sources = sourcesDigest();
  const module = await providerModule();
  const program = await terraform(say);
  const tools = { terraform: program, provider: await providerBinary(module, say) };
  const chosen = examplesOf(module).filter(({ name }) => only?.test(name) ?? true);
  const examples = await tryAll(chosen, tools, parallel, (e) =>
    say(`${e.outcome.padEnd(8)} ${e.name}${e.said === undefined ? "" : `: ${e.step ?? "validate"}: ${e.said}`}`),
  );
  const report = {
    schema: "bastide.examples/1" as const,
    provider: PROVIDER.version,
    terraform: terraformVersion(program),
    sources,
    examples: [...examples],
  };
  if (only === undefined) publishExamples(report);
  say(renderExamples(report));
  const unexplained = examples.filter((e) => e.outcome === "failed" && reasonOf(e) === undefined);
  for (const e of unexplained) say(`unexplained: ${e.name}: ${e.step ?? ""}: ${e.said ?? ""}`);
  return unexplained.length === 0 ? 0 : 1;
}

const seconds = (since: number): number => Math.round((performance.now() - since) / 1000);

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof BastideError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exit;
}
