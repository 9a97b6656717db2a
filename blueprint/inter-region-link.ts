import type { RegionFact } from "../stacks/catalogue.ts";
import { crossesRegions, type Flow } from "../stacks/flows.ts";
import { TIERS, type Tier } from "../stacks/vocabulary.ts";
import type { PlanContext } from "./context.ts";
import { planGateway } from "./gateway.ts";
import type { InterRegionLinkSpec, LinkEndSpec } from "./model/network.ts";
import { keyOf } from "./naming.ts";
import { routerInit } from "./router-init.ts";
import { planServer } from "./server.ts";

/** Addresses inside the tunnel (RFC 3927 space, never routed): first region's end, then the other's. */
const TUNNEL = ["169.254.200.1/32", "169.254.200.2/32"] as const;

/** One link for each pair of regions that flows join, ends in the order of the settings. */
export function planLinks(context: PlanContext): readonly InterRegionLinkSpec[] {
  const pairs = context.regions.flatMap((a, i) => context.regions.slice(i + 1).map((b) => [a, b] as const));
  return pairs.flatMap(([a, b]) => {
    const flows = context.flows.filter(crossesRegions).filter((flow) => joins(flow, a.name, b.name));
    if (flows.length === 0) return [];
    const key = keyOf("link", a.name, b.name);
    return [
      {
        key,
        flows: flows.map((flow) => flow.name),
        ends: [
          planEnd(context, { key, region: a, other: b, flows, tunnel: { own: TUNNEL[0], peer: TUNNEL[1] } }),
          planEnd(context, { key, region: b, other: a, flows, tunnel: { own: TUNNEL[1], peer: TUNNEL[0] } }),
        ] as const,
      },
    ];
  });
}

const joins = (flow: Flow, a: string, b: string): boolean =>
  (flow.from.region === a && flow.to.region === b) || (flow.from.region === b && flow.to.region === a);

interface EndWish {
  readonly key: string;
  readonly region: RegionFact;
  readonly other: RegionFact;
  readonly flows: readonly Flow[];
  readonly tunnel: { readonly own: string; readonly peer: string };
}

function planEnd(context: PlanContext, wish: EndWish): LinkEndSpec {
  const { region, other, flows } = wish;
  const { link, admin } = context.settings;
  const owner = keyOf(wish.key, region.name);
  const rangeOf = (end: Flow["from"]): string => context.addresses.region(end.region).networks[end.tier].ipv4.text;
  // Only the networks that a flow begins or ends in, never the other region's whole range.
  const remoteTiers = TIERS.filter((tier) =>
    flows.flatMap((flow) => [flow.from, flow.to]).some((end) => end.region === other.name && end.tier === tier),
  );
  const remoteRange = (tier: Tier): string => rangeOf({ region: other.name, tier });
  const peer = link.routers[other.name];
  return {
    region: region.name,
    router: planServer(context, {
      key: keyOf(owner, "router"),
      region,
      tier: "dmz",
      address: "router",
      cloudInit: routerInit({
        tunnel: wish.tunnel,
        port: link.port,
        ...(peer === undefined ? {} : { peer }),
        remote: remoteTiers.map(remoteRange),
        flows: flows.map((flow) => ({
          protocol: flow.protocol,
          source: rangeOf(flow.from),
          destination: rangeOf(flow.to),
          ports: flow.ports,
        })),
        administrators: admin.sshKeys,
        mirror: admin.packageMirror,
        adminRange: context.addresses.region(region.name).networks.admin.ipv4.text,
      }),
    }),
    gateway: planGateway(context, {
      owner,
      region,
      project: "network",
      zoneIndex: 0,
      tier: "dmz",
      defaultRoute: true,
    }),
    patRule: { key: keyOf(owner, "pat"), publicPort: link.port, privatePort: link.port },
    ...(peer === undefined ? {} : { peer }),
    routes: remoteTiers.map((tier) => ({
      ...context.planned(keyOf(owner, "route", tier), { tier: "dmz" }),
      destination: remoteRange(tier),
    })),
  };
}
