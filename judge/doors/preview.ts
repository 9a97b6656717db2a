import { z } from "zod";
import { toolError } from "../../kernel/errors.ts";
import { byKey } from "../../kernel/order.ts";
import { inputsDigest } from "../facts/inputs-digest.ts";
import type { BlindSpot, RawEstate, RawStep, StepOp } from "../facts/raw.ts";
import { type EngineResource, engineResource, rawResource } from "./engine-resource.ts";
import { stackNames } from "./estate.ts";
import { fileError, shapeError } from "./faults.ts";

const PREVIEW_AGAIN = "write it again with `pulumi preview --json --show-sames --stack NAME > FILE`";

const step = z.object({
  op: z.string(),
  urn: z.string(),
  oldState: engineResource.nullish(),
  newState: engineResource.nullish(),
  replaceReasons: z.array(z.string()).nullish(),
});
type Step = z.infer<typeof step>;

const digest = z.object({
  steps: z.array(step).nullish(),
  diagnostics: z.array(z.object({ message: z.string().default(""), severity: z.string().optional() })).nullish(),
  changeSummary: z.record(z.string(), z.number()).nullish(),
  maybeCorrupt: z.boolean().default(false),
});
type Digest = z.infer<typeof digest>;

/**
 * What each operation of the engine means to a judge. `undefined`: the resource is neither planned nor lost, the step only
 * keeps the engine's books. Source: pulumi/pkg v3.255.0 `resource/deploy/step.go`. An operation that is not here is refused.
 */
const MEANING: Readonly<Record<string, StepOp | undefined>> = {
  same: "same",
  create: "create",
  update: "update",
  delete: "delete",
  replace: "replace",
  "create-replacement": "replace",
  "delete-replaced": "replace",
  read: "read",
  "read-replacement": "read",
  refresh: "same",
  import: "import",
  "import-replacement": "import",
  discard: undefined,
  "discard-replaced": undefined,
  "remove-pending-replace": undefined,
};

/** True for what `pulumi preview --json` writes; an empty plan has only its summary. */
export const isPreview = (document: object): boolean =>
  "steps" in document || "changeSummary" in document || "diagnostics" in document;

/**
 * A preview's plan as a canonical estate: the resources as they will be, and every step. Exit 3: the program or the
 * engine reported an error, so that the plan is not whole. Exit 2: another shape, an unknown operation, a step without the
 * state it plans, no resource at all.
 */
export function readPreview(document: object, file: string): RawEstate {
  const parsed = digest.safeParse(document);
  if (!parsed.success) throw shapeError(file, "a `pulumi preview --json` file", parsed.error, PREVIEW_AGAIN);
  refuseErrors(parsed.data, file);
  const steps = parsed.data.steps ?? [];
  const planned = plannedStates(steps, file);
  if (planned.length === 0) {
    throw fileError(file, "preview.empty", "no resource", "the plan of a stack with resources", PREVIEW_AGAIN);
  }
  return {
    door: "preview-file",
    subject: stackNames(planned.map((r) => r.urn)),
    resources: planned.map(rawResource),
    steps: rawSteps(steps),
    notSeen: blindSpots(parsed.data),
  };
}

function refuseErrors(found: Digest, file: string): void {
  const errors = (found.diagnostics ?? []).filter((d) => d.severity === "error");
  if (errors.length === 0 && !found.maybeCorrupt) return;
  const got = errors[0]?.message.trim().split("\n")[0] ?? "resources that may be corrupt";
  throw toolError(`${file} is the preview of a program that failed`, [
    {
      code: "preview.failed",
      path: file,
      got: errors.length > 1 ? `${got} (and ${errors.length - 1} more)` : got,
      want: "a preview without error: this one stops where the program did",
      fix: "mend the program, then preview again",
    },
  ]);
}

/** The state that each resource will have: the last one planned for its URN, deletions left out. */
function plannedStates(steps: readonly Step[], file: string): readonly EngineResource[] {
  const states = new Map<string, EngineResource>();
  for (const s of steps) {
    if (!Object.hasOwn(MEANING, s.op)) {
      throw fileError(file, "preview.operation", `operation ${s.op} on ${s.urn}`, "a known operation", PREVIEW_AGAIN);
    }
    if (s.op === "delete" || s.op === "delete-replaced" || MEANING[s.op] === undefined) continue;
    const state = s.newState ?? (s.op === "refresh" ? s.oldState : undefined);
    if (!state) {
      throw fileError(file, "preview.no-state", `${s.op} of ${s.urn} without a new state`, "its state", PREVIEW_AGAIN);
    }
    states.set(s.urn, s.op === "same" || s.op === "read" ? unchanged(state, s.oldState) : state);
  }
  return [...states.values()];
}

/** What stays the same keeps its id and its outputs, which the engine prints with the old state only. */
const unchanged = (planned: EngineResource, before: EngineResource | null | undefined): EngineResource =>
  before === null || before === undefined
    ? planned
    : { ...planned, id: planned.id ?? before.id, outputs: { ...before.outputs, ...planned.outputs } };

/** One step a resource: the parts of a replacement are told once, with all its reasons. */
function rawSteps(steps: readonly Step[]): readonly RawStep[] {
  const byUrn = new Map<string, RawStep>();
  for (const s of steps) {
    const op = MEANING[s.op];
    if (op === undefined) continue;
    const before = byUrn.get(`${s.urn} ${op}`);
    const reasons = [...(before?.replaceReasons ?? []), ...(s.replaceReasons ?? [])];
    const type = s.newState?.type ?? s.oldState?.type ?? before?.type ?? "";
    if (op === "same" || op === "read") {
      byUrn.set(`${s.urn} ${op}`, { urn: s.urn, type, op, replaceReasons: [] });
      continue;
    }
    const inputs = {
      before: digestIn(s.oldState) ?? before?.inputs?.before ?? null,
      after: (op === "delete" ? undefined : digestIn(s.newState)) ?? before?.inputs?.after ?? null,
    };
    byUrn.set(`${s.urn} ${op}`, { urn: s.urn, type, op, replaceReasons: [...new Set(reasons)].sort(), inputs });
  }
  return [...byUrn.values()].sort(byKey((s) => `${s.urn} ${s.op}`));
}

const digestIn = (state: EngineResource | null | undefined): string | undefined =>
  state === null || state === undefined ? undefined : inputsDigest(rawResource(state).inputs);

/** Without `--show-sames` a preview leaves out what does not change; its summary still counts it. */
function blindSpots(found: Digest): readonly BlindSpot[] {
  const shown = (found.steps ?? []).filter((s) => s.op === "same").length;
  const hidden = (found.changeSummary?.same ?? 0) > shown;
  return ["default-providers", "other-stacks", "packages", ...(hidden ? ["unchanged-resources"] : [])];
}
