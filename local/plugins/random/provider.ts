import type { CheckFailure, Provider } from "@pulumi/pulumi/provider/index.js";
import { isRecord, isUnknown, type Props, secret } from "../../../plugins/engine/values.ts";
import { plainProps, same } from "../values.ts";
import { KINDS, type RandomKind } from "./kinds.ts";

/**
 * Stand-in for `pulumi-resource-random`, where the official one cannot be had. Values are drawn once, at creation, from the
 * system's generator; they live in the state alone, so a refresh finds what the state says and a deletion does nothing.
 * Ids, names and secrecy of properties are the official provider's.
 */
export const randomProvider = (version: string): Provider => ({
  version,
  getSchema: async () => JSON.stringify({ name: "random", version }),
  check: async (urn, _olds, news) => check(kindOf(urn), propsOf(news)),
  diff: async (_id, urn, olds, news) => {
    const replaces = changed(kindOf(urn), propsOf(olds), propsOf(news));
    return { changes: replaces.length > 0, replaces: [...replaces] };
  },
  create: async (urn, inputs) => {
    const kind = kindOf(urn);
    const given = propsOf(inputs);
    const { id, outputs } = await kind.make(plainProps(given));
    return { id, outs: sealed(kind, { ...outputs, ...given }) };
  },
  read: async (id, urn, props) => {
    const kind = kindOf(urn);
    const state = propsOf(props);
    if (Object.keys(state).length > 0) return { id, props: state };
    const found = await kind.adopt(id);
    return { id: found.id, props: sealed(kind, found.outputs), inputs: found.inputs };
  },
  update: async (_id, urn) => {
    throw new Error(`${urn}: a random value is never updated, only replaced; the engine should not have asked`);
  },
  delete: async () => undefined,
});

const propsOf = (value: unknown): Props =>
  Object.fromEntries(Object.entries(isRecord(value) ? value : {}).filter(([, v]) => v !== null && v !== undefined));

function kindOf(urn: string): RandomKind {
  const type = urn.split("::")[2]?.split("$").at(-1) ?? "";
  const kind = KINDS[type];
  if (kind === undefined)
    throw new Error(
      `the stand-in random provider of Bastide has no ${type}; it has ${Object.keys(KINDS).join(", ")}; fix: put the official pulumi-resource-random on PATH`,
    );
  return kind;
}

function check(kind: RandomKind, news: Props): { inputs: Props; failures: CheckFailure[] } {
  const inputs = plainProps(news);
  const failures: CheckFailure[] = kind.required
    .filter((property) => inputs[property] === undefined)
    .map((property) => ({ property, reason: "is required" }));
  for (const [property, value] of Object.entries(inputs)) {
    if (property.startsWith("__") || isUnknown(value)) continue;
    if (!kind.inputs.includes(property))
      failures.push({ property, reason: `is not an input; want one of ${kind.inputs.join(", ")}` });
    else if (kind.numbers.includes(property) && !(Number.isInteger(value) && Number(value) >= 0))
      failures.push({ property, reason: `got ${JSON.stringify(value)}: want a whole number` });
  }
  if (failures.length === 0 && !isUnknown(inputs)) failures.push(...kind.faults(inputs));
  return { inputs: news, failures };
}

/** Inputs that differ from those that drew the value; one left out counts as its default. */
const changed = (kind: RandomKind, olds: Props, news: Props): readonly string[] =>
  kind.inputs.filter((property) => {
    const next = news[property];
    if (isUnknown(next)) return true;
    if (property === "number" && next === undefined) return false; // The old name follows the new one.
    if (property === "numeric" && next === undefined && news.number !== undefined) return false;
    return !same(olds[property], next ?? kind.defaults[property]);
  });

const sealed = (kind: RandomKind, outputs: Props): Props =>
  Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [name, kind.secrets.includes(name) ? secret(value) : value]),
  );
