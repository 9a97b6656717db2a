import type { RegionFact } from "../../stacks/catalogue.ts";
import type { ImageName } from "../../stacks/images.data.ts";
import { digestOf } from "../../stacks/images.ts";
import type { DataClass, Tier } from "../../stacks/vocabulary.ts";
import type { PlanContext } from "../context.ts";
import type { Key } from "../model/common.ts";
import type { ObjectSpec, PartKind, PartSpec } from "../model/platform.ts";
import { keyOf } from "../naming.ts";
import type { PartScope } from "./object.ts";

/** What every planner of a part reads: the environment's plan, one region of it, and the images of its registry. */
export interface PlatformContext {
  readonly plan: PlanContext;
  readonly region: RegionFact;
  readonly role: "active" | "standby";
  /** An image of the environment's registry by digest. */
  readonly image: (name: ImageName) => string;
  readonly scope: (part: string, namespace: string, wish?: ScopeWish) => PartScope;
  readonly part: (kind: PartKind, name: string, objects: readonly ObjectSpec[], needs?: readonly string[]) => PartSpec;
}

interface ScopeWish {
  readonly tier?: Tier;
  readonly dataClass?: DataClass;
  readonly owner?: string;
  readonly permit?: string;
}

export const partKey = (region: string, name: string): Key => keyOf("platform", region, name);

/** Host of Scaleway's registry in a region. */
export const registryHost = (region: string): string => `rg.${region}.scw.cloud`;

export function platformContext(plan: PlanContext, region: RegionFact): PlatformContext {
  const registry = plan.name(keyOf("registry", region.name, "system"));
  return {
    plan,
    region,
    role: region === plan.home ? "active" : "standby",
    image: (name) => `${registryHost(region.name)}/${registry}/${name}@${digestOf(plan.images, name)}`,
    scope: (part, namespace, wish = {}) => ({
      region: region.name,
      part,
      namespace,
      tags: plan.tags({
        tier: wish.tier ?? "compute",
        dataClass: wish.dataClass ?? "technical",
        ...(wish.owner === undefined ? {} : { owner: wish.owner }),
        ...(wish.permit === undefined ? {} : { extra: { permit: wish.permit } }),
      }),
    }),
    part: (kind, name, objects, needs = []) => ({
      key: partKey(region.name, name),
      kind,
      objects,
      needs: needs.map((need) => partKey(region.name, need)),
    }),
  };
}
