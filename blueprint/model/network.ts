import type { Tier } from "../../stacks/vocabulary.ts";
import type { Key, Planned, Regional, RegionName, Zonal } from "./common.ts";

/** A region's VPC, its private networks by tier and the two ACLs that let through the declared flows only. */
export interface NetworkSpec extends Regional {
  readonly vpc: Planned;
  readonly privateNetworks: readonly PrivateNetworkSpec[];
  /** One per IP family; both drop by default. */
  readonly acls: readonly AclSpec[];
  /** Book-ahead addresses of servers and routers, so that nothing else takes them. */
  readonly addresses: readonly AddressSpec[];
}

export interface PrivateNetworkSpec extends Planned {
  readonly tier: Tier;
  /** IPv4 range, e.g. `10.16.4.0/22`; immutable on Scaleway. */
  readonly ipv4: string;
  /** IPv6 unique-local range, e.g. `fd00:…/64`. */
  readonly ipv6: string;
}

export interface AclSpec {
  readonly key: Key;
  readonly family: 4 | 6;
  readonly rules: readonly AclRuleSpec[];
}

/** Stateless and ordered: each flow has its return rule right after it. Ports in [low, high], 0–0 for a protocol without. */
export interface AclRuleSpec {
  readonly action: "accept";
  readonly protocol: "TCP" | "UDP" | "ICMP";
  readonly source: string;
  readonly sourcePorts: readonly [low: number, high: number];
  readonly destination: string;
  readonly destinationPorts: readonly [low: number, high: number];
  readonly description: string;
}

/** A fixed address in a private network (`ipam/ip:Ip`). */
export interface AddressSpec extends Planned {
  readonly privateNetwork: Key;
  readonly address: string;
}

/** A public gateway with one job, and the private networks it serves. */
export interface GatewaySpec extends Planned, Zonal {
  readonly type: string;
  readonly ip: Planned;
  readonly attachments: readonly GatewayAttachmentSpec[];
}

export interface GatewayAttachmentSpec {
  readonly key: Key;
  readonly privateNetwork: Key;
  readonly masquerade: boolean;
  readonly pushDefaultRoute: boolean;
}

/** SSH bastion (a gateway in the bastion project) and the recording admin host behind it. */
export interface BastionSpec {
  readonly gateway: GatewaySpec;
  readonly port: number;
  /** Never empty, never /0. */
  readonly allowedSources: readonly string[];
  /** Keys (logical names) of `IdentitySpec.sshKeys`: must exist before the gateway, which copies them at activation only. */
  readonly sshKeys: readonly Key[];
  readonly adminHost: AdminHostSpec;
}

export interface SshKeySpec {
  readonly key: Key;
  readonly name: string;
  readonly publicKey: string;
}

export interface AdminHostSpec extends ServerSpec {
  /** Bucket (physical name) that session records go to. */
  readonly recordingsBucket: string;
}

/** A server without public address. */
export interface ServerSpec extends Planned, Zonal {
  readonly type: string;
  readonly image: string;
  readonly privateNetwork: Key;
  /** Key of its fixed address. */
  readonly address: Key;
  readonly securityGroup: SecurityGroupSpec;
  readonly cloudInit: string;
}

/** Drops in both directions by default; filters public traffic only (never private-network traffic). */
export interface SecurityGroupSpec extends Planned, Zonal {
  readonly inbound: readonly SecurityGroupRuleSpec[];
  readonly outbound: readonly SecurityGroupRuleSpec[];
}

export interface SecurityGroupRuleSpec {
  readonly protocol: "TCP" | "UDP" | "ICMP";
  readonly port?: number;
  readonly range: string;
}

/** The NAT that private Kapsule nodes cannot do without: reaches every IPv4 address, no control narrows it. */
export interface EgressSpec {
  readonly gateway: GatewaySpec;
  /** What the allow-listing proxy lets pods and the admin host reach (platform layer); nodes are not narrowed. */
  readonly allowedHosts: readonly AllowedHostSpec[];
}

export interface AllowedHostSpec {
  /** Host name, or `*.` and a domain. */
  readonly host: string;
  readonly reason: string;
  /** ISO date of the last day; absent for what is not a dated window. */
  readonly until?: string;
}

/** A pair of WireGuard routers, one a region, only for a declared flow between regions. */
export interface InterRegionLinkSpec {
  readonly key: Key;
  readonly ends: readonly [LinkEndSpec, LinkEndSpec];
  /** Names of the declared flows that need it. */
  readonly flows: readonly string[];
}

export interface LinkEndSpec {
  readonly region: RegionName;
  readonly router: ServerSpec;
  /** Own gateway in `dmz`; maps one UDP port by one PAT rule. */
  readonly gateway: GatewaySpec;
  readonly patRule: { readonly key: Key; readonly publicPort: number; readonly privatePort: number };
  /** What this end must know of the other one: absent until that router made its key at first boot. */
  readonly peer?: { readonly publicKey: string; readonly address: string };
  readonly routes: readonly RouteSpec[];
}

/** A custom VPC route: the other region's range by way of the router's private NIC. */
export interface RouteSpec extends Planned {
  readonly destination: string;
}
