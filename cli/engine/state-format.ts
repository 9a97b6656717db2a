import { z } from "zod";
import { STATE_FORMAT } from "../../blueprint/format.ts";
import { toolError } from "../../kernel/errors.ts";

/** Components at the root of a layer: the first thing registered, so a state that holds anything holds one of them. */
const ROOTS = new Set(["bastide:components:Bootstrap", "bastide:components:Foundation"]);

const spec = z.looseObject({ format: z.number().optional() });
const resource = z.looseObject({
  type: z.string(),
  inputs: z.looseObject({ spec: spec.optional() }).optional(),
  outputs: z.looseObject({ spec: spec.optional() }).optional(),
});
const state = z.looseObject({ deployment: z.looseObject({ resources: z.array(resource).nullish() }).nullish() });
type State = z.infer<typeof state>;

/** How a state of each older format becomes one of the next. A format that is not here cannot be taken over. */
const STEPS: Readonly<Record<number, (old: State) => State>> = {
  // The stamp is all that is new.
  0: (old) => stamped(old, 1),
};

function stamped(old: State, format: number): State {
  const { deployment } = old;
  const stamp = (part: z.infer<typeof resource>["inputs"]) =>
    part?.spec === undefined ? part : { ...part, spec: { ...part.spec, format } };
  return {
    ...old,
    deployment: {
      ...deployment,
      resources: deployment?.resources?.map((r) =>
        ROOTS.has(r.type) ? { ...r, inputs: stamp(r.inputs), outputs: stamp(r.outputs) } : r,
      ),
    },
  };
}

/**
 * Tells the state of another version of Bastide apart before anything is done with it.
 * @returns the state as this version would have written it, when an older one can be taken over; undefined when there is
 *   nothing to do: it is of this version, or empty.
 * @throws BastideError exit 3 for a state of a newer version, or an older one that cannot be taken over.
 */
export function takenOver(stack: string, exported: string): string | undefined {
  let current = state.parse(JSON.parse(exported));
  const found = formatOf(current);
  if (found === undefined || found === STATE_FORMAT) return undefined;
  for (let format = found; format < STATE_FORMAT; format += 1) {
    const step = STEPS[format];
    if (step === undefined) throw foreign(stack, found);
    current = step(current);
  }
  if (found > STATE_FORMAT) throw foreign(stack, found);
  return JSON.stringify(current);
}

function formatOf({ deployment }: State): number | undefined {
  const root = deployment?.resources?.find((r) => ROOTS.has(r.type));
  return root === undefined ? undefined : (root.inputs?.spec?.format ?? 0);
}

const foreign = (stack: string, format: number): Error =>
  toolError(`the state of ${stack} is of another version of Bastide: nothing was done with it`, [
    {
      code: format > STATE_FORMAT ? "state.newer" : "state.older",
      path: stack,
      got: `format ${format}`,
      want: `format ${STATE_FORMAT}`,
      fix:
        format > STATE_FORMAT
          ? "use the version of Bastide that made it, or a later one"
          : "use the version of Bastide that made it",
    },
  ]);
