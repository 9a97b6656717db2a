import type { RegionFact } from "../stacks/catalogue.ts";
import type { PlanContext } from "./context.ts";
import { planGateway } from "./gateway.ts";
import type { EgressSpec } from "./model/network.ts";
import { keyOf } from "./naming.ts";

/** The NAT that private nodes need, on `compute` alone: no other network learns a default route from it. */
export const planEgress = (context: PlanContext, region: RegionFact): EgressSpec => ({
  gateway: planGateway(context, {
    owner: keyOf("egress", region.name),
    region,
    project: "network",
    zoneIndex: 0,
    tier: "compute",
    defaultRoute: true,
  }),
});
