import { type Fault, inputError } from "../kernel/errors.ts";
import { LAYERS, type Layer } from "../stacks/vocabulary.ts";

/** What `--stack` names: an environment (all its layers, in order) or one layer of it. */
export interface Target {
  readonly environment: string;
  readonly layers: readonly Layer[];
}

/** Layers that this version can apply; the platform layer is planned and judged (docs/limits.md). */
export const APPLICABLE: readonly Layer[] = ["bootstrap", "foundation"];

export const stackName = (environment: string, layer: Layer): string => `${environment}.${layer}`;

/** @throws BastideError exit 2 for a name that is neither, or a layer that can't be applied yet. */
export function parseTarget(
  text: string,
  environments: readonly string[],
  layers: readonly Layer[] = APPLICABLE,
): Target {
  const [environment = "", layer, ...rest] = text.split(".");
  const fault = (got: string, want: string, fix: string): Fault => ({
    code: "target.unknown",
    path: "--stack",
    got,
    want,
    fix,
  });
  if (!environments.includes(environment) || rest.length > 0) {
    throw inputError("no such stack", [
      fault(text, environments.join(" | "), "name an environment, or one of its layers as `<environment>.<layer>`"),
    ]);
  }
  if (layer === undefined) return { environment, layers: APPLICABLE };
  const known = LAYERS.find((l) => l === layer);
  if (known === undefined) throw inputError("no such layer", [fault(layer, LAYERS.join(" | "), "name a layer")]);
  if (!layers.includes(known)) {
    throw inputError("this layer cannot be applied yet", [
      fault(layer, layers.join(" | "), "the platform layer comes in a later version"),
    ]);
  }
  return { environment, layers: [known] };
}
