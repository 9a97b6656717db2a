import { isRpcSecret, unwrapRpcSecret } from "@pulumi/pulumi/runtime/rpc.js";
import { isRecord, type Props } from "../../plugins/engine/values.ts";

/** Without envelopes, at any depth; null means absent. */
export function plain(value: unknown): unknown {
  if (isRpcSecret(value)) return plain(unwrapRpcSecret(value));
  if (Array.isArray(value)) return value.map(plain);
  return isRecord(value) ? plainProps(value) : value;
}

export const plainProps = (props: Props): Props =>
  Object.fromEntries(
    Object.entries(props)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => [name, plain(value)]),
  );

/** Equal content, whatever the order of keys and whichever of the two is in an envelope. */
export const same = (a: unknown, b: unknown): boolean => canonical(plain(a)) === canonical(plain(b));

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, v: unknown) =>
    isRecord(v) ? Object.fromEntries(Object.entries(v).sort(([x], [y]) => (x < y ? -1 : 1))) : v,
  ) ?? "absent";
