import { z } from "zod";
import { inputError } from "../../kernel/errors.ts";
import { callWorker } from "../cloud/call.ts";
import type { Stray } from "../cloud/strays.ts";
import { warn } from "../console.ts";
import { APPLICABLE, stackName } from "../targets.ts";
import type { OpenLayer } from "./layers.ts";
import { openStack } from "./stack.ts";
import { nameOf, parseState } from "./state-file.ts";

export type { Stray } from "../cloud/strays.ts";

const straySchema = z.object({
  id: z.string(),
  type: z.string(),
  urn: z.string(),
  made: z.string(),
  at: z.string(),
}) satisfies z.ZodType<Stray>;

/** Doubles of a layer's resources that no layer of the environment holds. @param remove ids of those that are to go. */
export async function strays(
  environment: string,
  { stack, context }: OpenLayer,
  remove: readonly string[] = [],
): Promise<readonly Stray[]> {
  const held = parseState(await stack.exportState()).resources;
  const others: string[] = [];
  for (const layer of APPLICABLE) {
    const name = stackName(environment, layer);
    if (name === stack.name) continue;
    const other = await openStack(name, context).command(["stack", "export"]);
    if (other.code === 0) others.push(...parseState(other.stdout).resources.flatMap((r) => r.id ?? []));
  }
  return await callWorker("strays", { held, others, remove }, z.array(straySchema), context.env);
}

export const describeStray = ({ id, urn, made }: Stray): string =>
  `${id} is a double of ${nameOf(urn)}${made === "" ? "" : `, made ${made}`}: no state holds it`;

/** Tells of what a lost answer left behind, with the command that removes it. */
export async function warnOfStrays(environment: string, layer: OpenLayer): Promise<void> {
  const found = await strays(environment, layer);
  for (const stray of found) warn(describeStray(stray));
  if (found.length === 0) return;
  warn(`look at them, then: bastide strays --stack ${layer.stack.name} --remove ${found.map((s) => s.id).join(" ")}`);
}

/** @throws BastideError exit 2: only what was found to be a stray is ever removed. */
export function refuseUnknownStrays(asked: readonly string[], found: readonly Stray[]): void {
  const unknown = asked.filter((id) => !found.some((stray) => stray.id === id));
  if (unknown.length === 0) return;
  throw inputError(
    "not everything that was named is a stray",
    unknown.map((id) => ({
      code: "strays.unknown",
      path: "--remove",
      got: id,
      want: "an id that `bastide strays` names",
      fix: "run it without --remove and copy the id",
    })),
  );
}
