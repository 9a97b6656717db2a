import { z } from "zod";
import { Problem } from "../../core/problem.ts";

/** Secret Manager v1beta1: what the data of a typed secret has to look like (Secret Manager API, types of secrets). */
const text = z.string();
const FORMATS: Readonly<Record<string, z.ZodType>> = {
  key_value: z.record(text, text),
  basic_credentials: z.strictObject({ username: text, password: text }),
  database_credentials: z.object({
    engine: text,
    username: text,
    password: text,
    host: text,
    dbname: text,
    port: z.union([text, z.number()]),
  }),
  ssh_key: z.strictObject({ ssh_private_key: text }),
};

function parsed(base64: string): unknown {
  try {
    return JSON.parse(Buffer.from(base64, "base64").toString("utf8"));
  } catch {
    return undefined; // No JSON fits no format, and the message below says so.
  }
}

/** The platform's words for a wrong type (recordings); for the rest ours. */
const said = (issue: z.core.$ZodIssue): string => {
  const [, expected, given] = /expected (\w+), received (\w+)/.exec(issue.message) ?? [];
  return expected === undefined ? issue.message : `Invalid type. Expected: ${expected}, given: ${given}`;
};

/** @throws 400 with the reason `format` when the data does not have its type's shape. Opaque data may be anything. */
export function refuseMisformed(type: string, base64: string): void {
  const result = FORMATS[type]?.safeParse(parsed(base64));
  if (result === undefined || result.success) return;
  const help = result.error.issues.map((i) => `- ${i.path.join(".") || "(root)"}: ${said(i)}\n`).join("");
  throw new Problem(400, "invalid_arguments", "invalid argument(s)", {
    details: [{ argument_name: "data", reason: "format", help_message: help }],
  });
}
