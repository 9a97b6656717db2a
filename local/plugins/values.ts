import {
  isRpcSecret,
  specialSecretSig,
  specialSigKey,
  unknownValue,
  unwrapRpcSecret,
} from "@pulumi/pulumi/runtime/rpc.js";

/** Values on the engine's wire: secrets come in an envelope, unknowns as one fixed string. */
export type Props = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is Props =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const secret = (value: unknown): Props => ({ [specialSigKey]: specialSecretSig, value });

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

export const isUnknown = (value: unknown): boolean =>
  value === unknownValue ||
  (Array.isArray(value) ? value.some(isUnknown) : isRecord(value) && Object.values(value).some(isUnknown));

/** Equal content, whatever the order of keys and whichever of the two is in an envelope. */
export const same = (a: unknown, b: unknown): boolean => canonical(plain(a)) === canonical(plain(b));

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, v: unknown) =>
    isRecord(v) ? Object.fromEntries(Object.entries(v).sort(([x], [y]) => (x < y ? -1 : 1))) : v,
  ) ?? "absent";
