import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import { z } from "zod";

/**
 * The engine's event log (`--event-log`, one JSON object a line): the only place where a policy refusal carries the rule's
 * name, and the source of progress. Only the fields used are read; unknown events pass by.
 */
const metadata = z.object({ op: z.string(), urn: z.string(), type: z.string() });
const eventSchema = z.object({
  policyEvent: z
    .object({
      policyName: z.string(),
      message: z.string(),
      resourceUrn: z.string().default("stack"),
      enforcementLevel: z.string(),
    })
    .optional(),
  diagnosticEvent: z.object({ severity: z.string(), message: z.string(), urn: z.string().optional() }).optional(),
  resourcePreEvent: z.object({ metadata }).optional(),
  resOutputsEvent: z.object({ metadata }).optional(),
  resOpFailedEvent: z.object({ metadata }).optional(),
  summaryEvent: z.object({ resourceChanges: z.record(z.string(), z.number()).nullish() }).optional(),
});
export type EngineEvent = z.infer<typeof eventSchema>;

export interface Refusal {
  readonly rule: string;
  readonly urn: string;
  readonly message: string;
  readonly enforcement: string;
}

/** Reads what was appended since the last call; a half-written last line waits for the next one. */
export function eventReader(file: string): () => readonly EngineEvent[] {
  let offset = 0;
  let rest = "";
  return () => {
    if (!existsSync(file)) return [];
    const size = statSync(file).size;
    if (size <= offset) return [];
    const buffer = Buffer.alloc(size - offset);
    const handle = openSync(file, "r");
    try {
      offset += readSync(handle, buffer, 0, buffer.length, offset);
    } finally {
      closeSync(handle);
    }
    const lines = (rest + buffer.toString("utf8")).split("\n");
    rest = lines.pop() ?? "";
    return lines.filter((l) => l.trim() !== "").map((l) => eventSchema.parse(JSON.parse(l)));
  };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the engine colours its messages with escape sequences
const COLOUR = /\u001b\[[0-9;]*m|<\{%[^%]*%\}>/g;
export const plain = (text: string): string => text.replace(COLOUR, "").trim();

export const refusalsOf = (events: readonly EngineEvent[]): readonly Refusal[] =>
  events.flatMap((e) =>
    e.policyEvent === undefined
      ? []
      : [
          {
            rule: e.policyEvent.policyName,
            urn: e.policyEvent.resourceUrn,
            message: plain(e.policyEvent.message),
            enforcement: e.policyEvent.enforcementLevel,
          },
        ],
  );

export const errorsOf = (events: readonly EngineEvent[]): readonly string[] =>
  events.flatMap((e) => (e.diagnosticEvent?.severity === "error" ? [plain(e.diagnosticEvent.message)] : []));

/** Resource operations by kind (`create`, `same`, …) as the engine's summary counts them. */
export const changesOf = (events: readonly EngineEvent[]): Readonly<Record<string, number>> =>
  events.reduce<Readonly<Record<string, number>>>((found, e) => e.summaryEvent?.resourceChanges ?? found, {});

/** Whether the log goes to its end: the engine's summary is the last thing that it writes of a run that ended well. */
export const isWhole = (events: readonly EngineEvent[]): boolean => events.some((e) => e.summaryEvent !== undefined);
