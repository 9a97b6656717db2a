import { z } from "zod";
import { invalidArguments } from "../../core/problem.ts";
import { filtered, type Route } from "../../core/routes.ts";
import { ALGORITHMS } from "./algorithms.data.ts";

/** Key Manager v1alpha1: usages of keys, and the algorithms that each has. */
const ROWS = Object.entries(ALGORITHMS).flatMap(([usage, algorithms]) =>
  algorithms.map((algorithm) => ({ usage, ...algorithm })),
);

export const usageSchema = z.object({
  symmetric_encryption: z.string().optional(),
  asymmetric_encryption: z.string().optional(),
  asymmetric_signing: z.string().optional(),
});
export type KeyUsage = z.infer<typeof usageSchema>;

const DEFAULT_USAGE: KeyUsage = { symmetric_encryption: "aes_256_gcm" };

/** One usage with one of its algorithms. Without any it is symmetric encryption (recordings). @throws 400 for anything else. */
export function usageOf(asked: KeyUsage | null | undefined): KeyUsage {
  const named = Object.entries(asked ?? {}).flatMap(([usage, algorithm]): [string, string][] =>
    algorithm === undefined || algorithm.startsWith("unknown_") ? [] : [[usage, algorithm]],
  );
  const [first, second] = named;
  if (first === undefined) return DEFAULT_USAGE;
  if (second !== undefined)
    throw invalidArguments({ argument: "usage", reason: "constraint", help: "a key has precisely one usage" });
  const [usage, algorithm] = first;
  if (!ROWS.some((row) => row.usage === usage && row.name === algorithm))
    throw invalidArguments({
      argument: `usage.${usage}`,
      reason: "constraint",
      help: `${algorithm} is no algorithm of ${usage}`,
    });
  return { [usage]: algorithm };
}

export const algorithmRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/key-manager/v1alpha1/regions/:region/algorithms",
    handle: (call) => ({
      algorithms: filtered(call, ROWS, { usages: (row, v) => v === "unknown_usage" || row.usage === v }),
    }),
  },
];
