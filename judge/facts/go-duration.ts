const UNITS: Readonly<Record<string, number>> = {
  h: 1,
  m: 1 / 60,
  s: 1 / 3600,
  ms: 1 / 3.6e6,
  us: 1 / 3.6e9,
  ns: 1 / 3.6e12,
};

/** Hours of a Go duration such as `2160h` or `24h30m` (Go `time.ParseDuration`); `undefined` when it is none, or not positive. */
export function hoursOf(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ns|us|ms|s|m|h))+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ns|us|ms|s|m|h)/g)];
  const hours = parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNITS[unit ?? ""] ?? 0), 0);
  return hours > 0 ? hours : undefined;
}
