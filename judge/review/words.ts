import { isEverything, parseCidr } from "../../kernel/cidr.ts";
import { PLACE_WORDS } from "../graph/place-words.ts";
import { count, label, listed, safe, shortName } from "../reports/wording.ts";
import { type Change, isNotKnown, type Review, RISKS, type Risk, type Value } from "./change.ts";
import type { Line } from "./lines.ts";
import { PHRASES, type Phrase } from "./phrases.data.ts";

/** What became possible, or no longer is, in one sentence. Facts of the change in, words out; nothing here decides anything. */
export type Quote = (text: string) => string;

const valueText = (value: Value | undefined): string =>
  value === undefined ? "" : isNotKnown(value) ? "what nobody knows yet" : String(value);

/** For an aspect that has no phrase of its own. */
const UNTOLD: Phrase = { gained: "K of S: W A", lost: "no longer K of S: W B" };

/** Names that one line tells; the others are counted. */
const MOST_NAMES = 6;

function namesOf(subjects: readonly string[], quote: Quote): string {
  const [first = "", ...rest] = subjects;
  if (rest.length === 0) return quote(nameOf(first));
  const told = rest
    .slice(0, MOST_NAMES - 1)
    .map((subject, index) => quote(sameKind(subject, subjects[index]) ? shortName(subject) : nameOf(subject)));
  const more = rest.length - told.length;
  const tail = more === 0 ? [] : [`${more} more`];
  return listed([quote(nameOf(first)), ...told, ...tail]);
}

/** A name after one of its own kind says the kind no more. */
const sameKind = (subject: string, before = ""): boolean => kindOf(subject) === kindOf(before);
const kindOf = (subject: string): string => subject.split("::")[2]?.split("$").at(-1) ?? subject;

/** Whom they reach: all of one another, or by name. */
function targetsOf(subjects: readonly string[], targets: readonly string[], quote: Quote): string {
  const same = targets.length === subjects.length && targets.every((target) => subjects.includes(target));
  if (same && targets.length > 1) return `each other, all ${targets.length} of them`;
  return targets.length < 2 ? quote(nameOf(targets[0] ?? "")) : namesOf(targets, quote);
}

function whatOf(what: string, quote: Quote): string {
  if (what === "") return quote("something not named yet");
  const range = parseCidr(what);
  return range !== undefined && isEverything(range) ? `${quote(what)}, the whole internet,` : quote(what);
}

/** What happened, without its place: for the places see `whereOf`. `quote` marks text that comes from the estate. */
export function sentence({ change: c, subjects, targets }: Line, quote: Quote): string {
  const phrase = PHRASES[`${c.topic}/${c.aspect}`] ?? UNTOLD;
  const fill = (text: string): string =>
    text.replace(/\b[STWABK]\b/g, (slot) => {
      if (slot === "K") return quote(c.aspect);
      if (slot === "S") return namesOf(subjects, quote);
      if (slot === "T") return targetsOf(subjects, targets, quote);
      if (slot === "W") return c.topic === "loss" ? safe(c.what) : whatOf(c.what, quote);
      return quote(valueText(slot === "A" ? c.after : c.before));
    });
  if (isNotKnown(c.after) && c.topic !== "unknown") {
    return `${fill("S")}: nobody can know before the apply ${safe(UNKNOWN_WORDS[c.topic] ?? `about ${c.aspect}`)} (${safe(c.aspect)})`;
  }
  if (c.topic === "loss" || c.before === undefined)
    return fill(c.after === undefined && c.topic !== "loss" ? (phrase.changed ?? phrase.gained) : phrase.gained);
  return fill(c.after === undefined ? phrase.lost : (phrase.changed ?? phrase.gained));
}

const UNKNOWN_WORDS: Readonly<Record<string, string>> = {
  exposure: "whether this opens something",
  path: "whether this is a way",
  right: "who gets which right",
  residency: "where this comes to rest",
  custody: "who holds the key",
  retention: "how long this is kept",
};

/** Name of a resource as people call it; the law and the stack by themselves. */
export const nameOf = (subject: string): string =>
  subject.startsWith("urn:pulumi:") ? label(subject) : (PLACE_WORDS[subject] ?? safe(subject));

/** What leads there, each step once where one follows itself. */
export const stepsOf = ({ path }: Change): readonly string[] => path.filter((step, index) => step !== path[index - 1]);

/** Resource, property and line: where a reader looks. */
export function whereOf(c: Change, quote: Quote): string {
  const line = c.source === undefined ? "" : quote(`${c.source.file}:${c.source.line}`);
  const property = c.property === "" ? "" : quote(c.property);
  return [property, line].filter((t) => t !== "").join(", ");
}

export const RISK_WORDS: Readonly<Record<Risk, string>> = {
  refused: "Refused",
  "needs consent": "Needs consent: data would be lost",
  "needs review": "Needs review",
  low: "Low risk",
  none: "Closes or protects",
};

const RISK_COUNT: Readonly<Record<Risk, string>> = {
  refused: "refused",
  "needs consent": "in need of consent",
  "needs review": "to review",
  low: "of low risk",
  none: "closing or protecting",
};

/** Every risk with its number, worst first, without those that nothing has. */
export const tally = (review: Review): string =>
  review.changes.length === 0
    ? "nothing changed in meaning"
    : RISKS.filter((risk) => review.counts[risk] > 0)
        .map((risk) => `${review.counts[risk]} ${RISK_COUNT[risk]}`)
        .join(", ");

export const sides = (review: Review): string => `${safe(review.base.name)} → ${safe(review.head.name)}`;

/** What stands at the end of every form: verdict on the head, law, what was not compared. */
export const remarks = (review: Review): readonly string[] => [
  `${review.head.outcome === "nothing" ? "nothing to judge in" : `verdict on`} ${safe(review.head.name)}${review.head.outcome === "nothing" ? "" : `: ${review.head.outcome}`}, ${count(review.head.resources, "resource")} (before: ${review.base.outcome}, ${review.base.resources})`,
  ...review.notCompared.map((spot) => `not compared: ${safe(spot)}`),
];
