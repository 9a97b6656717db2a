import { z } from "zod";
import { isRecord, type Props } from "../engine/values.ts";
import { apiDuration, hoursOf, parseDuration } from "./duration.ts";

/** A key as the API answers it, and the two translations: inputs → request body, answer → outputs. */
export const keyAnswer = z.object({
  id: z.guid(),
  project_id: z.string(),
  name: z.string(),
  usage: z.record(z.string(), z.string().nullable()),
  state: z.string(),
  rotation_count: z.number(),
  created_at: z.string(),
  protected: z.boolean(),
  locked: z.boolean(),
  description: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  rotated_at: z.string().nullish(),
  rotation_policy: z
    .object({ rotation_period: z.string().nullish(), next_rotation_at: z.string().nullish() })
    .nullish(),
  origin: z.string(),
  deletion_requested_at: z.string().nullish(),
  /** Absent where the API does not know levels yet: then nothing was promised, and `hsm` has not been given. */
  protection_level: z.string().default("unknown_protection_level"),
  region: z.string(),
  srn: z.string().nullish(),
});
export type KeyAnswer = z.infer<typeof keyAnswer>;

export const keyList = z.object({ keys: z.array(keyAnswer), total_count: z.number() });

export const isScheduledForDeletion = (key: KeyAnswer): boolean =>
  key.state === "scheduled_for_deletion" || typeof key.deletion_requested_at === "string";

export const createBody = (inputs: Props): object => ({
  project_id: inputs.projectId,
  name: inputs.name,
  usage: { [String(inputs.usage)]: inputs.algorithm },
  ...(inputs.description === undefined ? {} : { description: inputs.description }),
  tags: inputs.tags ?? [],
  ...(isRecord(inputs.rotationPolicy) ? { rotation_policy: rotationBody(inputs.rotationPolicy) } : {}),
  unprotected: inputs.unprotected,
  origin: inputs.origin,
  protection_level: inputs.protectionLevel,
});

export const rotationBody = (policy: Props): object => ({
  rotation_period: apiDuration(parseDuration(String(policy.rotationPeriod)) ?? 0),
  // Null: the API counts one period from now.
  next_rotation_at: policy.nextRotationAt ?? null,
});

/**
 * Inputs that a program would write for this key. Spelling is the program's where it means the same (`2160h` for
 * `7776000s`); an explicit first rotation stays as it was asked, for the API moves on to the next one by itself.
 * @param asked inputs or outputs that were there before; empty at an import.
 */
export function keyInputs(key: KeyAnswer, asked: Props): Props {
  const [usage, algorithm] = Object.entries(key.usage).find(([, value]) => value !== null) ?? [];
  return {
    name: key.name,
    region: key.region,
    projectId: key.project_id,
    usage,
    algorithm,
    origin: key.origin,
    protectionLevel: key.protection_level,
    unprotected: !key.protected,
    rotationPolicy: rotationOf(key, isRecord(asked.rotationPolicy) ? asked.rotationPolicy : {}),
    description: key.description || undefined,
    tags: key.tags === null || key.tags === undefined || key.tags.length === 0 ? undefined : key.tags,
  };
}

function rotationOf(key: KeyAnswer, asked: Props): Props | undefined {
  const seconds = parseDuration(key.rotation_policy?.rotation_period ?? "");
  if (seconds === undefined) return undefined;
  const spelling = typeof asked.rotationPeriod === "string" ? asked.rotationPeriod : "";
  return {
    rotationPeriod: parseDuration(spelling) === seconds ? spelling : hoursOf(seconds),
    ...(asked.nextRotationAt === undefined ? {} : { nextRotationAt: asked.nextRotationAt }),
  };
}

/** Outputs in the state: the inputs as they really are, and what only the API knows. */
export const keyOutputs = (key: KeyAnswer, asked: Props): Props => ({
  ...keyInputs(key, asked),
  state: key.state,
  protected: key.protected,
  locked: key.locked,
  rotationCount: key.rotation_count,
  rotatedAt: key.rotated_at ?? undefined,
  nextRotationAt: key.rotation_policy?.next_rotation_at ?? undefined,
  srn: key.srn ?? undefined,
  createdAt: key.created_at,
});
