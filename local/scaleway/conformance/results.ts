import { z } from "zod";
import { ATTAINABLE } from "./attainable.data.ts";

/** What `results.json` holds: of each service's attainable tests, which passed, which failed and why, which were not run. */
const serviceResult = z.strictObject({
  service: z.string(),
  passed: z.array(z.string()),
  /** Of those that passed: which did so only at a second try, with no other test beside them. */
  alone: z.array(z.string()).default([]),
  failed: z.array(z.strictObject({ test: z.string(), error: z.string() })),
  notRun: z.array(z.strictObject({ test: z.string(), reason: z.string() })),
  /** Digest of the local Scaleway's sources that were judged. */
  sources: z.string().optional(),
});
export type ServiceResult = z.infer<typeof serviceResult>;

const schema = z.strictObject({
  schema: z.literal("bastide.conformance/1"),
  provider: z.string(),
  terraform: z.string(),
  services: z.array(serviceResult),
});
export type Results = z.infer<typeof schema>;

export const parseResults = (text: string): Results => schema.parse(JSON.parse(text));

/** Replaces what is known of the services judged anew, keeps the rest; services in the order of their tables. */
export function merge(known: Results | undefined, fresh: Results): Results {
  const judged = new Set(fresh.services.map((s) => s.service));
  const all = [...(known?.services ?? []).filter((s) => !judged.has(s.service)), ...fresh.services];
  const order = Object.keys(ATTAINABLE);
  return { ...fresh, services: all.sort((a, b) => order.indexOf(a.service) - order.indexOf(b.service)) };
}

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("`", "'");

/** The table of the README: counts by service, then every test that failed or was not run, with its reason. */
export function renderTable(results: Results): string {
  const rows = results.services.map(
    (s) =>
      `| ${s.service} | ${s.passed.length} | ${s.failed.length} | ${s.notRun.length} | ${s.passed.length + s.failed.length + s.notRun.length} |`,
  );
  const rest = results.services.flatMap((s) => [
    ...s.alone.map((test) => `- ${s.service} \`${test}\` passed at the second try, alone`),
    ...s.failed.map((f) => `- ${s.service} \`${f.test}\` failed: ${cell(f.error)}`),
    ...s.notRun.map((n) => `- ${s.service} \`${n.test}\` not run: ${cell(n.reason)}`),
  ]);
  return [
    `Provider ${results.provider}, ${results.terraform}.`,
    "",
    "| service | passed | failed | not run | attainable |",
    "|---|---|---|---|---|",
    ...rows,
    ...(rest.length === 0 ? [] : ["", ...rest]),
  ].join("\n");
}
