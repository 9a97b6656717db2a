/**
 * A bucket policy document as Scaleway reads it: version 2023-04-17 allows what it lists and denies the rest; principals are
 * `{"SCW": "application_id:…"}`, `user_id:…` or `*`. What can't be read is not narrow.
 */
export interface PolicyStatement {
  /** Position in the document, for findings. */
  readonly index: number;
  readonly allows: boolean;
  /** As written, e.g. `application_id:<uuid>`; `*` is everybody. */
  readonly principals: readonly string[];
  readonly actions: readonly string[];
  /** Says who or what is *not* meant: everything else is. */
  readonly inverted: boolean;
}

export interface PolicyDocument {
  /** `2023-04-17` allows what it lists and denies the rest; the other version is deprecated, what it denies is not documented. */
  readonly version: string | undefined;
  readonly statements: readonly PolicyStatement[];
}

/** A document's version and statements; `undefined` when it is none. */
export function parsePolicy(json: string): PolicyDocument | undefined {
  const document = parseJson(json);
  if (!isObject(document) || document.Statement === undefined) return undefined;
  if (isAmbiguous(json, document) || !hasOnly(document, DOCUMENT)) return undefined;
  const list: readonly unknown[] = Array.isArray(document.Statement) ? document.Statement : [document.Statement];
  const statements = list.map((statement, index) => parseStatement(statement, index));
  const version = typeof document.Version === "string" ? document.Version : undefined;
  return statements.every((s) => s !== undefined) ? { version, statements } : undefined;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // Not JSON: the caller refuses it as unreadable.
    return undefined;
  }
}

const isObject = (v: unknown): v is Readonly<Record<string, unknown>> =>
  typeof v === "object" && v !== null && !Array.isArray(v);

const DOCUMENT: readonly string[] = ["Version", "Id", "Statement"];
const STATEMENT: readonly string[] = [
  ...["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"],
];

/** A reader that is lax about case would take `principal` for `Principal`: what we would pass over is not read at all. */
const hasOnly = (value: Readonly<Record<string, unknown>>, names: readonly string[]): boolean =>
  Object.keys(value).every((name) => names.includes(name));

/** True when a name stands twice in one object: readers differ in which of the two they take. */
function isAmbiguous(json: string, document: unknown): boolean {
  const written = [...json.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter((match) => match[1] !== undefined).length;
  return written !== namesIn(document);
}

const namesIn = (value: unknown): number =>
  typeof value !== "object" || value === null
    ? 0
    : Object.values(value).reduce(
        (sum: number, v) => sum + namesIn(v),
        Array.isArray(value) ? 0 : Object.keys(value).length,
      );

function parseStatement(value: unknown, index: number): PolicyStatement | undefined {
  if (!isObject(value) || !hasOnly(value, STATEMENT)) return undefined;
  const inverted = ["NotPrincipal", "NotAction", "NotResource"].some((name) => name in value);
  const principals = principalsOf(value.Principal);
  const actions = texts(value.Action);
  if (!inverted && (principals === undefined || actions === undefined)) return undefined;
  if (value.Effect !== "Allow" && value.Effect !== "Deny") return undefined;
  return { index, allows: value.Effect === "Allow", principals: principals ?? [], actions: actions ?? [], inverted };
}

/** `*`, or an object whose every value is a principal or a list of them. */
function principalsOf(value: unknown): readonly string[] | undefined {
  if (typeof value === "string") return [value];
  if (!isObject(value)) return undefined;
  const parts = Object.values(value).map(texts);
  return parts.length > 0 && parts.every((p) => p !== undefined) ? parts.flat() : undefined;
}

function texts(value: unknown): readonly string[] | undefined {
  if (typeof value === "string") return [value];
  return Array.isArray(value) && value.every((v) => typeof v === "string") ? value : undefined;
}
