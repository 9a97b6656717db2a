import { z } from "zod";
import { toolError } from "../../kernel/errors.ts";

/** What the wrapper needs of a stack export: which resources there are, which are protected, and what was left half-done. */
const resourceSchema = z.object({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  custom: z.boolean(),
  protect: z.boolean().optional(),
  retainOnDelete: z.boolean().optional(),
  /** ISO instant at which the state took it up. */
  created: z.string().optional(),
  inputs: z.record(z.string(), z.unknown()).optional(),
  outputs: z.record(z.string(), z.unknown()).optional(),
});
const exportSchema = z.object({
  version: z.number(),
  deployment: z
    .object({
      resources: z.array(resourceSchema).nullish(),
      pending_operations: z.array(z.object({ resource: resourceSchema, type: z.string() })).nullish(),
    })
    .nullish(),
});

export type StateResource = z.infer<typeof resourceSchema>;

export interface StackState {
  readonly resources: readonly StateResource[];
  readonly pendingCreates: readonly StateResource[];
  /** What was being deleted, by URN: there still, or gone. */
  readonly pendingDeletes: readonly string[];
  readonly pendingOthers: readonly string[];
}

export function parseState(text: string): StackState {
  const parsed = exportSchema.safeParse(JSON.parse(text));
  if (!parsed.success) {
    throw toolError("the engine's export has an unexpected shape", [
      {
        code: "state.unexpected-shape",
        path: "pulumi stack export",
        got: z.prettifyError(parsed.error),
        want: "a deployment",
        fix: "use the engine version of `bastide toolchain doctor`",
      },
    ]);
  }
  const pending = parsed.data.deployment?.pending_operations ?? [];
  return {
    resources: parsed.data.deployment?.resources ?? [],
    pendingCreates: pending.filter((p) => p.type === "creating").map((p) => p.resource),
    pendingDeletes: pending.filter((p) => p.type === "deleting").map((p) => p.resource.urn),
    pendingOthers: pending.filter((p) => p.type !== "creating").map((p) => `${p.type} ${p.resource.urn}`),
  };
}

const looseDeployment = z.looseObject({
  resources: z.array(z.unknown()).nullish(),
  pending_operations: z.array(z.looseObject({ resource: z.looseObject({ urn: z.string() }) })).nullish(),
});
const looseExport = z.looseObject({ deployment: looseDeployment });

/** The export with another deployment in it, and all else as it was. */
export function withDeployment(
  text: string,
  change: (deployment: z.infer<typeof looseDeployment>) => z.infer<typeof looseDeployment>,
): string {
  const state = looseExport.parse(JSON.parse(text));
  return JSON.stringify({ ...state, deployment: change(state.deployment) });
}

/**
 * The export with its interrupted operations closed: an adopted create becomes a resource with the id that was found, and
 * nothing else yet (the engine's own import of pending creates reads the whole stack back); the others are dropped.
 */
export const adopt = (text: string, adoptions: readonly { readonly urn: string; readonly id?: string }[]): string =>
  withDeployment(text, ({ pending_operations: pending, resources, ...deployment }) => {
    const found = (pending ?? []).flatMap(({ resource }) => {
      const id = adoptions.find((a) => a.urn === resource.urn)?.id;
      return id === undefined ? [] : [{ ...resource, id }];
    });
    return { ...deployment, resources: [...(resources ?? []), ...found] };
  });

/** Last part of a URN. */
export const nameOf = (urn: string): string => urn.slice(urn.lastIndexOf("::") + 2);
