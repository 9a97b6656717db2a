import { z } from "zod";
import type { ScalewayApi } from "./api.ts";

/** `unknown`: the account's answer did not tell; never counted as fine. */
export const checkResult = z.object({
  check: z.string(),
  result: z.enum(["ok", "fault", "unknown"]),
  got: z.string(),
  want: z.string(),
  fix: z.string(),
});
export type CheckResult = z.infer<typeof checkResult>;

/** One question to an account: read-only; an answer that could not be had is an exception. */
export type Ask = (api: ScalewayApi) => Promise<readonly CheckResult[]>;
export type Question = readonly [check: string, ask: Ask];

export const ok = (check: string, got: string): readonly CheckResult[] => [
  { check, result: "ok", got, want: got, fix: "" },
];
export const fault = (check: string, got: string, want: string, fix: string): readonly CheckResult[] => [
  { check, result: "fault", got, want, fix },
];
export const unsure = (check: string, got: string, want: string, fix: string): readonly CheckResult[] => [
  { check, result: "unknown", got, want, fix },
];

export const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** What may be this environment's own already, or a collision. */
export const taken = (check: string, got: string): readonly CheckResult[] =>
  unsure(check, got, "free, or this environment's own", "fine when the environment was applied before");
