import { sortedUnique } from "../kernel/order.ts";
import { PHASES, type Phase, type Tier } from "./vocabulary.ts";

/**
 * The declared flows: every connection that may be opened between two tiers, with its reason. What is not listed does not
 * pass: the planner turns these into ACL rules (each with its return rule, since ACLs are stateless), and the judge proves
 * from the resources alone that nothing else gets through.
 *
 * Traffic inside one private network is not filtered by Scaleway, so no flow has the same tier of one region at both ends.
 */
export interface Flow {
  readonly name: string;
  readonly from: FlowEnd;
  readonly to: FlowEnd;
  readonly protocol: FlowProtocol;
  /** Destination ports, inclusive. */
  readonly ports: PortRange;
  readonly reason: string;
  readonly owner: string;
  /** Phases of the migration in which it is open. */
  readonly phases: readonly Phase[];
  /** ISO date after which it must be gone; required between regions. */
  readonly until?: string | undefined;
}

export interface FlowEnd {
  readonly region: string;
  readonly tier: Tier;
}

export type FlowProtocol = "TCP" | "UDP";
export type PortRange = readonly [low: number, high: number];

/** A flow that exists in every region alike, between two of its tiers. */
export interface TierFlow extends Omit<Flow, "from" | "to" | "until"> {
  readonly from: Tier;
  readonly to: Tier;
}

/** Source ports of clients, and so destination ports of answers (RFC 6056 allows the whole range above the well-known). */
export const EPHEMERAL_PORTS: PortRange = [1024, 65535];

/** Port of the allow-listing egress proxy, at a booked address in `compute`. */
export const PROXY_PORT = 3128;
/** Port of the PostgreSQL servers that keep the table catalogue and the experiment store. */
export const POSTGRES_PORT = 5432;

const always: readonly Phase[] = PHASES;

/** The flows that the platform itself needs, in every region. */
export const TIER_FLOWS: readonly TierFlow[] = [
  {
    name: "admin-to-proxy",
    from: "admin",
    to: "compute",
    protocol: "TCP",
    ports: [PROXY_PORT, PROXY_PORT],
    reason: "The admin host has no default route: package updates and session records leave by the egress proxy",
    owner: "platform",
    phases: always,
  },
  {
    name: "admin-to-router",
    from: "admin",
    to: "dmz",
    protocol: "TCP",
    ports: [22, 22],
    reason: "Administrators reach the inter-region router from the recording host only",
    owner: "platform",
    phases: always,
  },
  {
    name: "admin-to-databases",
    from: "admin",
    to: "data",
    protocol: "TCP",
    ports: [POSTGRES_PORT, POSTGRES_PORT],
    reason: "Administration of the databases, recorded on the admin host",
    owner: "platform",
    phases: always,
  },
  {
    name: "compute-to-databases",
    from: "compute",
    to: "data",
    protocol: "TCP",
    ports: [POSTGRES_PORT, POSTGRES_PORT],
    reason: "Table catalogue and experiment store of the data platform",
    owner: "platform",
    phases: always,
  },
  {
    name: "compute-to-airlock",
    from: "compute",
    to: "export",
    protocol: "TCP",
    ports: [443, 443],
    reason: "Research spaces hand results to the export airlock: their only way out",
    owner: "platform",
    phases: always,
  },
  {
    name: "admin-to-airlock",
    from: "admin",
    to: "export",
    protocol: "TCP",
    ports: [443, 443],
    reason: "Reviewers open the airlock from the recording host",
    owner: "platform",
    phases: always,
  },
];

/**
 * Every flow that is open in `phase`: the built-in ones in each region, then the environment's own, in that order. The
 * caller has refused expired ones (`stacks/load.ts`).
 */
export function flowsInForce(regions: readonly string[], declared: readonly Flow[], phase: Phase): readonly Flow[] {
  const builtIn = regions.flatMap((region) =>
    TIER_FLOWS.map(({ name, from, to, ...flow }) => ({
      ...flow,
      name: `${name}-${region}`,
      from: { region, tier: from },
      to: { region, tier: to },
    })),
  );
  return [...builtIn, ...declared].filter((flow) => flow.phases.includes(phase));
}

export const crossesRegions = (flow: Flow): boolean => flow.from.region !== flow.to.region;

/** Regions that a flow joins; no other needs a router. */
export const linkedRegions = (flows: readonly Flow[]): readonly string[] =>
  sortedUnique(flows.filter(crossesRegions).flatMap((flow) => [flow.from.region, flow.to.region]));

/** An opening to or from outside that Scaleway's platform forces on the blueprint: it remains in every phase, `sealed` included. */
export interface ForcedOpening {
  readonly name: string;
  readonly direction: "inbound" | "outbound";
  readonly tier: Tier;
  readonly protocol: FlowProtocol;
  readonly ports: PortRange;
  readonly reason: string;
}

/** The openings of an environment, by the ports of its settings; the link's only while a flow joins regions. */
export function forcedOpenings(settings: {
  readonly admin: { readonly port: number };
  readonly link: { readonly port: number };
  readonly linked: boolean;
}): readonly ForcedOpening[] {
  const { admin, link, linked } = settings;
  return [
    {
      name: "node-egress",
      direction: "outbound",
      tier: "compute",
      protocol: "TCP",
      ports: [1, 65535],
      reason: "private nodes reach their control plane and registry by a NAT gateway that no control narrows",
    },
    {
      name: "bastion",
      direction: "inbound",
      tier: "admin",
      protocol: "TCP",
      ports: [admin.port, admin.port],
      reason: "administrators enter by the gateway's SSH bastion, from named ranges",
    },
    ...(linked
      ? [
          {
            name: "inter-region-link",
            direction: "inbound",
            tier: "dmz",
            protocol: "UDP",
            ports: [link.port, link.port],
            reason: "regions have no private network in common, and a declared flow joins them",
          } as const,
        ]
      : []),
  ];
}
