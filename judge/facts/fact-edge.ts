import type { Known } from "../../kernel/known.ts";
import type { Base, Reading } from "./fact-base.ts";
import type { Ref } from "./reference.ts";

/** What a judge may know of the edges of networks: entrances from the internet, ways out, and what joins two networks. */

/** A port at which something may be reached from the internet. */
export interface EntranceFact extends Base<"entrance"> {
  readonly protocol: Known<string | undefined>;
  /** `undefined`: the service chooses, or there is no single one. */
  readonly port: Reading<number | undefined>;
  /** What carries the tier that it stands in; `self` for its own tags. */
  readonly owner: Ref | "self";
}

/** Something with a public address that several entrances may share, e.g. a load balancer. */
export interface LoadBalancerFact extends Base<"load-balancer"> {
  readonly assignFlexibleIp: Reading<boolean | undefined>;
  readonly addresses: Known<readonly Ref[]>;
  /** The address that Scaleway gave it. */
  readonly answered: Known<string | undefined>;
}

/** How well traffic is encrypted at one place: each reading says whether it is, by one property. */
export interface TransportFact extends Base<"transport"> {
  readonly checks: readonly (Reading<boolean> & { readonly got: Known<unknown>; readonly want: unknown })[];
}

/** Something that lets two networks, or a network and the outside, talk. */
export interface JoinFact extends Base<"join"> {
  readonly how: string;
  /** Whether it does, by the property that decides. */
  readonly joins: Reading<boolean>;
  readonly got: Known<unknown>;
}

/** Rules of a security group in one direction, written in it or beside it. Each direction is a kind of its own: none is read for the other. */
interface GroupRules {
  readonly property: string;
  /** The group they belong to; `self` when written in it. */
  readonly group: Ref | "self";
  readonly rules: Known<readonly GroupRule[]>;
}
export interface InboundRulesFact extends Base<"inbound-rules">, GroupRules {}
export interface OutboundRulesFact extends Base<"outbound-rules">, GroupRules {}

export interface GroupRule {
  readonly property: string;
  readonly action: Known<string | undefined>;
  readonly protocol: Known<string | undefined>;
  /** Addresses at the other end: sources of what comes in, destinations of what goes out; undefined is any. */
  readonly range: Known<string | undefined>;
  /** `443`, `80-90`; undefined is every port. */
  readonly ports: Known<string | undefined>;
}

export type EdgeFact =
  | InboundRulesFact
  | OutboundRulesFact
  | EntranceFact
  | LoadBalancerFact
  | TransportFact
  | JoinFact;
