import { isRpcSecret, unwrapRpcSecret } from "@pulumi/pulumi/runtime/rpc.js";
import { isRecord, type Props, secret } from "../../../plugins/engine/values.ts";

/** Where a value stands in a tree of inputs. */
export type Path = readonly (string | number)[];

/** Paths of the engine's secret envelopes. */
export function secretPaths(value: unknown, at: Path = []): readonly Path[] {
  if (isRpcSecret(value)) return [at];
  if (Array.isArray(value)) return value.flatMap((item, i) => secretPaths(item, [...at, i]));
  return isRecord(value) ? Object.entries(value).flatMap(([key, item]) => secretPaths(item, [...at, key])) : [];
}

/** Texts inside the envelopes, for keeping them out of messages. */
export function secretTexts(value: unknown, inside = false): readonly string[] {
  if (isRpcSecret(value)) return secretTexts(unwrapRpcSecret(value), true);
  if (Array.isArray(value)) return value.flatMap((item) => secretTexts(item, inside));
  if (isRecord(value)) return Object.values(value).flatMap((item) => secretTexts(item, inside));
  return inside && typeof value === "string" && value.length > 3 ? [value] : [];
}

/**
 * Puts envelopes around what stands at these paths. A list is sealed as a whole, since the API server may order it anew; what
 * is not there is not sealed.
 */
export function sealAt(tree: Props, paths: readonly Path[]): Props {
  const sealed: Record<string, unknown> = { ...tree };
  for (const [key, ...rest] of paths) {
    if (typeof key !== "string" || sealed[key] === undefined || isRpcSecret(sealed[key])) continue;
    const below = sealed[key];
    sealed[key] = rest.length > 0 && isRecord(below) ? sealAt(below, [rest]) : secret(below);
  }
  return sealed;
}
