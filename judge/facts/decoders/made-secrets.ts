import type { RandomBytesArgs, RandomPasswordArgs } from "@pulumi/random";
import { allKnown, type Known, known } from "../../../kernel/known.ts";
import type { Reader } from "../reader.ts";
import { type Decoder, decoder } from "./decoder.ts";

/** Characters of each kind that a password may be drawn from ([R] resource/password: all four unless told otherwise). */
const KINDS = [
  ["lower", 26],
  ["upper", 26],
  ["numeric", 10],
] as const;
/** `!@#$%&*()-_=+[]{}<>:?`, unless `overrideSpecial` says others. */
const SPECIAL = 21;

/** Whole bits that somebody who guesses must get right; `undefined` where the length is not said. */
function bitsOfPassword(read: Reader<RandomPasswordArgs>): Known<number | undefined> {
  const [length, others] = [read.count("length"), read.text("overrideSpecial")];
  const flags = allKnown([read.flag("special"), ...KINDS.map(([kind]) => read.flag(kind))]);
  if (!length.known) return length;
  if (!others.known) return others;
  if (!flags.known) return flags;
  const [special, ...kinds] = flags.value;
  if (length.value === undefined) return known(undefined);
  const drawn = KINDS.reduce((all, [, size], index) => all + (kinds[index] === false ? 0 : size), 0);
  const marks = special === false ? 0 : others.value === undefined ? SPECIAL : new Set(others.value).size;
  return known(Math.floor(length.value * Math.log2(Math.max(1, drawn + marks))));
}

function bitsOfBytes(read: Reader<RandomBytesArgs>): Known<number | undefined> {
  const length = read.count("length");
  return length.known ? known(length.value === undefined ? undefined : 8 * length.value) : length;
}

/** Secrets that a program has made; identifiers, names and numbers of the same package guard nothing. */
export const madeSecretDecoders: readonly Decoder[] = [
  decoder<RandomPasswordArgs>("random:index/randomPassword:RandomPassword", (read, { urn }) => [
    { kind: "made-secret", urn, bits: { property: "length", value: bitsOfPassword(read) } },
  ]),
  decoder<RandomBytesArgs>("random:index/randomBytes:RandomBytes", (read, { urn }) => [
    { kind: "made-secret", urn, bits: { property: "length", value: bitsOfBytes(read) } },
  ]),
];
