import type { RegionFact } from "../stacks/catalogue.ts";
import type { PlanContext } from "./context.ts";
import type { RegistrySpec } from "./model/storage.ts";
import { keyOf } from "./naming.ts";

/** `system` holds mirrored images of the platform, `research` those that projects bring; neither is ever public. */
const NAMESPACES = ["system", "research"] as const;

export const planRegistry = (context: PlanContext, region: RegionFact): RegistrySpec => ({
  region: region.name,
  project: "network",
  namespaces: NAMESPACES.map((name) => context.planned(keyOf("registry", region.name, name), { tier: "compute" })),
});
