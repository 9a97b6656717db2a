import { plan, planPlatformLayer } from "../../blueprint/plan.ts";
import { type Plans, realise } from "../../components/environment.ts";
import { loadEnvironment } from "../../stacks/load.ts";
import type { Layer } from "../../stacks/vocabulary.ts";
import { type Recorded, type Recording, record } from "./recorder.ts";

export const NOW = "2026-11-23T12:00:00Z";

export const plansOf = (name: string): Plans => {
  const environment = loadEnvironment(name, { now: NOW });
  return { blueprint: plan(environment), platform: () => planPlatformLayer(environment) };
};

const plans = plansOf("rehearsal");
export const rehearsal = plans.blueprint;

export const recordRehearsal = (layer: Layer, preview = false): Promise<Recording> =>
  record(() => realise(plans, layer), { stack: `rehearsal.${layer}`, preview });

/** What providers make, less the providers themselves. */
export const made = (recording: Recording): readonly Recorded[] =>
  recording.resources.filter((r) => r.custom && !r.type.startsWith("pulumi:providers:"));

export const componentsOf = (recording: Recording): readonly Recorded[] =>
  recording.resources.filter((r) => r.type.startsWith("bastide:components:"));
