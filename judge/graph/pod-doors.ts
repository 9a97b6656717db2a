import type { Known } from "../../kernel/known.ts";
import { push } from "../../kernel/multimap.ts";
import type { Estate } from "../facts/estate.ts";
import type { ServiceFact } from "../facts/fact-services.ts";
import { namespaceOf, type Placed, placed } from "../facts/kubernetes-scope.ts";
import { perEstate } from "../facts/per-estate.ts";
import { type Addresses, PUBLIC_SPACE, readRange } from "./addresses.ts";
import type { Arrival } from "./explore.ts";
import { type Ground, type Hop, INTERNET, weaker } from "./model.ts";
import { ANY_PORT, type Box, boxOf, intersect, isEmpty, type Packets, packets, type Span } from "./packets.ts";
import type { Pod } from "./pod-contact.ts";
import { nodeNetworks } from "./pod-nodes.ts";
import { selects } from "./pod-selectors.ts";
import { pods } from "./pods.ts";
import { wires } from "./reach.ts";
import { portsOf } from "./service-ports.ts";
import { fromAny } from "./steps.ts";

/**
 * Services as doors of a cluster: what arrives in its nodes' network, or from the internet, and gets to a pod by them.
 *
 * Modelled: ports of every node (`NodePort`, and `LoadBalancer` unless it allocates none), load balancers in the private network and public ones
 * (without Scaleway's annotation for private), external addresses; pods by the Service's labels in its own namespace; the pods' own
 * ingress policies, asked with the caller's address and, unless traffic stays on the node that was called, with a node's. Pods on the host's network
 * answer on every port of their node. What is not known of a Service opens. Not modelled, so never a protection: source ranges of load balancers. Not
 * modelled, so never a way: Services without labels (their addresses are refused as not judged), ports of hosts (K8S-02), Ingresses.
 */
interface PodDoor {
  readonly by: string;
  readonly property: string;
  /** Networks of the cluster's nodes where it can be called. */
  readonly nets: readonly { readonly id: string; readonly ground: Ground }[];
  /** Whether it can be called from the internet, beside those. */
  readonly isPublic: boolean;
  /** What it listens to; addresses of the networks themselves where none are given. */
  readonly at: readonly Addresses[] | undefined;
  readonly protocol: Span | undefined;
  readonly port: Span;
  /** Port of the pods. */
  readonly target: Span;
  /** Callers may appear to the pods under a node's address. */
  readonly hidesCallers: boolean;
  readonly pods: readonly { readonly pod: Pod; readonly ground: Ground }[];
  readonly ground: Ground;
}

/** Asks Scaleway's cloud controller for a load balancer in the private network alone. */
const PRIVATE = "service.beta.kubernetes.io/scw-loadbalancer-private";

interface Doors {
  readonly all: readonly PodDoor[];
  readonly byNet: ReadonlyMap<string, readonly PodDoor[]>;
}

const doorsOf = perEstate((estate): Doors => {
  const all = [...placed("service", estate).flatMap((s) => ofService(s, estate)), ...ofHostPods(estate)];
  const byNet = new Map<string, PodDoor[]>();
  for (const door of all) for (const net of door.nets) push(byNet, net.id, door);
  return { all, byNet };
});

/** Pods that something outside of their cluster may call, if their policies and the networks let it. */
export const podsBehindDoors = (estate: Estate): readonly Pod[] => [
  ...new Map(doorsOf(estate).all.flatMap((door) => door.pods.map(({ pod }) => [pod.id, pod] as const))).values(),
];

function ofService({ fact, object }: Placed<ServiceFact>, estate: Estate): readonly PodDoor[] {
  const behind = podsOfService({ fact, object }, estate);
  if (behind.length === 0) return [];
  const { type } = fact;
  const is = (...names: readonly string[]): boolean => !type.value.known || names.includes(type.value.value ?? "");
  const typed: Ground = type.value.known ? "stated" : "unresolved";
  const base = {
    by: fact.urn,
    nets: nodeNetworks(object.cluster, estate),
    isPublic: false,
    at: undefined,
    hidesCallers: !(fact.externalTraffic.value.known && fact.externalTraffic.value.value === "Local"),
    pods: behind,
  };
  return portsOf(fact).flatMap(({ at, protocol, port, target, nodePort, ground }): readonly PodDoor[] => {
    const own = { ...base, protocol, target, ground: weaker(typed, ground) };
    const onNodes = is("NodePort") || (is("LoadBalancer") && !isNo(fact.allocatesNodePorts.value));
    return [
      ...(onNodes ? [{ ...own, property: `${at}.nodePort`, port: nodePort }] : []),
      ...(is("LoadBalancer") ? [balanced(fact, { ...own, property: at, port })] : []),
      ...external(fact).map(({ range, sure }) => ({
        ...own,
        property: fact.externalIps.property,
        port,
        at: range === undefined ? undefined : [range],
        ground: weaker(ground, sure ? "stated" : "unresolved"),
      })),
    ];
  });
}

const isNo = (value: Known<boolean | undefined>): boolean => value.known && value.value === false;

function balanced({ annotations, balancerAddress }: ServiceFact, door: PodDoor): PodDoor {
  const { value } = annotations;
  const isPrivate = value.known && value.value[PRIVATE] === "true";
  const asked = balancerAddress.value.known ? readRange(balancerAddress.value.value ?? "") : undefined;
  const here = asked === undefined || !isPrivate ? door : { ...door, at: [asked] };
  if (isPrivate) return here;
  const ground = weaker(door.ground, value.known ? "stated" : "unresolved");
  return { ...here, isPublic: true, property: "spec.type", ground };
}

function external({ externalIps }: ServiceFact): readonly { range: Addresses | undefined; sure: boolean }[] {
  if (!externalIps.value.known) return [{ range: undefined, sure: false }];
  return externalIps.value.value.map((text) => ({ range: readRange(text), sure: true }));
}

function podsOfService({ fact, object }: Placed<ServiceFact>, estate: Estate): PodDoor["pods"] {
  const { value: selector } = fact.selector;
  if (selector.known && Object.keys(selector.value).length === 0) return [];
  const home = namespaceOf(object, estate);
  return pods(estate).all.flatMap((pod) => {
    if (pod.cluster !== object.cluster) return [];
    const near = home.known && pod.namespace.known ? (home.value === pod.namespace.value ? "yes" : "no") : "perhaps";
    const chosen = selector.known ? selects({ labels: selector.value, expressions: [] }, pod.labels) : "perhaps";
    if (near === "no" || chosen === "no") return [];
    return [{ pod, ground: near === "yes" && chosen === "yes" ? "stated" : "unresolved" }];
  });
}

/** A pod on its node's network answers at the node's addresses, by no Service. */
const ofHostPods = (estate: Estate): readonly PodDoor[] =>
  pods(estate).all.flatMap((pod): readonly PodDoor[] => {
    if (pod.free === undefined || pod.free.by !== pod.id) return [];
    const { by, property, ground } = pod.free;
    const nets = nodeNetworks(pod.cluster, estate);
    const any = { protocol: undefined, port: ANY_PORT, target: ANY_PORT, at: undefined, hidesCallers: false };
    return [{ by, property, ground, nets, isPublic: false, ...any, pods: [{ pod, ground: "stated" }] }];
  });

/** Pods that packets get to which arrive in the networks of their nodes, each by the way on which they came. */
export const intoPods = (estate: Estate, arrivals: readonly Arrival[]): readonly Arrival[] =>
  arrivals.flatMap((arrival) =>
    (doorsOf(estate).byNet.get(arrival.to) ?? []).flatMap((door) => through(door, arrival.to, arrival, estate)),
  );

/** The same of what the internet sends to public doors. */
export function intoPodsFromInternet(estate: Estate): readonly Arrival[] {
  const anybody: Arrival = { to: INTERNET, packets: fromAny(PUBLIC_SPACE), path: [], ground: "stated" };
  return doorsOf(estate)
    .all.filter((door) => door.isPublic)
    .flatMap((door) => through({ ...door, at: undefined }, undefined, anybody, estate));
}

function through(door: PodDoor, net: string | undefined, arrival: Arrival, estate: Estate): readonly Arrival[] {
  const seat = door.nets.find(({ id }) => id === net);
  const asked = listened(door, net, arrival.packets, estate);
  if (isEmpty(asked)) return [];
  const called = seen(door, asked, estate);
  const first = weaker(weaker(arrival.ground, door.ground), seat?.ground ?? "stated");
  return door.pods.flatMap(({ pod, ground }): readonly Arrival[] => {
    const own = door.by === pod.id;
    const entering = own ? { packets: called, ...door } : pods(estate).entering(pod);
    if (entering === undefined) return [];
    const passed = own ? called : intersect(called, entering.packets);
    if (isEmpty(passed)) return [];
    const knock: Hop = {
      kind: "service",
      from: arrival.to,
      to: door.by,
      by: door.by,
      property: door.property,
      ground: weaker(door.ground, ground),
    };
    const enter: Hop = {
      kind: "pod",
      from: door.by,
      to: pod.id,
      by: entering.by,
      property: entering.property,
      ground: entering.ground,
    };
    const path = [...arrival.path, knock, ...(own ? [] : [enter])];
    return [{ to: pod.id, packets: passed, path, ground: weaker(weaker(first, ground), entering.ground) }];
  });
}

/** What of a set is addressed to the door. */
function listened(door: PodDoor, net: string | undefined, set: Packets, estate: Estate): Packets {
  const { protocol, port } = door;
  const ranges = door.at ?? (net === undefined ? undefined : wires(estate).nets.get(net)?.ranges);
  const axes = { toPort: port, ...(protocol === undefined ? {} : { protocol }) };
  const boxes: readonly Box[] =
    ranges === undefined
      ? [boxOf(4, axes), boxOf(6, axes)]
      : ranges.map(({ family, range }) => boxOf(family, { ...axes, to: range }));
  return intersect(set, packets(boxes));
}

/** How the pods behind a door see it: another destination and port, and perhaps a node as the caller. */
function seen({ target, hidesCallers, nets }: PodDoor, set: Packets, estate: Estate): Packets {
  const nodes = hidesCallers ? nets.flatMap(({ id }) => wires(estate).nets.get(id)?.ranges ?? []) : [];
  const boxes = set.boxes.flatMap(({ family, protocol, from, fromPort }) => [
    boxOf(family, { protocol, from, fromPort, toPort: target }),
    ...nodes
      .filter((node) => node.family === family)
      .map(({ range }) => boxOf(family, { protocol, from: range, toPort: target })),
  ]);
  return { boxes, exact: set.exact };
}
