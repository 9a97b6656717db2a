/** Calendar arithmetic on ISO days (UTC), so that no rule depends on a clock, a locale or a time zone. */
const DAY_MS = 86_400_000;

/** Whole days from `from` to `to`; negative when `to` is earlier. Both `YYYY-MM-DD` or longer ISO instants. */
export const daysBetween = (from: string, to: string): number => (dayStart(to) - dayStart(from)) / DAY_MS;

/** The day `days` after `day`, as `YYYY-MM-DD`. */
export const addDays = (day: string, days: number): string =>
  new Date(dayStart(day) + days * DAY_MS).toISOString().slice(0, 10);

/** The day of an ISO instant, as `YYYY-MM-DD`. */
export const dayOf = (instant: string): string => new Date(dayStart(instant)).toISOString().slice(0, 10);

/** Midnight UTC that begins an ISO day, as an ISO instant. */
export const midnight = (day: string): string => `${dayOf(day)}T00:00:00Z`;

const dayStart = (text: string): number => Date.parse(`${text.slice(0, 10)}T00:00:00Z`);
