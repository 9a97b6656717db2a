import { covers } from "../graph/traffic-text.ts";
import { isNotKnown, type Risk, type Value } from "./change.ts";

/** What a change of one meaning is worth, by what it was before and what it is after. */
export interface Step {
  readonly topic: string;
  readonly aspect: string;
  readonly before: Value | undefined;
  readonly after: Value | undefined;
}

const opened: Risk = "needs review";
const CLOSED: Risk = "none";

/** Levels of custody: who holds the root of a key. Imported material is the operator's own, and so is its loss. */
const CUSTODY: Readonly<Record<string, number>> = { software: 0, hsm: 1, external: 1 };

/** The days in `COMPLIANCE 365 days`, weighed: what nobody can lift holds more than what a right can lift. */
function hold(value: Value | undefined): number {
  const match = /^(\w+) (\d+) days$/.exec(typeof value === "string" ? value : "");
  return match === null ? 0 : (match[1] === "COMPLIANCE" ? 1_000_000 : 0) + Number(match[2]);
}

const number = (value: Value | undefined): number => (typeof value === "number" ? value : 0);

type Weigh = (step: Step) => Risk;

/** More is safer: what falls needs a person. */
const floor =
  (measure: (value: Value | undefined) => number): Weigh =>
  ({ before, after }) =>
    measure(after) < measure(before) ? opened : measure(after) > measure(before) ? "low" : opened;

/** Less is safer: what appears or grows needs a person. */
const ceiling: Weigh = ({ before, after }) => (after === undefined ? CLOSED : before === after ? CLOSED : opened);

/** Aspects that are not plain openings. */
const WEIGHTS: Readonly<Record<string, Weigh>> = {
  "custody/key": ({ before, after }) => {
    if (before === undefined) return CUSTODY[String(after)] === 0 ? opened : "none";
    return (CUSTODY[String(after)] ?? -1) > (CUSTODY[String(before)] ?? -1) ? "low" : opened;
  },
  "custody/rotation": ({ before, after }) => (before === undefined && after !== "never" ? "none" : opened),
  "custody/bucket encryption": ({ before }) => (before === undefined ? "low" : opened),
  "custody/encryption before upload": ({ before }) => (before === undefined ? "low" : opened),
  "retention/object lock": floor(hold),
  "retention/telemetry kept days": floor(number),
  "retention/versions kept": ({ after }) => (after === true ? "low" : opened),
  "retention/objects expire after days": ({ before, after }) =>
    after === undefined || number(after) > number(before) ? (before === undefined ? opened : "low") : opened,
  "protection/protected from deletion": ({ after }) => (after === undefined ? opened : "none"),
  "protection/kept when it leaves the program": ({ after }) => (after === undefined ? "low" : "none"),
  "path/can reach": ({ before, after }) => {
    if (after === undefined) return CLOSED;
    return before !== undefined && covers(String(before), String(after)) ? CLOSED : opened;
  },
  "residency/data class": () => opened,
  "residency/tier": () => opened,
  "code/first boot": () => opened,
  "code/image": () => opened,
  "store/holds data": ({ before }) => (before === undefined ? "low" : "none"),
};

/** What is not known after a change, and was before, is for a person; so is what no table weighs. */
export const weigh: Weigh = (step) => {
  if (isNotKnown(step.after)) return opened;
  return (WEIGHTS[`${step.topic}/${step.aspect}`] ?? ceiling)(step);
};
