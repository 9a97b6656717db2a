import type { RawEstate } from "../facts/raw.ts";
import { fileError } from "./faults.ts";
import { isPreview, readPreview } from "./preview.ts";
import { isState, readState } from "./state.ts";

const WANT = "the JSON of `pulumi stack export` or `pulumi preview --json`";

/**
 * The text of a file as an estate; the door is told from the content, never from the name. `file` is what errors and the
 * verdict call it: a name, not a path of the machine.
 */
export function readEstate(text: string, file: string): RawEstate {
  const document = parseJson(text, file);
  if (typeof document === "object" && document !== null && !Array.isArray(document)) {
    if (isState(document)) return readState(document, file);
    if (isPreview(document)) return readPreview(document, file);
    if (isEngineEvent(document)) throw streamingForm(file);
  }
  const keys = typeof document === "object" && document !== null ? Object.keys(document).slice(0, 5).join(", ") : "";
  throw fileError(file, "input.foreign", keys === "" ? "other JSON" : `JSON with ${keys}`, WANT, "export it again");
}

function parseJson(text: string, file: string): unknown {
  const body = text.startsWith("\uFEFF") ? text.slice(1) : text;
  if (body.trim() === "") throw fileError(file, "input.empty", "an empty file", WANT, "export it again");
  try {
    return JSON.parse(body);
  } catch (error) {
    if (isEngineEvent(parseQuietly(body.slice(0, body.indexOf("\n"))))) throw streamingForm(file);
    const got = error instanceof SyntaxError ? error.message : String(error);
    throw fileError(file, "input.truncated", got, `whole JSON: ${WANT}`, "export it again; it may have been cut short");
  }
}

function parseQuietly(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** A line of the engine's event stream: a sequence number, a time stamp, and one event. */
const isEngineEvent = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "sequence" in value && "timestamp" in value;

const streamingForm = (file: string) =>
  fileError(
    file,
    "preview.streaming",
    "the streaming form of `pulumi preview --json` (PULUMI_ENABLE_STREAMING_JSON_PREVIEW)",
    "the whole document: the streaming form has no dependencies",
    "unset PULUMI_ENABLE_STREAMING_JSON_PREVIEW and preview again",
  );
