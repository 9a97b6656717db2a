import type { RegionFact } from "../stacks/catalogue.ts";
import type { Tier } from "../stacks/vocabulary.ts";
import type { PlanContext } from "./context.ts";
import type { ProjectKey } from "./model/common.ts";
import type { GatewaySpec } from "./model/network.ts";
import { keyOf } from "./naming.ts";
import { networkKey } from "./network.ts";

export interface GatewayWish {
  /** Component that it belongs to, e.g. `bastion-fr-par`. */
  readonly owner: string;
  readonly region: RegionFact;
  readonly project: ProjectKey;
  /** Which of the zones that can hold a gateway; taken modulo their number, so that jobs spread. */
  readonly zoneIndex: number;
  /** The one private network that it serves. */
  readonly tier: Tier;
  /** Whether hosts there learn their default route from it and leave through it. */
  readonly defaultRoute: boolean;
}

/** A public gateway with one job. It stands in the tier `dmz`, whatever network it serves. */
export function planGateway(context: PlanContext, wish: GatewayWish): GatewaySpec {
  const { region, owner } = wish;
  const zones = region.gatewayZones;
  const key = keyOf(owner, "gateway");
  return {
    ...context.planned(key, { tier: "dmz" }),
    region: region.name,
    zone: zones[wish.zoneIndex % zones.length] ?? `${region.name}-1`,
    project: wish.project,
    type: context.settings.admin.gatewayType,
    ip: context.planned(keyOf(key, "ip"), { tier: "dmz" }),
    attachments: [
      {
        key: keyOf(key, wish.tier),
        privateNetwork: networkKey(region.name, wish.tier),
        masquerade: wish.defaultRoute,
        pushDefaultRoute: wish.defaultRoute,
      },
    ],
  };
}
