import { type Fault, inputError } from "../kernel/errors.ts";
import { LAYERS, type Layer } from "../stacks/vocabulary.ts";

/** What `--stack` names: an environment (all its layers, in order) or one layer of it. */
export interface Target {
  readonly environment: string;
  readonly layers: readonly Layer[];
}

/** Layers that an environment's name stands for. The platform is named by itself: it is applied through a tunnel, into clusters that stand. */
export const APPLICABLE: readonly Layer[] = ["bootstrap", "foundation"];

export const stackName = (environment: string, layer: Layer): string => `${environment}.${layer}`;

/** The platform stands on the others' keys, registries and networks: without them its rules could not know. */
export const judgedLayers = ({ layers }: Target): readonly Layer[] => (layers.includes("platform") ? LAYERS : layers);

/** @throws BastideError exit 2 for a name that is neither. */
export function parseTarget(text: string, environments: readonly string[]): Target {
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
  return { environment, layers: [known] };
}
