import { specialSecretSig, specialSigKey, unknownValue } from "@pulumi/pulumi/runtime/rpc.js";

/** Values on the engine's wire, as every plug-in of ours gets them: secrets come in an envelope, unknowns as one fixed string. */
export type Props = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is Props =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The envelope of a secret. */
export const secret = (value: unknown): Props => ({ [specialSigKey]: specialSecretSig, value });

/** Whether it is not known yet, or holds something that is not. */
export const isUnknown = (value: unknown): boolean =>
  value === unknownValue ||
  (Array.isArray(value) ? value.some(isUnknown) : isRecord(value) && Object.values(value).some(isUnknown));
