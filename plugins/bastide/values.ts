import { isRpcSecret, unwrapRpcSecret } from "@pulumi/pulumi/runtime/rpc.js";
import { isRecord, type Props, secret } from "../engine/values.ts";

/**
 * The engine wraps secrets in an envelope and writes unknowns as one fixed string. Both are known here only: kinds of
 * resource get plain values, and what came in secret goes out secret.
 */
export interface Opened {
  readonly values: Props;
  /** Names of the properties that held a secret, at whatever depth. */
  readonly secrets: ReadonlySet<string>;
}

/** Takes the envelopes off, and drops nulls: to the engine they mean absent. */
export function open(props: unknown): Opened {
  const secrets = new Set<string>();
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(isRecord(props) ? props : {}))
    if (value !== null) values[name] = plain(value, () => secrets.add(name));
  return { values, secrets };
}

function plain(value: unknown, onSecret: () => void): unknown {
  if (Array.isArray(value)) return value.map((v) => plain(v, onSecret));
  if (!isRecord(value)) return value;
  if (isRpcSecret(value)) {
    onSecret();
    return plain(unwrapRpcSecret(value), onSecret);
  }
  const set = Object.entries(value).filter(([, v]) => v !== null);
  return Object.fromEntries(set.map(([k, v]) => [k, plain(v, onSecret)]));
}

/** Puts the envelopes back on, and drops what is undefined: the wire has no word for it. */
export function seal(values: Props, secrets: ReadonlySet<string>): Props {
  const sealed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    const bare = defined(value);
    sealed[name] = secrets.has(name) ? secret(bare) : bare;
  }
  return sealed;
}

function defined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(defined);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .map(([k, v]) => [k, defined(v)]),
  );
}
