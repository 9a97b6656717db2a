import { inputError } from "../../kernel/errors.ts";

/** The instant that dates are measured against: `--now`, else the machine's clock. Input error for what is no ISO instant. */
export function instant(text: string | undefined): string {
  if (text === undefined) return new Date().toISOString();
  const full = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00.000Z` : text;
  const parsed = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(full) ? new Date(full) : undefined;
  if (parsed === undefined || Number.isNaN(parsed.getTime())) {
    throw inputError("--now is no instant", [
      {
        code: "now.malformed",
        path: "--now",
        got: text,
        want: "2026-11-23 or 2026-11-23T12:00:00Z",
        fix: "correct it",
      },
    ]);
  }
  return parsed.toISOString();
}
