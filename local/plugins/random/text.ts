import { randomInt } from "node:crypto";

/** What a random text is made of; names and defaults are those of the official provider. */
export interface TextRules {
  readonly length: number;
  readonly upper: boolean;
  readonly lower: boolean;
  readonly numeric: boolean;
  readonly special: boolean;
  readonly minUpper: number;
  readonly minLower: number;
  readonly minNumeric: number;
  readonly minSpecial: number;
  readonly overrideSpecial: string | undefined;
}

export const TEXT_DEFAULTS = {
  upper: true,
  lower: true,
  numeric: true,
  special: true,
  minUpper: 0,
  minLower: 0,
  minNumeric: 0,
  minSpecial: 0,
} as const;

const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const LOWER = "abcdefghijklmnopqrstuvwxyz";
const DIGITS = "0123456789";
/** The set of the official provider. */
export const SPECIAL = "!@#$%&*()-_=+[]{}<>:?";

const specials = (rules: TextRules): string => rules.overrideSpecial || SPECIAL;

const minima = (rules: TextRules): readonly (readonly [string, number])[] => [
  [UPPER, rules.minUpper],
  [LOWER, rules.minLower],
  [DIGITS, rules.minNumeric],
  [specials(rules), rules.minSpecial],
];

const alphabet = (rules: TextRules): string =>
  [
    rules.upper ? UPPER : "",
    rules.lower ? LOWER : "",
    rules.numeric ? DIGITS : "",
    rules.special ? specials(rules) : "",
  ].join("");

const sumOfMinima = (rules: TextRules): number => minima(rules).reduce((sum, [, count]) => sum + count, 0);

/** Every reason why no text can follow these rules, each with the property to blame. */
export function textFaults(rules: TextRules): readonly { readonly property: string; readonly reason: string }[] {
  const least = sumOfMinima(rules);
  const faults: { property: string; reason: string }[] = [];
  if (rules.length < 1) faults.push({ property: "length", reason: `got ${rules.length}: want at least 1` });
  else if (rules.length < least)
    faults.push({ property: "length", reason: `got ${rules.length}: want at least ${least}, the sum of the minima` });
  if (alphabet(rules) === "" && rules.length > least)
    faults.push({
      property: "length",
      reason: "no kind of character is allowed; want one of upper, lower, numeric, special",
    });
  return faults;
}

const pick = (from: string): string => from.charAt(randomInt(from.length));

/** A text of the wanted length, every character drawn without bias, the minima at random places. */
export function randomText(rules: TextRules): string {
  const all = alphabet(rules);
  const characters = minima(rules).flatMap(([from, count]) => Array.from({ length: count }, () => pick(from)));
  while (characters.length < rules.length) characters.push(pick(all));
  for (let i = characters.length - 1; i > 0; i -= 1) {
    const j = randomInt(i + 1);
    [characters[i], characters[j]] = [characters[j] ?? "", characters[i] ?? ""];
  }
  return characters.join("");
}
