import { invalidArguments } from "../../core/problem.ts";

/** A time as the API writes it back: in UTC, whole seconds without a fraction. Null stays null: no end. */
export function instant(text: string | null | undefined, argument: string): string | null {
  if (text === null || text === undefined) return null;
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw invalidArguments({ argument, reason: "constraint", help: "not a time" });
  return time.toISOString().replace(".000Z", "Z");
}
