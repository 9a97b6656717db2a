import { z } from "zod";
import { stampOf } from "../../core/clock.ts";

/** Secret Manager v1beta1: when versions of an ephemeral secret end, and what becomes of them then. */
const action = z.enum(["delete", "disable"]);
const flag = z.boolean().nullable().default(null);
export const policySchema = z.object({
  /** A duration in seconds, e.g. `3600s`. */
  time_to_live: z.string().nullable().default(null),
  expires_once_accessed: flag,
  action,
});
export const propertiesSchema = z.object({
  expires_at: z.string().nullable().default(null),
  expires_once_accessed: flag,
  action,
});
export type EphemeralPolicy = z.infer<typeof policySchema>;
export type EphemeralProperties = z.infer<typeof propertiesSchema>;

const secondsOf = (duration: string): number => Number(duration.replace(/s$/, ""));

export const policyInput = z.object({
  time_to_live: z
    .string()
    .refine((text) => secondsOf(text) > 0, "must be a positive duration")
    .nullish(),
  expires_once_accessed: z.boolean().nullish(),
  action,
});
export const propertiesInput = z.object({
  expires_at: z.iso.datetime({ offset: true }).nullish(),
  expires_once_accessed: z.boolean().nullish(),
  action,
});

/** As it is kept: a duration without the zeros that clients send (recordings). */
export const policyOf = (given: z.infer<typeof policyInput> | null | undefined): EphemeralPolicy | null =>
  given === null || given === undefined
    ? null
    : {
        time_to_live: typeof given.time_to_live === "string" ? `${secondsOf(given.time_to_live)}s` : null,
        expires_once_accessed: given.expires_once_accessed ?? null,
        action: given.action,
      };

/** What a policy means for a version that is made now. */
export const propertiesOf = (policy: EphemeralPolicy | null, now: number): EphemeralProperties | null =>
  policy === null
    ? null
    : {
        expires_at: policy.time_to_live === null ? null : stampOf(now + secondsOf(policy.time_to_live) * 1000),
        expires_once_accessed: policy.expires_once_accessed,
        action: policy.action,
      };
