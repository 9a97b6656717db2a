import { z } from "zod";
import { isRecord, isUnknown, type Props } from "../engine/values.ts";
import { parseDuration } from "./duration.ts";
import { fieldFailures, nameField, regionField, tagsField } from "./inputs.ts";
import type { Checked } from "./kind.ts";

/**
 * Algorithms by usage (scaleway-sdk-go v1.39.0, `api/key_manager/v1alpha1`). Scaleway's provider sends any pair and lets the
 * API refuse it during `up`; here the preview does.
 */
export const ALGORITHMS = {
  symmetric_encryption: ["aes_256_gcm"],
  asymmetric_encryption: ["rsa_oaep_2048_sha256", "rsa_oaep_3072_sha256", "rsa_oaep_4096_sha256"],
  asymmetric_signing: [
    "ec_p256_sha256",
    "ec_p384_sha384",
    "ec_secp256k1_sha256",
    "rsa_pss_2048_sha256",
    "rsa_pss_3072_sha256",
    "rsa_pss_4096_sha256",
    "rsa_pkcs1_2048_sha256",
    "rsa_pkcs1_3072_sha256",
    "rsa_pkcs1_4096_sha256",
    "ml_dsa_44",
    "ml_dsa_65",
    "ml_dsa_87",
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Bounds of the rotation period (Key Manager's documentation), in hours. */
const ROTATION_HOURS = { min: 24, max: 876_000 } as const;

const usage = z.enum(["symmetric_encryption", "asymmetric_encryption", "asymmetric_signing"]);

const rotationPeriod = z.string().superRefine((text, context) => {
  const seconds = parseDuration(text);
  const { min, max } = ROTATION_HOURS;
  const message =
    seconds === undefined
      ? "want a duration such as 2160h"
      : seconds < min * 3600 || seconds > max * 3600
        ? `want ${min}h to ${max}h`
        : seconds % 1 !== 0
          ? "want whole seconds"
          : undefined;
  if (message !== undefined) context.addIssue({ code: "custom", message });
});

const FIELDS = {
  name: nameField,
  region: regionField,
  projectId: z.guid("want the uuid of a project"),
  usage,
  algorithm: z.string(),
  origin: z.enum(["scaleway_kms", "external"]),
  protectionLevel: z.enum(["hsm", "software"]),
  unprotected: z.boolean(),
  rotationPolicy: z
    .strictObject({ rotationPeriod, nextRotationAt: z.iso.datetime({ offset: true }).optional() })
    .optional(),
  description: z.string().optional(),
  tags: tagsField.optional(),
} as const;

/** Defaults, then every fault at once: fields, pairs of fields, and what the API cannot take back. */
export function checkKey(olds: Props, news: Props): Checked {
  const inputs: Props = { ...news, origin: news.origin ?? "scaleway_kms", unprotected: news.unprotected ?? false };
  const failures = fieldFailures(FIELDS, inputs);
  const fault = (property: string, reason: string): void => {
    failures.push({ property, reason });
  };
  const { algorithm, origin, protectionLevel, rotationPolicy } = inputs;
  const wanted = usage.safeParse(inputs.usage);
  const allowed: readonly string[] = wanted.success ? ALGORITHMS[wanted.data] : [];
  if (wanted.success && typeof algorithm === "string" && !isUnknown(algorithm) && !allowed.includes(algorithm))
    fault("algorithm", `got "${algorithm}" for usage ${wanted.data}: want one of ${allowed.join(", ")}`);
  if (rotationPolicy !== undefined && wanted.success && wanted.data !== "symmetric_encryption")
    fault("rotationPolicy", `got one on a key for ${wanted.data}: only symmetric keys rotate; fix: leave it out`);
  if (origin === "external") {
    if (rotationPolicy !== undefined)
      fault("rotationPolicy", "got one on an external key: it rotates by importing new material; fix: leave it out");
    if (wanted.success && wanted.data !== "symmetric_encryption")
      fault("usage", `got ${wanted.data} with origin external: only symmetric key material can be imported`);
    if (protectionLevel === "hsm")
      fault(
        "protectionLevel",
        'got "hsm" with origin external: imported material is derived in software; fix: protectionLevel "software", or origin "scaleway_kms"',
      );
  }
  if (rotationPolicy === undefined && isRecord(olds.rotationPolicy) && !replaces(olds, inputs))
    fault(
      "rotationPolicy",
      "was removed, which the API cannot do: an update without one keeps the old; fix: keep it with a longer rotationPeriod",
    );
  return { inputs, failures };
}

/** Inputs that only a new key can take. */
export const REPLACING = ["region", "projectId", "usage", "algorithm", "origin", "protectionLevel"] as const;

const replaces = (olds: Props, news: Props): boolean => REPLACING.some((p) => olds[p] !== news[p]);
