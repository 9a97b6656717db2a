import { inputError } from "../../kernel/errors.ts";
import { type RawObject, type RawValue, SECRET, UNKNOWN } from "../facts/raw.ts";

/**
 * The engine's wire marks and their decoding. Every door but the policy pack meets them: a state export marks secrets, a
 * preview marks unknowns, the gate's child writes both the same way, so that one decoder serves all.
 * Source: pulumi/sdk v3 `go/common/resource/sig/sig.go` and `plugin/rpc.go`, read at v3.255.0.
 */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET_MARK = "1b47061264138c4ac30d75fd1eb44270";
const RESOURCE_MARK = "5cf8f73096256a8f31e491e813e4eb8e";
const OUTPUT_MARK = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** One mark for each type that a property can have before it is known. */
const UNKNOWN_MARKS: ReadonlySet<string> = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

const MARK_LENGTH = 36;

/** What `pulumi preview --json` prints in the place of a secret. */
const BLINDED = "[secret]";

/** Deeper nesting than any provider's schema has: a file beyond it was made to exhaust the stack. */
const MAX_DEPTH = 100;

/** Where input properties were filled in by the provider, not by the program; one list at each object of the inputs. */
const DEFAULTS = "__defaults";

export interface DecodeOptions {
  /** Leave out what `__defaults` lists: true for inputs, false for outputs. */
  readonly dropDefaults: boolean;
  /** Named in the error when the value is not JSON or nests too deep. */
  readonly where: string;
}

/** True when the whole text is one of the engine's marks for a value that is not known yet. */
export const isUnknownMark = (text: string): boolean => UNKNOWN_MARKS.has(text);

/** An object of parsed JSON. */
type Json = Readonly<Record<string, unknown>>;

const isJsonObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A JSON value of the engine as a raw value. Throws an input error when it nests deeper than 100 levels. */
export function decodeValue(value: unknown, options: DecodeOptions, depth = 0): RawValue {
  if (depth > MAX_DEPTH) throw tooDeep(options.where);
  if (typeof value === "string") return decodeText(value);
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (value === null || value === undefined) return null;
  if (Array.isArray(value) && isPlain(value, depth)) return value;
  if (Array.isArray(value)) return value.map((item) => decodeValue(item, options, depth + 1));
  if (isJsonObject(value)) return decodeObject(value, options, depth);
  throw notJson(options.where);
}

/** The properties of a resource; anything but an object is no properties. */
export const decodeProperties = (properties: Json, options: DecodeOptions): RawObject =>
  plainObject(properties, options, 0);

function decodeText(text: string): RawValue {
  // Marks have a length that few other texts have: most are told by that alone.
  if (text.length === MARK_LENGTH && UNKNOWN_MARKS.has(text)) return UNKNOWN;
  return text === BLINDED ? SECRET : text;
}

function decodeObject(object: Json, options: DecodeOptions, depth: number): RawValue {
  if (!Object.hasOwn(object, SIGNATURE)) return plainObject(object, options, depth);
  switch (object[SIGNATURE]) {
    case SECRET_MARK:
      return SECRET;
    case RESOURCE_MARK:
      return resourceReference(object);
    case OUTPUT_MARK:
      if (object.secret === true) return SECRET;
      return Object.hasOwn(object, "value") ? decodeValue(object.value, options, depth + 1) : UNKNOWN;
    default:
      return plainObject(object, options, depth);
  }
}

/** A resource passed whole: its id, or its URN where it has none (a component). */
function resourceReference({ id, urn }: Json): RawValue {
  if (typeof id === "string") return id === "" || UNKNOWN_MARKS.has(id) ? UNKNOWN : id;
  return typeof urn === "string" ? urn : UNKNOWN;
}

/**
 * Whether a value means what it says: no mark in it, nothing to leave out, nothing that JSON does not have. Such a one is taken
 * as it is, not copied: most of a state is.
 */
function isPlain(value: unknown, depth: number): value is RawValue {
  if (typeof value === "string") return value.length === MARK_LENGTH ? !UNKNOWN_MARKS.has(value) : value !== BLINDED;
  if (typeof value === "number" || typeof value === "boolean" || value === null) return true;
  if (Array.isArray(value)) return depth < MAX_DEPTH && value.every((item) => isPlain(item, depth + 1));
  return isJsonObject(value) && isPlainObject(value, depth);
}

function isPlainObject(object: Json, depth: number): object is RawObject {
  if (depth >= MAX_DEPTH || Object.hasOwn(object, DEFAULTS) || Object.hasOwn(object, SIGNATURE)) return false;
  for (const name of Object.keys(object)) if (!isPlain(object[name], depth + 1)) return false;
  return true;
}

function plainObject(object: Json, options: DecodeOptions, depth: number): RawObject {
  if (isPlainObject(object, depth)) return object;
  const defaults = options.dropDefaults && Object.hasOwn(object, DEFAULTS) ? object[DEFAULTS] : undefined;
  const filled: readonly unknown[] = Array.isArray(defaults) ? defaults : [];
  const decoded: Record<string, RawValue> = {};
  for (const name of Object.keys(object)) {
    if (name === DEFAULTS || name === SIGNATURE || filled.includes(name)) continue;
    const value = decodeValue(object[name], options, depth + 1);
    // A property of this name is one like any other, and must not become the prototype.
    if (name === "__proto__") Object.defineProperty(decoded, name, { value, enumerable: true });
    else decoded[name] = value;
  }
  return decoded;
}

const tooDeep = (where: string) =>
  inputError("a value nests too deep to be judged", [
    {
      code: "input.too-deep",
      path: where,
      got: `more than ${MAX_DEPTH} levels`,
      want: "properties as a provider's schema nests them",
      fix: "export the stack again; the file was not written by the engine",
    },
  ]);

const notJson = (where: string) =>
  inputError("a value is not JSON", [
    { code: "input.not-json", path: where, got: "a function or symbol", want: "JSON", fix: "pass parsed JSON" },
  ]);
