import { readFileSync } from "node:fs";
import { z } from "zod";
import { type Fault, inputError } from "../../kernel/errors.ts";

/**
 * A named consent: who agrees to lose which resources, until when. One file for the wrapper and for the plug-in, which
 * never deletes a key that no consent names.
 */
export const consentSchema = z.strictObject({
  schema: z.literal("bastide.consent/1"),
  destroy: z
    .array(z.string().startsWith("urn:pulumi:"))
    .min(1)
    .describe("URNs that may be destroyed, each written out: no wildcard"),
  owner: z.string().min(1).describe("who answers for the loss"),
  reason: z.string().min(1),
  expires: z.iso.datetime({ offset: true }).describe("instant after which the consent is void"),
});
export type Consent = z.infer<typeof consentSchema>;

/** Reads a consent; malformed or expired is an input error that lists every fault. */
export function readConsent(file: string, now: Date): Consent {
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
    throw inputError("the consent cannot be read", [
      fault(
        file,
        error instanceof Error ? error.message : String(error),
        "a JSON file",
        "see docs/consent.md for its shape",
      ),
    ]);
  }
  const parsed = consentSchema.safeParse(data);
  if (!parsed.success) {
    throw inputError(
      `the consent ${file} is malformed`,
      parsed.error.issues.map((i) =>
        fault(i.path.join(".") || file, i.message, "see docs/consent.md", "correct the field"),
      ),
    );
  }
  if (new Date(parsed.data.expires) <= now) {
    throw inputError("the consent has expired", [
      fault("expires", parsed.data.expires, `later than ${now.toISOString()}`, "have its owner renew it"),
    ]);
  }
  return parsed.data;
}
