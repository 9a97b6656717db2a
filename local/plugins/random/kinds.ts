import { randomBytes, randomUUID } from "node:crypto";
import { hash } from "bcryptjs";
import type { Props } from "../../../plugins/engine/values.ts";
import { randomText, TEXT_DEFAULTS, type TextRules, textFaults } from "./text.ts";

export interface Made {
  readonly id: string;
  /** What was drawn, and the defaults that apply. */
  readonly outputs: Props;
}

/** One type of random value. All inputs are part of its identity; a change of one draws anew. */
export interface RandomKind {
  readonly inputs: readonly string[];
  readonly required: readonly string[];
  readonly numbers: readonly string[];
  /** Outputs that are secret, as in the official provider. */
  readonly secrets: readonly string[];
  readonly defaults: Props;
  /** Faults beyond types and presence. Called only when all is known. */
  readonly faults: (inputs: Props) => readonly { readonly property: string; readonly reason: string }[];
  readonly make: (inputs: Props) => Promise<Made>;
  /** From the value given as id to `pulumi import`: inputs and outputs that would have drawn it. */
  readonly adopt: (id: string) => Promise<Made & { readonly inputs: Props }>;
}

const MINIMA = ["minUpper", "minLower", "minNumeric", "minSpecial"] as const;
const KINDS_OF_CHARACTER = ["upper", "lower", "numeric", "number", "special"] as const;

/** `number` is the old name of `numeric`; the state carries both. */
const numericOf = (inputs: Props): boolean => inputs.numeric !== false && inputs.number !== false;

const rulesOf = (inputs: Props): TextRules => {
  const { length, overrideSpecial, ...rest } = inputs;
  const flag = (name: "upper" | "lower" | "special"): boolean => rest[name] !== false;
  const least = (name: (typeof MINIMA)[number]): number => Number(rest[name] ?? TEXT_DEFAULTS[name]);
  return {
    length: Number(length),
    upper: flag("upper"),
    lower: flag("lower"),
    special: flag("special"),
    numeric: numericOf(inputs),
    minUpper: least("minUpper"),
    minLower: least("minLower"),
    minNumeric: least("minNumeric"),
    minSpecial: least("minSpecial"),
    overrideSpecial: typeof overrideSpecial === "string" ? overrideSpecial : undefined,
  };
};

const textOutputs = (inputs: Props): Props => {
  const { overrideSpecial: _, ...rules } = rulesOf(inputs);
  return { ...rules, number: rules.numeric };
};

const textKind = {
  inputs: ["keepers", "length", "overrideSpecial", ...KINDS_OF_CHARACTER, ...MINIMA],
  required: ["length"],
  numbers: ["length", ...MINIMA],
  defaults: { ...TEXT_DEFAULTS, number: true },
  faults: (inputs: Props) => [
    ...textFaults(rulesOf(inputs)),
    ...(inputs.number !== undefined && inputs.numeric !== undefined && inputs.number !== inputs.numeric
      ? [{ property: "number", reason: "contradicts numeric; fix: leave out number, its old name" }]
      : []),
  ],
};

/** bcrypt reads 72 bytes; the official provider cuts there too. */
const bcrypt = (text: string): Promise<string> => hash(Buffer.from(text, "utf8").subarray(0, 72).toString("utf8"), 10);

const passwordOf = async (inputs: Props, result: string): Promise<Made> => ({
  id: "none",
  outputs: { ...textOutputs(inputs), result, bcryptHash: await bcrypt(result) },
});

const stringOf = (inputs: Props, result: string): Made => ({
  id: result,
  outputs: { ...textOutputs(inputs), result },
});

const idOf = (inputs: Props, drawn: Buffer): Made => {
  const prefix = typeof inputs.prefix === "string" ? inputs.prefix : "";
  const hex = drawn.toString("hex");
  return {
    id: drawn.toString("base64url"),
    outputs: {
      byteLength: drawn.length,
      b64Url: prefix + drawn.toString("base64url"),
      b64Std: prefix + drawn.toString("base64"),
      hex: prefix + hex,
      dec: prefix + BigInt(`0x${hex}`).toString(10),
    },
  };
};

const bytesOf = (drawn: Buffer): Made => ({
  id: "none",
  outputs: { length: drawn.length, base64: drawn.toString("base64"), hex: drawn.toString("hex") },
});

const atLeastOne = (property: string) => (inputs: Props) =>
  Number(inputs[property]) >= 1 ? [] : [{ property, reason: `got ${String(inputs[property])}: want at least 1` }];

/** The types that the blueprint and its neighbours use, by their tokens (npm @pulumi/random 4.21.2). */
export const KINDS: Readonly<Record<string, RandomKind>> = {
  "random:index/randomPassword:RandomPassword": {
    ...textKind,
    secrets: ["result", "bcryptHash"],
    make: (inputs) => passwordOf(inputs, randomText(rulesOf(inputs))),
    adopt: async (id) => ({ ...(await passwordOf({ length: id.length }, id)), inputs: { length: id.length } }),
  },
  "random:index/randomString:RandomString": {
    ...textKind,
    secrets: [],
    make: async (inputs) => stringOf(inputs, randomText(rulesOf(inputs))),
    adopt: async (id) => ({ ...stringOf({ length: id.length }, id), inputs: { length: id.length } }),
  },
  "random:index/randomId:RandomId": {
    inputs: ["keepers", "byteLength", "prefix"],
    required: ["byteLength"],
    numbers: ["byteLength"],
    secrets: [],
    defaults: {},
    faults: atLeastOne("byteLength"),
    make: async (inputs) => idOf(inputs, randomBytes(Number(inputs.byteLength))),
    adopt: async (id) => {
      const drawn = Buffer.from(id, "base64url");
      if (drawn.toString("base64url") !== id) throw new Error("want the id in unpadded base64url");
      return { ...idOf({}, drawn), inputs: { byteLength: drawn.length } };
    },
  },
  "random:index/randomUuid:RandomUuid": {
    inputs: ["keepers"],
    required: [],
    numbers: [],
    secrets: [],
    defaults: {},
    faults: () => [],
    make: async () => {
      const result = randomUUID();
      return { id: result, outputs: { result } };
    },
    adopt: async (id) => {
      if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) throw new Error("want a uuid in lower case");
      return { id, outputs: { result: id }, inputs: {} };
    },
  },
  "random:index/randomBytes:RandomBytes": {
    inputs: ["keepers", "length"],
    required: ["length"],
    numbers: ["length"],
    secrets: ["base64", "hex"],
    defaults: {},
    faults: atLeastOne("length"),
    make: async (inputs) => bytesOf(randomBytes(Number(inputs.length))),
    adopt: async (id) => {
      const drawn = Buffer.from(id, "base64");
      if (drawn.toString("base64") !== id || drawn.length === 0) throw new Error("want the bytes in base64");
      return { ...bytesOf(drawn), inputs: { length: drawn.length } };
    },
  },
};
