import { z } from "zod";
import { canBeFound } from "../cloud/adopt.ts";
import { UNKNOWN_MARK } from "../gate/child/wire.ts";
import { type StateResource, withDeployment } from "./state-file.ts";

/** The creates of a plan, in the form in which the engine writes resources into its state. */
const planned = z.looseObject({
  urn: z.string(),
  type: z.string(),
  custom: z.boolean(),
  parent: z.string().optional(),
  provider: z.string().optional(),
  inputs: z.record(z.string(), z.unknown()).optional(),
});
const preview = z.looseObject({
  steps: z.array(z.looseObject({ op: z.string(), newState: planned.optional() })).nullish(),
});

const SECRET = '"[secret]"';

const createsOf = (previewJson: string): readonly z.infer<typeof planned>[] =>
  (preview.parse(JSON.parse(previewJson)).steps ?? []).flatMap(({ op, newState }) =>
    op === "create" && newState?.custom === true ? [newState] : [],
  );

/**
 * Creates that can be looked up: every input known and no secret, so that a state can hold them, and what they hang on in the state
 * already. Whatever hangs on something that is yet to be made cannot have been made before.
 */
export function plannedCreates(previewJson: string, held: readonly StateResource[]): readonly StateResource[] {
  if (held.length === 0) return [];
  const urns = new Set(held.map((r) => r.urn));
  return createsOf(previewJson).filter((r) => {
    const text = JSON.stringify(r.inputs ?? {});
    const provider = r.provider?.split("::").slice(0, -1).join("::") ?? "";
    return (
      canBeFound(r.type) &&
      !text.includes(UNKNOWN_MARK) &&
      !text.includes(SECRET) &&
      !(r.provider ?? "").includes(UNKNOWN_MARK) &&
      urns.has(provider) &&
      (r.parent === undefined || urns.has(r.parent))
    );
  });
}

/** The state with planned creates in it, under the ids that were found for them. */
export function addPlanned(
  exported: string,
  previewJson: string,
  found: readonly { readonly urn: string; readonly id?: string }[],
): string {
  const added = createsOf(previewJson).flatMap((r) => {
    const id = found.find((f) => f.urn === r.urn)?.id;
    return id === undefined ? [] : [{ ...r, id, outputs: r.inputs }];
  });
  return withDeployment(exported, ({ resources, ...deployment }) => ({
    ...deployment,
    resources: [...(resources ?? []), ...added],
  }));
}
