import type { Known } from "../../kernel/known.ts";
import type { NetworkPolicyFact, PodSelector, TrafficPeer, TrafficRule } from "../facts/fact-kubernetes.ts";
import { readRange } from "./addresses.ts";
import type { Ground } from "./model.ts";
import { ANY_PORT, type Box, boxOf, NONE, type Packets, packets, subtract, union } from "./packets.ts";
import { portOf } from "./pod-ports.ts";
import { type Answer, selects } from "./pod-selectors.ts";

/** What the policies over one pod let it send to, or take from, another one. */
export interface Pod {
  /** URN of the workload. */
  readonly id: string;
  readonly cluster: string;
  readonly namespace: Known<string>;
  readonly labels: Known<Readonly<Record<string, string>>>;
  readonly namespaceLabels: Known<Readonly<Record<string, string>>> | undefined;
  /** What takes it out of every policy: its node's network, or a plug-in that enforces none. */
  readonly free: Opener | undefined;
}

/** Resource and property that open something. */
export interface Opener {
  readonly by: string;
  readonly property: string;
  readonly ground: Ground;
}

/** Opened by a policy's rule, or by the pod itself where nothing restricts it. */
export interface Contact extends Opener {
  readonly packets: Packets;
}

export type Direction = "Ingress" | "Egress";

const EVERYTHING: Packets = packets([boxOf(4, {}), boxOf(6, {})]);

export interface PlacedPolicy {
  readonly fact: NetworkPolicyFact;
  readonly cluster: string;
  readonly namespace: Known<string>;
}

/** The label that the server gives every namespace: its name. */
export const NAME_LABEL = "kubernetes.io/metadata.name";

/** Whether a selector asks for a namespace by a name that is not known yet. */
const asksName = ({ labels, expressions }: PodSelector, of: Pod["namespaceLabels"]): boolean =>
  of?.known === true &&
  !Object.hasOwn(of.value, NAME_LABEL) &&
  (Object.hasOwn(labels, NAME_LABEL) || expressions.some(({ key }) => key.known && key.value === NAME_LABEL));

/** Whether a peer of a rule means a pod; ranges mean no pods of the cluster. */
export function isPeer(peer: TrafficPeer, pod: Pod, policy: PlacedPolicy): Answer {
  if (peer.cidr.known && peer.cidr.value !== undefined) return "no";
  if (!peer.cidr.known || !peer.namespaces.known || !peer.pods.known) return "perhaps";
  const { value: namespaces } = peer.namespaces;
  const inside: Answer =
    namespaces === undefined
      ? !policy.namespace.known || !pod.namespace.known
        ? "perhaps"
        : policy.namespace.value === pod.namespace.value
          ? "yes"
          : "no"
      : asksName(namespaces, pod.namespaceLabels)
        ? "perhaps"
        : selects(namespaces, pod.namespaceLabels);
  const chosen = peer.pods.value === undefined ? "yes" : selects(peer.pods.value, pod.labels);
  return inside === "no" || chosen === "no" ? "no" : inside === "yes" && chosen === "yes" ? "yes" : "perhaps";
}

/** No policy selects it: for sure, or as far as it is known where it stands. */
const unguarded = ({ id, namespace }: Pod): Opener => ({
  by: id,
  property: "networkPolicy",
  ground: namespace.known ? "stated" : "unresolved",
});

export type Fits = (peer: TrafficPeer, policy: PlacedPolicy) => Answer;

/** What the policies over a pod let pass in one direction: to or from a pod that `fits`, or, without it, outside of the cluster. */
export function contact(
  policies: readonly PlacedPolicy[] | undefined,
  direction: Direction,
  pod: Pod,
  fits: Fits | undefined,
): Contact | undefined {
  if (policies === undefined) return { packets: EVERYTHING, ...(pod.free ?? unguarded(pod)) };
  let found: Contact | undefined;
  for (const policy of policies) {
    const rules = direction === "Egress" ? policy.fact.egress : policy.fact.ingress;
    if (!rules.value.known) {
      found ??= { packets: EVERYTHING, by: policy.fact.urn, property: rules.property, ground: "unresolved" };
      continue;
    }
    for (const rule of rules.value.value) {
      const passed = passing(rule, policy, direction, fits);
      if (passed === undefined) continue;
      const sure = passed.sure ? "stated" : "unresolved";
      if (found === undefined)
        found = { packets: passed.packets, by: policy.fact.urn, property: rule.at, ground: sure };
      else
        found = {
          ...found,
          packets: union(found.packets, passed.packets),
          ground: found.ground === "stated" ? "stated" : sure,
        };
    }
  }
  return found;
}

function passing(
  rule: TrafficRule,
  policy: PlacedPolicy,
  direction: Direction,
  fits: Fits | undefined,
): { packets: Packets; sure: boolean } | undefined {
  const named = fits === undefined || !rule.peers.known ? undefined : rule.peers.value;
  // Asked of every pair of pods: most are met here.
  if (named !== undefined && named.length > 0 && named.every((peer) => fits?.(peer, policy) === "no")) return undefined;
  const ports = rule.ports.known
    ? rule.ports.value.map(portOf)
    : [{ protocol: undefined, ports: ANY_PORT, sure: false }];
  const over = (to: Partial<Omit<Box, "family">>, family: 4 | 6): readonly Box[] =>
    ports.length === 0
      ? [boxOf(family, to)]
      : ports.map(({ protocol, ports: span }) =>
          boxOf(family, { ...to, ...(protocol === undefined ? {} : { protocol }), toPort: span }),
        );
  const everywhere = packets(([4, 6] as const).flatMap((family) => over({}, family)));
  const known = ports.every((port) => port.sure);
  if (!rule.peers.known) return { packets: everywhere, sure: false };
  if (rule.peers.value.length === 0) return { packets: everywhere, sure: known };
  let set: Packets = NONE;
  let sure = false;
  for (const peer of rule.peers.value) {
    const answer = fits?.(peer, policy);
    if (answer === "yes" || answer === "perhaps") {
      set = union(set, everywhere);
      sure ||= answer === "yes" && known;
    }
    if (fits !== undefined) continue;
    const range = peer.cidr.known ? (peer.cidr.value === undefined ? undefined : readRange(peer.cidr.value)) : "any";
    if (range === undefined) continue;
    if (range === "any") {
      set = union(set, everywhere);
      continue;
    }
    const except = peer.except.known ? peer.except.value.flatMap((text) => readRange(text) ?? []) : [];
    const far = direction === "Egress" ? "to" : "from";
    const holes = packets(except.map((hole) => boxOf(hole.family, { [far]: hole.range })));
    set = union(set, subtract(packets(over({ [far]: range.range }, range.family)), holes));
    sure ||= known;
  }
  return set.boxes.length === 0 ? undefined : { packets: set, sure };
}
