import type { Platform } from "../core/platform.ts";
import { PRIVATE_NIC } from "./instance/private-nics.ts";
import { SERVER } from "./instance/server.ts";
import type { NextHop } from "./vpc/routes.ts";
import { GATEWAY } from "./vpcgw/gateways.ts";
import { GATEWAY_NETWORK } from "./vpcgw/networks.ts";

/** What the next hop of a route is, whichever service it belongs to. */
export function nextHopOf(platform: Platform, resourceId: string): NextHop | undefined {
  const nic = platform.collection(PRIVATE_NIC).find(resourceId);
  if (nic !== undefined)
    return { type: "instance_private_nic", name: platform.collection(SERVER).find(nic.server_id)?.name ?? "" };
  const attached = platform.collection(GATEWAY_NETWORK).find(resourceId);
  if (attached === undefined) return undefined;
  return { type: "vpc_gateway_network", name: platform.collection(GATEWAY).find(attached.gateway_id)?.name ?? "" };
}
