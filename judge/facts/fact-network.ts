import type { Known } from "../../kernel/known.ts";
import type { Base, Reading } from "./fact-base.ts";
import type { Ref } from "./reference.ts";

/** What a judge may know of networks: where they lead, and what stands at their edges. */

export type VpcFact = Base<"vpc">;

export interface PrivateNetworkFact extends Base<"private-network"> {
  /** Absent: the project's default VPC. */
  readonly vpc: Ref;
  /** Whether the VPC's default routes are announced inside. */
  readonly learnsDefaultRoutes: Reading<boolean | undefined>;
}

export interface RouteFact extends Base<"route"> {
  readonly vpc: Ref;
  readonly destination: Reading<string | undefined>;
}

export interface GatewayFact extends Base<"gateway"> {
  /** Whether the ports of mail are open outwards. */
  readonly smtp: Reading<boolean | undefined>;
}

/** The public address of a gateway. */
export interface GatewayAddressFact extends Base<"gateway-address"> {
  readonly address: Known<string | undefined>;
}

/** A private network served by a public gateway. */
export interface GatewayAttachmentFact extends Base<"gateway-attachment"> {
  readonly gateway: Ref;
  readonly network: Ref;
}

/** Filters between the private networks of one VPC, of one IP family. */
export interface NetworkAclFact extends Base<"network-acl"> {
  readonly vpc: Ref;
  readonly isIpv6: Reading<boolean | undefined>;
  readonly defaultPolicy: Reading<string | undefined>;
}

/** A port of a gateway's public address that leads inside. */
export interface PortMappingFact extends Base<"port-mapping"> {
  readonly gateway: Ref;
  readonly publicPort: Reading<number | undefined>;
  readonly privateAddress: Reading<string | undefined>;
}

/** A server's card in a private network. */
export interface NetworkCardFact extends Base<"network-card"> {
  readonly server: Ref;
  readonly network: Ref;
}
