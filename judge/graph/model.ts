/**
 * The words of the graph. A node is a resource (its URN) or one of the two places that no resource is; an edge or hop names the
 * resource and the property that opened it, and how well that is known.
 */

/** Everything that anybody may reach. */
export const INTERNET = "internet";
/** A place that the estate names and does not hold: a far end of a tunnel, a network or VPC that is not in the file. */
export const ELSEWHERE = "elsewhere";

/**
 * `stated`: read from known values. `assumed`: by a reference known only as derived from. `unresolved`: a value that is not
 * known, or a reference that leads out of the estate, might open it: it is kept open.
 */
export type Ground = "stated" | "assumed" | "unresolved";

const RANK: Readonly<Record<Ground, number>> = { stated: 0, assumed: 1, unresolved: 2 };
export const weaker = (a: Ground, b: Ground): Ground => (RANK[a] >= RANK[b] ? a : b);

/** How a hop passes. */
export type HopKind =
  /** Within one private network: nothing filters it. */
  | "same-network"
  /** Between private networks of one VPC, through its filter. */
  | "routed"
  /** By a custom route to a next hop. */
  | "next-hop"
  /** Between VPCs. */
  | "peering"
  /** Out by a gateway that translates addresses, IPv4 only. */
  | "nat"
  /** In by a mapped port of a gateway. */
  | "port-mapping"
  /** In by a gateway's SSH bastion. */
  | "bastion"
  /** To or from a public address of a machine, or a public endpoint of a service. */
  | "public-address"
  /** Through a machine that stands in several networks. */
  | "multi-homed"
  /** Through a load balancer. */
  | "balanced"
  /** Between routers whose routes lead to each other's networks. */
  | "tunnel"
  /** By a VPN gateway or InterLink. */
  | "outside-link"
  /** By an ingress rule of a VPC. */
  | "ingress-rule"
  /** Through a Service of a cluster: a port of every node, or a load balancer that it asks for. */
  | "service"
  /** From or to a pod, as far as network policies let it. */
  | "pod";

export interface Hop {
  readonly kind: HopKind;
  /** Node ids. */
  readonly from: string;
  readonly to: string;
  /** URN of the resource that opens it. */
  readonly by: string;
  /** Its property, dotted. */
  readonly property: string;
  readonly ground: Ground;
}

/** A bound that was met, so that the answer is larger than the truth. */
export interface Limit {
  /** Node at which it was met. */
  readonly at: string;
  readonly what: "packet-sets" | "visits" | "steps";
}
