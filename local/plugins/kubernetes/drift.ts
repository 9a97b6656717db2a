import { isRpcSecret } from "@pulumi/pulumi/runtime/rpc.js";
import { isRecord, type Props, secret } from "../../../plugins/engine/values.ts";
import { plain, same } from "../values.ts";
import { recordAt } from "./manifest.ts";

/** Fields by which the elements of a list are told apart, as the API's merge keys are. */
const KEYS = ["name", "key", "containerPort", "port", "mountPath", "ip", "topologyKey", "type"] as const;

/** For each wanted element its counterpart, or undefined when the lists cannot be laid side by side. */
function sideBySide(wanted: readonly unknown[], live: readonly unknown[]): readonly unknown[] | undefined {
  for (const key of KEYS) {
    const names = wanted.map((item) => (isRecord(item) ? plain(item[key]) : undefined));
    if (names.some((n) => n === undefined) || new Set(names).size !== names.length) continue;
    return names.map((name) => live.find((item) => isRecord(item) && item[key] === name));
  }
  return wanted.length === live.length ? live : undefined;
}

/**
 * The inputs with what others changed. The API server writes values in its own way (`1000m` becomes `1`) and adds defaults, so
 * the live object is not compared with the inputs but with what it would be were they applied again; where the two agree,
 * the input stays as it was written.
 * @param wanted the inputs, envelopes and all.
 * @param would the answer to applying them again, dry.
 * @param live the object as it is.
 */
export function drifted(wanted: Props, would: Props, live: Props): Props {
  const texts = Object.keys(recordAt(plain(wanted), "stringData"));
  const found = differing(wanted, withTexts(would, texts), withTexts(live, texts));
  return isRecord(found) ? found : wanted;
}

function differing(wanted: unknown, would: unknown, live: unknown): unknown {
  if (same(would, live)) return wanted;
  if (isRpcSecret(wanted)) return live === undefined ? undefined : secret(live);
  if (isRecord(wanted) && isRecord(would) && isRecord(live))
    return Object.fromEntries(
      Object.entries(wanted)
        .map(([key, item]): [string, unknown] => [key, key in would ? differing(item, would[key], live[key]) : item])
        .filter(([, item]) => item !== undefined),
    );
  if (Array.isArray(wanted) && Array.isArray(would) && Array.isArray(live)) {
    const [before, after] = [sideBySide(wanted, would), sideBySide(wanted, live)];
    if (before !== undefined && after !== undefined)
      return wanted.map((item, i) => differing(item, before[i], after[i])).filter((item) => item !== undefined);
  }
  return live;
}

/** `stringData` is written and never read: the same texts from `data`. */
function withTexts(object: Props, names: readonly string[]): Props {
  if (names.length === 0) return object;
  const data = recordAt(object, "data");
  const texts = names.filter((name) => typeof data[name] === "string");
  return {
    ...object,
    stringData: Object.fromEntries(
      texts.map((name) => [name, Buffer.from(String(data[name]), "base64").toString("utf8")]),
    ),
  };
}

/** What a program would have to write to get the object that is there: for an import. */
export function inputsOf(live: Props): Props {
  const { status: _status, metadata, ...rest } = live;
  const { name, namespace, labels, annotations } = isRecord(metadata) ? metadata : {};
  const kept = Object.entries({ name, namespace, labels, annotations }).filter(([, value]) => value !== undefined);
  return { ...rest, metadata: Object.fromEntries(kept) };
}
