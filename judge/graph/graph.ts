import { byText } from "../../kernel/order.ts";
import type { Estate } from "../facts/estate.ts";
import type { FactKind } from "../facts/fact.ts";
import { flowsOfData } from "./data-flows.ts";
import { leadsElsewhere } from "./hosts.ts";
import { membersOf } from "./members.ts";
import { ELSEWHERE, type Ground, INTERNET } from "./model.ts";
import { HOST } from "./places.ts";
import { wires } from "./reach.ts";
import { regionOf, tagValue } from "./topology.ts";

/** What a node of the graph is. */
export type NodeKind =
  | "internet"
  | "elsewhere"
  | "third-party"
  | "region"
  | "zone"
  | "vpc"
  | "network"
  | "gateway"
  | "router"
  | "load-balancer"
  | "server"
  | "cluster"
  | "pool"
  | "managed-service"
  | "namespace"
  | "workload"
  | "service"
  | "principal"
  | "group"
  | "policy"
  | "bucket"
  | "state"
  | "key"
  | "secret"
  | "registry"
  | "log-sink";

export interface GraphNode {
  /** URN, `internet`, `elsewhere`, `host:<name>`, or the name of a region or zone. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly region: string | undefined;
  readonly tier: string | undefined;
  readonly dataClass: string | undefined;
}

export type EdgeKind = "stands-in" | "attached" | "routes" | "peers" | "opens" | "member" | "bound" | "data";

/** One fact between two nodes. What follows from many of them is reachability, rights and places. */
export interface GraphEdge {
  readonly kind: EdgeKind;
  readonly from: string;
  readonly to: string;
  readonly by: string;
  readonly property: string;
  readonly ground: Ground;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** The first kind that fits names the node: a server that routes is a router, a bucket of the state is the state. */
const KINDS: readonly (readonly [FactKind, NodeKind])[] = [
  ["vpc", "vpc"],
  ["private-network", "network"],
  ["gateway", "gateway"],
  ["balancer", "load-balancer"],
  ["cluster", "cluster"],
  ["node-pool", "pool"],
  ["managed-service", "managed-service"],
  ["cards", "server"],
  ["namespace", "namespace"],
  ["pod", "workload"],
  ["service", "service"],
  ["group", "group"],
  ["principal", "principal"],
  ["grants", "policy"],
  ["bucket", "bucket"],
  ["key", "key"],
  ["secret", "secret"],
  ["registry", "registry"],
  ["telemetry-source", "log-sink"],
  ["trail-export", "log-sink"],
];

/** Nodes and edges as the facts have them, in canonical order: what a picture is drawn from. */
export function graphOf(estate: Estate): Graph {
  const edges = edgesOf(estate);
  const kinds = new Map<string, NodeKind>();
  for (const [fact, kind] of KINDS) {
    for (const { urn } of estate.facts(fact)) if (!kinds.has(urn)) kinds.set(urn, kind);
  }
  for (const id of wires(estate).routers.keys()) kinds.set(id, "router");
  const places = [...kinds.keys()].flatMap((urn) => placesAround(urn, estate));
  for (const place of places) kinds.set(place, /-\d+$/.test(place) ? "zone" : "region");
  for (const { from, to } of edges) {
    for (const end of [from, to]) {
      if (end === INTERNET) kinds.set(end, "internet");
      if (end === ELSEWHERE) kinds.set(end, "elsewhere");
      if (end.startsWith(HOST)) kinds.set(end, "third-party");
    }
  }
  const nodes = [...kinds].map(
    ([id, kind]): GraphNode => ({
      id,
      kind,
      region: estate.resource(id) === undefined ? undefined : regionOf(estate.resource(id)),
      tier: tagValue(estate, id, "tier"),
      dataClass: tagValue(estate, id, "data-class"),
    }),
  );
  const inside = placeEdges([...kinds.keys()], estate);
  const order = (e: GraphEdge): string => [e.from, e.to, e.kind, e.by, e.property].join("\n");
  const all = [...new Map([...edges, ...inside].map((e) => [order(e), e])).entries()];
  return {
    nodes: nodes.sort((a, b) => byText(a.id, b.id)),
    edges: all.sort(([a], [b]) => byText(a, b)).map(([, edge]) => edge),
  };
}

function placesAround(urn: string, estate: Estate): readonly string[] {
  const place = estate.resource(urn)?.location?.place;
  if (place?.known !== true) return [];
  const region = place.value.replace(/-\d+$/, "");
  return region === place.value ? [region] : [region, place.value];
}

const placeEdges = (ids: readonly string[], estate: Estate): readonly GraphEdge[] =>
  ids.flatMap((urn) => {
    const location = estate.resource(urn)?.location;
    if (location?.place.known !== true) return [];
    const { property } = location;
    return [{ kind: "stands-in", from: urn, to: location.place.value, by: urn, property, ground: "stated" } as const];
  });

function edgesOf(estate: Estate): readonly GraphEdge[] {
  const w = wires(estate);
  const edge = (
    kind: EdgeKind,
    from: string,
    to: string,
    rest: Omit<GraphEdge, "kind" | "from" | "to">,
  ): GraphEdge => ({
    kind,
    from,
    to,
    by: rest.by,
    property: rest.property,
    ground: rest.ground,
  });
  const nets = [...w.nets.values()].flatMap((net) =>
    net.vpcs.map((vpc) => edge("stands-in", net.id, vpc.id, { by: net.id, property: "vpcId", ground: vpc.ground })),
  );
  const hosts = [...w.hosts.values()].flatMap((host) =>
    host.cards.map((card) => edge("stands-in", host.id, leadsElsewhere(card) ? ELSEWHERE : card.net, card)),
  );
  const balancers = [...w.balancers.values()].flatMap((b) => [
    ...b.nets.map((seat) => edge("attached", b.id, seat.id, { ...seat, property: "privateNetworks" })),
    edge("opens", INTERNET, b.id, { by: b.id, property: "ipIds", ground: "stated" }),
  ]);
  const attachments = [...w.attachmentsAt.values()]
    .flat()
    .map((a) => edge("attached", a.gateway, a.net, { by: a.by, property: "privateNetworkId", ground: a.ground }));
  const vpcs = [...w.vpcs.values()].flatMap((vpc) => [
    ...vpc.peers.map((peer) => edge("peers", vpc.id, peer.to, { ...peer, property: "targetVpcId" })),
    ...vpc.routes.flatMap((route) =>
      route.to.map((hop) => edge("routes", vpc.id, hop.kind === "elsewhere" ? ELSEWHERE : hop.id, route)),
    ),
  ]);
  const doors = w.doors.map((door) => edge("opens", INTERNET, door.at, door));
  const members = [...membersOf(estate).values()].flat().map((grip) => edge("member", grip.from, grip.to, grip));
  const bound = estate.facts("grants").flatMap((policy) =>
    policy.principals.flatMap((ref) => {
      const link = estate.linkAny(ref);
      return link.kind === "found"
        ? [
            edge("bound", link.fact.urn, policy.urn, {
              by: policy.urn,
              property: ref.property,
              ground: link.assumed ? "assumed" : "stated",
            }),
          ]
        : [];
    }),
  );
  const data = [...flowsOfData(estate).values()].flat().map(({ grip }) => edge("data", grip.from, grip.to, grip));
  return [...nets, ...hosts, ...balancers, ...attachments, ...vpcs, ...doors, ...members, ...bound, ...data];
}
