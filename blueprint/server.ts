import type { RegionFact } from "../stacks/catalogue.ts";
import type { Tier } from "../stacks/vocabulary.ts";
import type { PlanContext } from "./context.ts";
import type { ServerSpec } from "./model/network.ts";
import { keyOf } from "./naming.ts";
import { addressKey, networkKey } from "./network.ts";

export interface ServerWish {
  readonly key: string;
  readonly region: RegionFact;
  readonly tier: Tier;
  /** Name of its booked address, e.g. `admin-host`. */
  readonly address: string;
  readonly cloudInit: string;
}

/** A server without public address. Its security group filters public traffic, of which it has none: so it accepts nothing. */
export function planServer(context: PlanContext, wish: ServerWish): ServerSpec {
  const { region } = wish;
  const place = { region: region.name, project: "network", zone: region.zones[0] ?? `${region.name}-1` } as const;
  return {
    ...context.planned(wish.key, { tier: wish.tier }),
    ...place,
    type: context.settings.admin.serverType,
    image: context.settings.admin.image,
    privateNetwork: networkKey(region.name, wish.tier),
    address: addressKey(region.name, wish.address),
    securityGroup: {
      ...context.planned(keyOf(wish.key, "sg"), { tier: wish.tier }),
      ...place,
      inbound: [],
      outbound: [],
    },
    cloudInit: wish.cloudInit,
  };
}
