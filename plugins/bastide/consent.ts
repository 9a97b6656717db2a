import { readFileSync } from "node:fs";
import { z } from "zod";
import { BastideError, type Fault } from "../../kernel/errors.ts";

/** Environment variable that holds the path of the consent file. */
export const CONSENT_VARIABLE = "BASTIDE_CONSENT";

const urnText = z.string().startsWith("urn:pulumi:");
const digest = z.string().regex(/^[0-9a-f]{64}$/, "want a SHA-256 in hexadecimal");

/** One step of a plan by which data is lost, as the plan has it: another step, other inputs or another state is another one. */
const stepSchema = z.strictObject({
  urn: urnText,
  step: z.enum(["delete", "replace"]),
  /** Digest of the inputs that are lost. */
  before: digest,
  /** Digest of the inputs that take their place; null for a deletion. */
  after: digest.nullable(),
  /** Serial of the stack's state that the plan was made from. */
  state: digest,
});

/** Who agrees to lose which resources, why, and until when: whole, by `destroy`, or step by step of an `up`. */
export const consentSchema = z
  .strictObject({
    schema: z.literal("bastide.consent/1"),
    destroy: z.array(urnText).min(1).optional(),
    steps: z.array(stepSchema).min(1).optional(),
    expires: z.iso.datetime({ offset: true }),
    owner: z.string().min(1),
    reason: z.string().min(1),
  })
  .refine(({ destroy, steps }) => destroy !== undefined || steps !== undefined, {
    path: ["destroy"],
    error: "names nothing: want `destroy`, `steps` or both",
  });

/** Every URN whose deletion a consent names, in whichever way. */
const named = ({ destroy = [], steps = [] }: z.infer<typeof consentSchema>): readonly string[] => [
  ...destroy,
  ...steps.map(({ urn }) => urn),
];

const HOW = `name the URN under "destroy" in a consent file ({"schema":"bastide.consent/1","destroy":[…],"expires":"…","owner":"…","reason":"…"}) and put its path in ${CONSENT_VARIABLE} (or: bastide destroy --consent FILE)`;

const blocked = (urn: string, faults: readonly Fault[]): BastideError =>
  new BastideError(`nothing was deleted: the loss of ${urn} has no consent`, faults, 1);

/**
 * Passes only if a valid consent names exactly this URN: no prefix, no wildcard.
 * @param file value of `BASTIDE_CONSENT`.
 * @throws BastideError (exit 1) with every fault and the fix.
 */
export function requireConsent(urn: string, file: string | undefined, now: Date): void {
  if (file === undefined || file === "")
    throw blocked(urn, [{ code: "consent.none", path: CONSENT_VARIABLE, got: "not set", want: "a consent", fix: HOW }]);
  const parsed = consentSchema.safeParse(readJson(urn, file));
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => ({
      code: "consent.malformed",
      path: `${file} ${issue.path.join(".")}`.trim(),
      got: issue.message,
      want: "bastide.consent/1",
      fix: HOW,
    }));
    throw blocked(urn, faults);
  }
  const { expires } = parsed.data;
  const urns = named(parsed.data);
  const faults: Fault[] = [];
  if (Date.parse(expires) <= now.getTime())
    faults.push({
      code: "consent.expired",
      path: `${file} expires`,
      got: expires,
      want: `later than ${now.toISOString()}`,
      fix: "have its owner renew it",
    });
  if (!urns.includes(urn))
    faults.push({ code: "consent.not-named", path: `${file} destroy`, got: urns.join(", "), want: urn, fix: HOW });
  if (faults.length > 0) throw blocked(urn, faults);
}

function readJson(urn: string, file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const got = error instanceof Error ? error.message : String(error);
    throw blocked(urn, [{ code: "consent.unreadable", path: file, got, want: "a JSON file", fix: HOW }]);
  }
}
