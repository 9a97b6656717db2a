import type { Known } from "../../kernel/known.ts";
import type { Base, Reading } from "./fact-base.ts";
import type { Ref } from "./reference.ts";

/** Where a packet goes: ranges, filters, routes, cards and doors, as the graph reads them. */

/** The address ranges of a private network. */
export interface NetworkRangesFact extends Base<"network-ranges"> {
  /** Absent: Scaleway chooses one, and only the answer says which. */
  readonly ipv4: Reading<string | undefined>;
  readonly ipv6: Reading<readonly string[]>;
}

/** Whether a VPC lets packets of one peer through to another. Absent is the API's choice. */
export interface TransitFact extends Base<"transit"> {
  readonly enabled: Reading<boolean | undefined>;
}

/** The rules of a VPC's filter, in order. */
export interface AclRulesFact extends Base<"acl-rules"> {
  readonly rules: Reading<readonly AclRule[]>;
}

export interface AclRule {
  readonly property: string;
  readonly action: Known<string | undefined>;
  readonly protocol: Known<string | undefined>;
  readonly source: Known<string | undefined>;
  readonly destination: Known<string | undefined>;
  readonly sourcePorts: AclPorts;
  readonly destinationPorts: AclPorts;
}

/** Absent or zero at both ends is every port. */
export interface AclPorts {
  readonly low: Known<number | undefined>;
  readonly high: Known<number | undefined>;
}

/** Where a custom route leads; one of the three is written. */
export interface NextHopFact extends Base<"next-hop"> {
  readonly resource: Ref;
  readonly network: Ref;
  readonly connector: Ref;
}

/** Sends what comes from a range to one address of a private network. */
export interface IngressRouteFact extends Base<"ingress-route"> {
  readonly vpc: Ref;
  readonly source: Reading<string | undefined>;
  readonly network: Ref;
  readonly address: Reading<string | undefined>;
}

/** One side of a peering between two VPCs of a region. */
export interface ConnectorFact extends Base<"connector"> {
  readonly vpc: Ref;
  readonly target: Ref;
}

/** The public side of a gateway. */
export interface GatewayEntranceFact extends Base<"gateway-entrance"> {
  readonly address: Ref;
  readonly bastion: Reading<boolean | undefined>;
  /** Absent: 61000. */
  readonly bastionPort: Reading<number | undefined>;
  /** Empty at creation is every source. */
  readonly bastionSources: Reading<readonly string[]>;
}

/** What a gateway does for a network that it serves. */
export interface AttachmentRouteFact extends Base<"attachment-route"> {
  readonly masquerade: Reading<boolean | undefined>;
  readonly defaultRoute: Reading<boolean | undefined>;
}

/** The inner side of a port mapping. */
export interface MappedPortFact extends Base<"mapped-port"> {
  readonly privatePort: Reading<number | undefined>;
  /** `tcp`, `udp`, `both`. */
  readonly protocol: Reading<string | undefined>;
}

/** An address reserved in private networks. */
export interface BookedAddressFact extends Base<"booked-address"> {
  readonly address: Reading<string | undefined>;
  readonly networks: Known<readonly Ref[]>;
}

/** Private networks in which a machine has cards, as written on it. */
export interface CardsFact extends Base<"cards"> {
  readonly networks: Reading<readonly Ref[]>;
}

/** The booked addresses of a card made apart. */
export interface CardAddressFact extends Base<"card-address"> {
  readonly booked: Known<readonly Ref[]>;
}

/** A Kubernetes cluster's network; nodes of its pools stand in it. */
export interface ClusterNetworkFact extends Base<"cluster-network"> {
  readonly network: Ref;
  readonly cni: Reading<string | undefined>;
}

/** Nodes of a cluster. */
export interface NodePoolFact extends Base<"node-pool"> {
  readonly cluster: Ref;
}

/** A load balancer: public in any case, since provider 2.80.0 drops the wish for none. */
export interface BalancerFact extends Base<"balancer"> {
  readonly networks: Reading<readonly Ref[]>;
  readonly addresses: Known<readonly Ref[]>;
}

/** A private network attached to a load balancer by a resource of its own. */
export interface BalancerNetworkFact extends Base<"balancer-network"> {
  readonly balancer: Ref;
  readonly network: Ref;
}

/** A port that a load balancer listens on. */
export interface FrontendFact extends Base<"frontend"> {
  readonly balancer: Ref;
  readonly backend: Ref;
  readonly port: Reading<number | undefined>;
}

/** A further way from a frontend to a backend, by name or path. */
export interface FrontendRouteFact extends Base<"frontend-route"> {
  readonly frontend: Ref;
  readonly backend: Ref;
}

/** Where a load balancer sends what it takes. */
export interface BackendFact extends Base<"backend"> {
  readonly balancer: Ref;
  readonly servers: Reading<readonly string[]>;
  readonly port: Reading<number | undefined>;
}

/** A public address that the estate reserves. */
export interface PublicAddressFact extends Base<"public-address"> {
  readonly address: Known<string | undefined>;
}

/** A way from a VPC or private network to a place outside: VPN gateway, InterLink. */
export interface OutsideLinkFact extends Base<"outside-link"> {
  readonly network: Ref;
  readonly vpc: Ref;
}

/** A name in DNS, and what it answers with. */
export interface NameFact extends Base<"name"> {
  /** `zone`, `name.zone`. */
  readonly name: Known<string>;
  readonly type: Known<string | undefined>;
}

export type TopologyFact =
  | NetworkRangesFact
  | TransitFact
  | AclRulesFact
  | NextHopFact
  | IngressRouteFact
  | ConnectorFact
  | GatewayEntranceFact
  | AttachmentRouteFact
  | MappedPortFact
  | BookedAddressFact
  | CardsFact
  | CardAddressFact
  | ClusterNetworkFact
  | NodePoolFact
  | BalancerFact
  | BalancerNetworkFact
  | FrontendFact
  | FrontendRouteFact
  | BackendFact
  | PublicAddressFact
  | OutsideLinkFact
  | NameFact;
