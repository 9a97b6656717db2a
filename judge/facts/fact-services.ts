import type { Known } from "../../kernel/known.ts";
import type { Base, Reading } from "./fact-base.ts";

/** What a judge may know of the doors of a cluster: Services and Ingresses. */

export interface ServiceFact extends Base<"service"> {
  readonly type: Reading<string | undefined>;
  readonly annotations: Reading<Readonly<Record<string, string>>>;
  readonly externalIps: Reading<readonly string[]>;
  /** Labels of the pods behind it, in its own namespace; empty: none by labels. */
  readonly selector: Reading<Readonly<Record<string, string>>>;
  readonly ports: Reading<readonly ServicePort[]>;
  /** Address that its load balancer is asked to have. */
  readonly balancerAddress: Reading<string | undefined>;
  /** Whether a load balancer's Service opens a port of every node as well; absent is yes. */
  readonly allocatesNodePorts: Reading<boolean | undefined>;
  /** `Local`: only pods of the node that was called, and the caller's own address is kept. */
  readonly externalTraffic: Reading<string | undefined>;
}

/** Numbers or names as text; an absent target is the port itself, an absent protocol TCP. */
export interface ServicePort {
  readonly at: string;
  readonly protocol: Known<string | undefined>;
  readonly port: Known<number | undefined>;
  readonly target: Known<string | undefined>;
  readonly nodePort: Known<number | undefined>;
}

export interface IngressFact extends Base<"ingress"> {
  readonly className: Reading<string | undefined>;
}

export interface IngressClassFact extends Base<"ingress-class"> {
  readonly name: Known<string | undefined>;
}
