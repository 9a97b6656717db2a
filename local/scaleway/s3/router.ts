import type { Address } from "./address.ts";
import { S3Error } from "./errors.ts";
import { MISSING_SUBRESOURCES, OPERATIONS, type OperationRow } from "./operations.data.ts";
import type { Query } from "./query.ts";

export type OperationName = keyof typeof OPERATIONS;

/** The operations on one kind of target: a registry of handlers by this type can't miss one. */
export type OperationsOn<Target extends OperationRow["target"]> = {
  [Name in OperationName]: (typeof OPERATIONS)[Name] extends { readonly target: Target } ? Name : never;
}[OperationName];

const NAMES = Object.keys(OPERATIONS).filter((name): name is OperationName => Object.hasOwn(OPERATIONS, name));
const TABLE: readonly (readonly [OperationName, OperationRow])[] = NAMES.map((name) => [name, OPERATIONS[name]]);
const SUBRESOURCES = new Set(TABLE.flatMap(([, { subresource }]) => (subresource === undefined ? [] : [subresource])));

/** What decides the operation. */
export interface Routed {
  readonly address: Pick<Address, "bucket" | "key">;
  readonly method: string;
  readonly query: Query;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/**
 * The operation a request means. A subresource is never ignored: `DELETE /?versioning` is refused, not read as
 * `DELETE /`.
 */
export function route(request: Routed): OperationName {
  const names = [...request.query.keys()];
  if (names.some((name) => MISSING_SUBRESOURCES.includes(name))) throw new S3Error("NotImplemented");
  const asked = names.filter((name) => SUBRESOURCES.has(name));
  const target = targetOf(request.address);
  const [found] = TABLE.filter(
    ([, row]) =>
      row.target === target &&
      row.method === request.method &&
      (row.header === undefined || request.headers[row.header] !== undefined) &&
      asked.join() === (row.subresource ?? ""),
  ).sort(([, a], [, b]) => Number(b.header !== undefined) - Number(a.header !== undefined));
  if (found === undefined)
    throw new S3Error(target === "object" && request.method === "POST" ? "NotImplemented" : "MethodNotAllowed");
  return found[0];
}

function targetOf(address: Routed["address"]): OperationRow["target"] {
  if (address.bucket === undefined) return "service";
  return address.key === undefined ? "bucket" : "object";
}

/** The action a bucket policy must allow for this operation. */
export function actionOf(operation: OperationName, query: Query): string {
  const row: OperationRow = OPERATIONS[operation];
  return query.has("versionId") && row.versionAction !== undefined ? row.versionAction : row.action;
}
