import { PROXY_PORT } from "../../stacks/flows.ts";
import type { Json } from "../model/json.ts";
import type { ObjectSpec } from "../model/platform.ts";
import { object, type PartScope, selectorOf } from "./object.ts";

/**
 * Network policies: every namespace denies everything both ways, and each opening is one policy that names both ends by label
 * and its ports. Kubernetes adds policies up and can't deny, so what no policy opens stays closed; cilium and calico enforce
 * them, the node's own addresses excepted.
 */
const NAMESPACE_LABEL = "kubernetes.io/metadata.name";

/** Pods in a namespace by the value of their name label; all pods of it when no name is given. */
export interface Peer {
  readonly namespace: string;
  readonly pods?: string;
}

/** Pods that carry this label may speak to the egress proxy. */
export const USES_PROXY: Readonly<Record<string, string>> = { "bastide.dev/egress": "proxy" };

const peer = ({ namespace, pods }: Peer): Json => ({
  namespaceSelector: { matchLabels: { [NAMESPACE_LABEL]: namespace } },
  ...(pods === undefined ? {} : { podSelector: { matchLabels: selectorOf(pods) } }),
});

const tcp = (ports: readonly number[]): Json => ports.map((port) => ({ protocol: "TCP", port }));

const policy = (scope: PartScope, name: string, spec: Readonly<Record<string, Json>>): ObjectSpec =>
  object(scope, { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", name, body: { spec } });

export const defaultDeny = (scope: PartScope): ObjectSpec =>
  policy(scope, "default-deny", { podSelector: {}, policyTypes: ["Ingress", "Egress"] });

/** Names are resolved by the cluster's own DNS and by nothing else. */
export const allowDns = (scope: PartScope): ObjectSpec =>
  policy(scope, "allow-dns", {
    podSelector: {},
    policyTypes: ["Egress"],
    egress: [
      {
        to: [
          {
            namespaceSelector: { matchLabels: { [NAMESPACE_LABEL]: "kube-system" } },
            podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
          },
        ],
        ports: [
          { protocol: "UDP", port: 53 },
          { protocol: "TCP", port: 53 },
        ],
      },
    ],
  });

/** Only pods that say so reach the proxy; the only way out of the cluster. */
export const allowProxy = (scope: PartScope): ObjectSpec =>
  policy(scope, "allow-egress-proxy", {
    podSelector: { matchLabels: USES_PROXY },
    policyTypes: ["Egress"],
    egress: [{ to: [peer({ namespace: "egress", pods: "egress-proxy" })], ports: tcp([PROXY_PORT]) }],
  });

/** From some pods of this namespace to others, on these ports. */
export const allowEgress = (
  scope: PartScope,
  name: string,
  from: string | undefined,
  to: readonly Peer[],
  ports: readonly number[],
): ObjectSpec =>
  policy(scope, name, {
    podSelector: from === undefined ? {} : { matchLabels: selectorOf(from) },
    policyTypes: ["Egress"],
    egress: [{ to: to.map(peer), ports: tcp(ports) }],
  });

/** To some pods of this namespace from others, on these ports. */
export const allowIngress = (
  scope: PartScope,
  name: string,
  to: string | undefined,
  from: readonly Peer[],
  ports: readonly number[],
): ObjectSpec =>
  policy(scope, name, {
    podSelector: to === undefined ? {} : { matchLabels: selectorOf(to) },
    policyTypes: ["Ingress"],
    ingress: [{ from: from.map(peer), ports: tcp(ports) }],
  });

/** To address ranges outside the cluster, less those that are excepted. */
export const allowRanges = (
  scope: PartScope,
  name: string,
  from: string,
  ranges: readonly { readonly cidr: string; readonly except?: readonly string[] }[],
  ports: readonly number[],
): ObjectSpec =>
  policy(scope, name, {
    podSelector: { matchLabels: selectorOf(from) },
    policyTypes: ["Egress"],
    egress: [
      {
        to: ranges.map(({ cidr, except }) => ({ ipBlock: { cidr, ...(except === undefined ? {} : { except }) } })),
        ports: tcp(ports),
      },
    ],
  });

export const allowFromRanges = (
  scope: PartScope,
  name: string,
  to: string,
  ranges: readonly string[],
  ports: readonly number[],
): ObjectSpec =>
  policy(scope, name, {
    podSelector: { matchLabels: selectorOf(to) },
    policyTypes: ["Ingress"],
    ingress: [{ from: ranges.map((cidr) => ({ ipBlock: { cidr } })), ports: tcp(ports) }],
  });
