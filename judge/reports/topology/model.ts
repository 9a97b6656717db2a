/** What the map shows, as data: places, what stands in them, what leads in and out. No coordinate, no colour. */

/** Worst thing that a verdict says of an item. */
export type Mark = "violation" | "doubt" | "waived" | "none";

export interface Badge {
  readonly icon: "key" | "lock" | "shield" | "none";
  readonly text: string;
}

/** One box of the map; it may stand for several resources (a bucket with its policy, lock and encryption). */
export interface Item {
  /** Anchor in the page, from the URN. */
  readonly anchor: string;
  readonly title: string;
  readonly lines: readonly string[];
  readonly badges: readonly Badge[];
  /** Data class, where tagged; it colours the item's edge. */
  readonly dataClass: string;
  readonly mark: Mark;
  readonly urns: readonly string[];
}

export type GatewayRole = "bastion" | "tunnel" | "nat" | "gateway";

export interface GatewayItem extends Item {
  readonly role: GatewayRole;
  /** What comes in from outside through it, e.g. `SSH 61000 from 2 ranges`; empty when nothing does. */
  readonly inbound: string;
  /** What goes out through it; empty when nothing does. */
  readonly outbound: string;
  /** Anchors of the networks that it serves. */
  readonly serves: readonly string[];
}

export interface ClusterItem extends Item {
  /** Pools by zone, both in order. */
  readonly zones: readonly { readonly zone: string; readonly pools: readonly Item[] }[];
}

/** One private network as a band of its VPC. */
export interface Band {
  readonly network: Item;
  readonly tier: string;
  readonly hosts: readonly Item[];
  readonly clusters: readonly ClusterItem[];
}

export interface VpcModel {
  readonly vpc: Item;
  readonly bands: readonly Band[];
}

export interface RegionModel {
  readonly name: string;
  readonly resources: number;
  readonly gateways: readonly GatewayItem[];
  readonly vpcs: readonly VpcModel[];
  /** Hosts and clusters that no private network of the estate holds. */
  readonly loose: Pick<Band, "hosts" | "clusters">;
  readonly buckets: readonly Item[];
  readonly services: readonly Item[];
}

/** A path between regions over the internet. */
export interface Tunnel {
  readonly from: string;
  readonly to: string;
}

export interface Identity {
  readonly anchor: string;
  readonly kind: "application" | "group" | "user";
  readonly name: string;
  readonly policies: number;
  readonly conditions: number;
  readonly keys: number;
  readonly permissions: readonly string[];
  readonly mark: Mark;
}

export interface MapModel {
  readonly title: string;
  readonly regions: readonly RegionModel[];
  readonly tunnels: readonly Tunnel[];
  readonly identities: readonly Identity[];
}
