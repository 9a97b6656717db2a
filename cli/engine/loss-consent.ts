import type { RawEstate } from "../../judge/facts/raw.ts";
import { type DataLoss, dataLosses } from "../../judge/review/loss.ts";
import { BastideError, type Fault, inputError } from "../../kernel/errors.ts";
import type { Consent } from "./consent.ts";

type Step = NonNullable<Consent["steps"]>[number];

/** The entry that a consent needs for a loss, made from the plan and the state's serial. */
export const entryOf = (loss: DataLoss, state: string): Step => ({
  urn: loss.urn,
  step: loss.step,
  before: loss.before ?? "",
  after: loss.after,
  state,
});

const same = (a: Step, b: Step): boolean =>
  a.urn === b.urn && a.step === b.step && a.before === b.before && a.after === b.after && a.state === b.state;

/**
 * Every deletion and replacement of data has its entry in `steps`, and whatever the consent names is deleted or replaced: throws
 * (exit 1) naming each that misses and each that would go unused. An entry is bound to the state that the plan was made from, which its
 * own use changes: it is good once.
 */
export function requireConsented(
  stack: string,
  plan: Pick<RawEstate, "steps">,
  state: string,
  consent: Consent | undefined,
): void {
  const wanted = dataLosses(plan).map((loss) => ({ loss, entry: entryOf(loss, state) }));
  const planned = new Set(wanted.map(({ entry }) => entry.urn));
  for (const { urn, op } of plan.steps ?? []) if (op === "delete" || op === "replace") planned.add(urn);
  const { destroy = [], steps = [] } = consent ?? {};
  const faults: Fault[] = [
    ...wanted
      .filter(({ entry }) => !steps.some((g) => same(g, entry)))
      .map(({ loss, entry }) => missing(loss, entry, steps)),
    ...[...destroy, ...steps.map((s) => s.urn)].filter((urn) => isOf(stack, urn) && !planned.has(urn)).map(unused),
  ];
  if (faults.length === 0) return;
  throw new BastideError(`consent and plan of ${stack} do not fit: nothing was sent`, faults, 1);
}

const missing = (loss: DataLoss, entry: Step, steps: readonly Step[]): Fault => ({
  code: "up.no-consent",
  path: loss.urn,
  got: nearest(
    steps.find((g) => g.urn === loss.urn),
    entry,
  ),
  want: `a consent to the ${loss.step}: ${loss.lost} would be lost`,
  fix: `after a review, put under "steps" of the file given by --consent: ${JSON.stringify(entry)}`,
});

const unused = (urn: string): Fault => ({
  code: "consent.unused",
  path: urn,
  got: "a consent to a loss that is not planned",
  want: "no consent that nothing needs",
  fix: "take the entry out: it would hold for a loss that nobody reviewed",
});

const isOf = (stack: string, urn: string): boolean => urn.startsWith(`urn:pulumi:${stack}::`);

/** A consent for an `up` of these stacks names no other stack: what it could not use is refused before anything is previewed (exit 2). */
export function refuseStray(stacks: readonly string[], { destroy = [], steps = [] }: Consent): void {
  const stray = [...destroy, ...steps.map((s) => s.urn)].filter((urn) => !stacks.some((stack) => isOf(stack, urn)));
  if (stray.length > 0) throw inputError("the consent names what this run can't use", stray.map(unused));
}

/** Which part of a near entry differs; people mend one word faster than a whole entry. */
function nearest(given: Step | undefined, wanted: Step): string {
  if (given === undefined) return "no consent";
  const parts = (["step", "before", "after", "state"] as const).filter((part) => given[part] !== wanted[part]);
  return `a consent with another ${parts.join(", another ")}`;
}
