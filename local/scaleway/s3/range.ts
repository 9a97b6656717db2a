import { S3Error } from "./errors.ts";

/** Bytes `first` to `last`, both included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The bytes a `Range` header asks for of `size`; undefined for all of them. Several ranges, or another unit, are ignored as
 * S3 does; one wholly outside is InvalidRange.
 */
export function readRange(header: string | undefined, size: number): ByteRange | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "");
  if (match === null) return undefined;
  const [, from = "", to = ""] = match;
  if (from === "" && to === "") return undefined;
  const isSuffix = from === "";
  const first = isSuffix ? Math.max(size - Number(to), 0) : Number(from);
  const last = isSuffix || to === "" ? size - 1 : Math.min(Number(to), size - 1);
  if (!isSuffix && to !== "" && Number(to) < Number(from)) return undefined;
  if (first >= size || last < first)
    throw new S3Error("InvalidRange", { elements: { ActualObjectSize: String(size) } });
  return { first, last };
}

/** The bytes of part `number` (from 1) of an object with parts of these sizes. */
export function partRange(partSizes: readonly number[], number: number): ByteRange {
  const size = partSizes[number - 1];
  if (size === undefined) throw new S3Error("InvalidRange", { message: "The requested partnumber is not satisfiable" });
  const first = partSizes.slice(0, number - 1).reduce((total, bytes) => total + bytes, 0);
  return { first, last: first + size - 1 };
}
