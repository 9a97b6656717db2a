import { readFileSync } from "node:fs";
import type { z } from "zod";
import { type Fault, inputError } from "../../kernel/errors.ts";
import { consentSchema } from "../../plugins/bastide/consent.ts";

/** One form of consent for the wrapper and for the plug-in, which never deletes a key that no consent names. */
export type Consent = z.infer<typeof consentSchema>;

/**
 * Reads a consent; malformed or expired is an input error that lists every fault.
 * @param now absent: expiry is left to the judge, who measures it against the instant of the judgement.
 */
export function readConsent(file: string, now: Date | undefined): Consent {
  const fault = (path: string, got: string, want: string, fix: string): Fault => ({
    code: "consent.invalid",
    path,
    got,
    want,
    fix,
  });
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const got = error instanceof Error ? error.message : String(error);
    throw inputError("the consent cannot be read", [
      fault(file, got, "a JSON file", "docs/consent.md shows its shape"),
    ]);
  }
  const parsed = consentSchema.safeParse(data);
  if (!parsed.success) {
    throw inputError(
      `the consent ${file} is malformed`,
      parsed.error.issues.map((i) =>
        fault(i.path.join(".") || file, i.message, "bastide.consent/1", "docs/consent.md shows its shape"),
      ),
    );
  }
  if (now !== undefined && new Date(parsed.data.expires) <= now) {
    throw inputError("the consent has expired", [
      fault("expires", parsed.data.expires, `later than ${now.toISOString()}`, "have its owner renew it"),
    ]);
  }
  return parsed.data;
}
