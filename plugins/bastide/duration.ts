/**
 * Durations as programs write them (Go's notation: `2160h`, `720h30m`) and as the API does (`7776000s`). Both are read by
 * one parser; the unit is the second.
 */
const UNITS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };

/** Seconds; undefined if the text is no duration. */
export function parseDuration(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?[hms])+$/.test(text)) return undefined;
  return [...text.matchAll(/(\d+(?:\.\d+)?)([hms])/g)].reduce(
    (sum, m) => sum + Number(m[1]) * (UNITS[m[2] ?? ""] ?? 0),
    0,
  );
}

export const apiDuration = (seconds: number): string => `${seconds}s`;

/** Whole hours where possible, seconds otherwise. */
export const hoursOf = (seconds: number): string => (seconds % 3600 === 0 ? `${seconds / 3600}h` : `${seconds}s`);
