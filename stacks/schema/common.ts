import { z } from "zod";
import { parseCidr } from "../../kernel/cidr.ts";

/** Words of the settings that several parts share. Every message is a fact ("want"); the wording of faults is in `faults.ts`. */

/** A calendar day, UTC, e.g. `2027-10-31`. Days that no calendar has are refused. */
export const isoDate = z.string().refine((text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && isRealDay(text), {
  message: "an ISO date that exists, e.g. 2027-10-31",
});

const isRealDay = (text: string): boolean => {
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text);
};

const range = (family: 4 | 6, want: string) =>
  z.string().refine((text) => text.includes("/") && parseCidr(text)?.family === family, { message: want });

export const ipv4Range = range(4, "an IPv4 range without host bits, e.g. 10.16.0.0/14");
export const ipv6Range = range(6, "an IPv6 range without host bits, e.g. fd5b:1e0c:7a00::/48");

/** Regions and zones must have this form: the provider's SDK refuses every other (facts, 2026-11-23). */
export const regionName = z.string().regex(/^[a-z]{2}-[a-z]{3,7}$/, { message: "a region name such as fr-par" });
export const zoneName = z
  .string()
  .regex(/^[a-z]{2}-[a-z]{3,7}-[0-9]{1,2}$/, { message: "a zone name such as fr-par-1" });

/** A team or person in tags and reasons: lower-case words with dashes, at most 32 characters. */
export const ownerName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,31}$/, { message: "2 to 32 lower-case letters, digits or dashes, e.g. data-office" });

/** Short lower-case name that becomes part of logical names, so it can't change later. */
export const shortName = (max: number) =>
  z.string().regex(new RegExp(`^[a-z][a-z0-9-]{1,${max - 1}}$`), {
    message: `2 to ${max} lower-case letters, digits or dashes, starting with a letter`,
  });

/** A whole number within bounds, bounds included. */
export const whole = (min: number, max: number) =>
  z
    .number()
    .int()
    .min(min)
    .max(max, { message: `a whole number from ${min} to ${max}` });

export const sentence = z.string().min(12).max(200);

/** Somebody accepts a risk or a lasting effect, by name, until a day. */
export const acceptance = (what: string) =>
  z.strictObject({
    by: ownerName.describe(`Who ${what}.`),
    until: isoDate.describe("Last day of it; afterwards the settings no longer load."),
  });
