import type { Fault } from "../../kernel/errors.ts";
import type { RegionFact } from "../catalogue.ts";
import type { Settings } from "../schema.ts";

/** What of the settings is well-formed; the rest is undefined. */
export type SoundSettings = { readonly [K in keyof Settings]?: Settings[K] | undefined };

/**
 * A check says what a schema can't. It names the settings that it reads: where one of them is malformed the check is left
 * out, and every other check still runs, so that all faults are told at once.
 */
export type Check = (settings: SoundSettings, context: CheckContext) => readonly Fault[];

export interface CheckContext {
  /** Day of the check, `YYYY-MM-DD`. */
  readonly today: string;
  /** Facts of the regions that are known, in the order of the settings. */
  readonly regions: readonly RegionFact[];
}

export function check<K extends keyof Settings>(
  needs: readonly K[],
  run: (settings: Pick<Settings, K>, context: CheckContext) => readonly (Fault | undefined)[],
): Check {
  return (settings, context) =>
    hasAll(settings, needs) ? run(settings, context).filter((fault) => fault !== undefined) : [];
}

/** Optional settings count as there when they are absent: only `undefined` for a required one means malformed. */
const OPTIONAL: readonly (keyof Settings)[] = ["regionLoss"];

const hasAll = <K extends keyof Settings>(
  settings: SoundSettings,
  needs: readonly K[],
): settings is Pick<Settings, K> & SoundSettings =>
  needs.every((key) => settings[key] !== undefined || OPTIONAL.includes(key));

/** Names that occur more than once, each with the index of its second occurrence. */
export const repeated = (names: readonly string[]): readonly (readonly [index: number, name: string])[] =>
  names.flatMap((name, index) => (names.indexOf(name) < index ? [[index, name] as const] : []));

/** A fault for each name that is taken already. */
export const repeatedNames = (path: string, names: readonly string[], field = "name"): readonly Fault[] =>
  repeated(names).map(([index, name]) => ({
    code: "settings.name-repeated",
    path: `${path}.${index}.${field}`,
    got: name,
    want: "names that differ",
    fix: "rename one",
  }));

/** A fault when the last day has passed. */
export const expired = (path: string, until: string, today: string): Fault | undefined =>
  until >= today
    ? undefined
    : {
        code: "settings.expired",
        path: `${path}.until`,
        got: until,
        want: `${today} or later`,
        fix: "remove what has ended, or have it prolonged",
      };
