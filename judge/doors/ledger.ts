import { createHmac } from "node:crypto";
import { z } from "zod";
import { toolError } from "../../kernel/errors.ts";
import { byKey, sortedUnique } from "../../kernel/order.ts";
import { type BlindSpot, type RawEstate, type RawResource, UNKNOWN } from "../facts/raw.ts";
import { constructLines, programFile } from "./construct-line.ts";
import { dependenciesByProperty, properties, providerUrn, urnParts } from "./engine-resource.ts";
import { stackNames } from "./estate.ts";
import { MAX_FRAMES } from "./frames.ts";
import { decodeProperties } from "./marks.ts";

const registration = z.strictObject({
  kind: z.literal("resource"),
  urn: z.string().startsWith("urn:pulumi:"),
  type: z.string().min(1),
  custom: z.boolean(),
  /** Made by a component provider: its children are registered elsewhere. */
  remote: z.boolean(),
  /** Read, not made, by the program. */
  external: z.boolean(),
  parent: z.string(),
  provider: z.string(),
  id: z.string(),
  inputs: properties,
  propertyDependencies: z.record(z.string(), z.array(z.string())),
  dependencies: z.array(z.string()),
  protect: z.boolean(),
  retainOnDelete: z.boolean(),
  replaceOnChanges: z.array(z.string()),
  /** Lines of the program that led to the registration, innermost first, each relative to the program's folder. */
  frames: z.array(z.strictObject({ file: programFile, line: z.number().int().positive() })).max(MAX_FRAMES),
});
export type Registration = z.infer<typeof registration>;

/**
 * What the gate's child may say, one JSON object a line: resources as they are registered, outputs of components, provider
 * functions that were asked for (and answered "unknown"), then exactly one `end` or `failed`.
 */
const ledgerRecord = z.discriminatedUnion("kind", [
  registration,
  z.strictObject({ kind: z.literal("outputs"), urn: z.string(), outputs: properties }),
  z.strictObject({ kind: z.literal("function"), token: z.string() }),
  z.strictObject({ kind: z.literal("failed"), reason: z.string() }),
  z.strictObject({ kind: z.literal("end"), records: z.number().int(), seal: z.string() }),
]);
export type LedgerRecord = z.infer<typeof ledgerRecord>;

/** The seal that ends a ledger: keyed with the run's nonce, over every byte that was streamed before. */
export const sealOf = (nonce: string, streamed: string): string =>
  createHmac("sha256", nonce).update(streamed).digest("hex");

export interface LedgerRun {
  /** The secret that the judge gave this child, and nobody else. */
  readonly nonce: string;
  /** What errors call the run, e.g. the stack's name. */
  readonly name: string;
}

export interface JudgedRun {
  readonly estate: RawEstate;
  /** What the program exported, in the engine's wire form: a later stack of the environment may read it. */
  readonly stackOutputs: Readonly<Record<string, unknown>>;
}

/**
 * The ledger of one run of a program as an estate. It is whole or it is refused (exit 3): a line that is not a record, a
 * missing, wrong or second end, anything after it, a failure that the child told, a resource registered twice.
 */
export function readLedger(text: string, run: LedgerRun): JudgedRun {
  const records = wholeLedger(text, run);
  const outputs = new Map(records.flatMap((r) => (r.kind === "outputs" ? [[r.urn, r.outputs] as const] : [])));
  const registered = records.filter((r) => r.kind === "resource");
  refuseDuplicates(registered, run);
  const constructs = constructLines(registered);
  const root = registered.find((r) => r.type === "pulumi:pulumi:Stack");
  return {
    estate: {
      door: "gate",
      subject: registered.length === 0 ? run.name : stackNames(registered.map((r) => r.urn)),
      resources: registered
        .map((r) => rawResource(r, outputs.get(r.urn) ?? {}, constructs.of(r)))
        .sort(byKey((r) => r.urn)),
      steps: undefined,
      notSeen: blindSpots(records),
    },
    stackOutputs: root === undefined ? {} : (outputs.get(root.urn) ?? {}),
  };
}

function wholeLedger(text: string, run: LedgerRun): readonly LedgerRecord[] {
  const lines = text.split("\n");
  if (lines.pop() !== "") throw broken(run, "the stream stops in the middle of a record");
  const records = lines.map((line, index) => parseRecord(line, index + 1, run));
  const failure = records.find((r) => r.kind === "failed");
  if (failure?.kind === "failed") throw broken(run, quoted(failure.reason));
  const last = records.at(-1);
  if (last?.kind !== "end") throw broken(run, "it stopped before its end: no end-of-program record");
  const streamed = lines.slice(0, -1).map((line) => `${line}\n`);
  if (last.records !== streamed.length || last.seal !== sealOf(run.nonce, streamed.join(""))) {
    throw broken(run, "something other than the ledger wrote to the stream");
  }
  if (records.slice(0, -1).some((r) => r.kind === "end")) throw broken(run, "two end-of-program records");
  return records.slice(0, -1);
}

function parseRecord(line: string, number: number, run: LedgerRun): LedgerRecord {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw broken(run, `line ${number} of the stream is not a record`);
  }
  const parsed = ledgerRecord.safeParse(value);
  if (!parsed.success) throw broken(run, `line ${number} of the stream is not a record of the ledger`);
  return parsed.data;
}

function refuseDuplicates(registered: readonly Registration[], run: LedgerRun): void {
  const seen = new Set<string>();
  for (const { urn } of registered) {
    if (seen.has(urn)) throw broken(run, `${urn} is registered twice`);
    seen.add(urn);
  }
}

/** Outputs of a provider's resource are what the program wrote: all else is the provider's to supply, and unknown here. */
function rawResource(
  r: Registration,
  told: Readonly<Record<string, unknown>>,
  source: RawResource["source"],
): RawResource {
  const inputs = decodeProperties(r.inputs, { dropDefaults: true, where: `${r.urn} inputs` });
  return {
    urn: r.urn,
    type: r.type,
    name: urnParts(r.urn).name,
    custom: r.custom,
    parent: r.parent === "" ? undefined : r.parent,
    provider: providerUrn(r.provider),
    id: r.id === "" ? UNKNOWN : r.id,
    inputs,
    outputs: r.custom ? inputs : decodeProperties(told, { dropDefaults: false, where: `${r.urn} outputs` }),
    propertyDependencies: dependenciesByProperty(r.propertyDependencies),
    dependencies: sortedUnique(r.dependencies),
    options: {
      protect: { visible: true, value: r.protect },
      retainOnDelete: { visible: true, value: r.retainOnDelete },
      replaceOnChanges: { visible: true, value: r.replaceOnChanges },
    },
    ...(source === undefined ? {} : { source }),
    ...(r.external ? { external: true } : {}),
  };
}

function blindSpots(records: readonly LedgerRecord[]): readonly BlindSpot[] {
  const spots = ["default-providers", "deletes", "other-stacks", "packages", "provider-defaults"];
  if (records.some((r) => r.kind === "function")) spots.push("provider-functions");
  if (records.some((r) => r.kind === "resource" && r.remote)) spots.push("remote-components");
  return spots;
}

/** Longest reason of a failed program that is told. */
const MAX_REASON = 2000;

/** The program's own words: indented, so that no line of theirs passes for one of ours, and without control characters. */
const quoted = (reason: string): string =>
  reason
    .slice(0, MAX_REASON)
    .split(/\r?\n/)
    .map((line) => line.replace(/\p{Cc}/gu, " ").trimEnd())
    .join("\n      | ");

const broken = (run: LedgerRun, got: string) =>
  toolError(`the program of ${run.name} was not judged`, [
    {
      code: "gate.program-died",
      path: run.name,
      got,
      want: "a program that runs to its end and only registers resources",
      fix: "run it with `pulumi preview` to see its own error",
    },
  ]);
