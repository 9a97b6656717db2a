import { push } from "../../kernel/multimap.ts";
import type { Estate } from "../facts/estate.ts";
import type { BackendFact } from "../facts/fact-topology.ts";
import { type Addresses, readRange } from "./addresses.ts";
import { type Ground, weaker } from "./model.ts";
import { ANY_PORT, protocolSpan, type Span } from "./packets.ts";
import { candidates, networksAt } from "./topology.ts";

/**
 * Load balancers: a connection to a frontend's port becomes one to a server of its backend.
 *
 * Modelled: private networks written on the balancer or attached apart, routes by name or path as if always taken, backends by address.
 * Every balancer is public: provider 2.80.0 drops the wish for none. Not modelled: ACLs of frontends, health checks, what a
 * proxy refuses by its content.
 */
export interface Balancer {
  readonly id: string;
  readonly nets: readonly { readonly id: string; readonly by: string; readonly ground: Ground }[];
  readonly ways: readonly BalancedWay[];
}

export interface BalancedWay {
  readonly frontend: string;
  readonly backend: string;
  readonly property: string;
  readonly port: Span;
  readonly protocol: Span;
  /** `any`: one that is not known. */
  readonly servers: readonly Addresses[] | "any";
  readonly serverPort: Span;
  readonly ground: Ground;
}

const UNRESOLVED: Ground = "unresolved";

const port = (value: { known: true; value: number | undefined } | { known: false }): Span =>
  value.known && value.value !== undefined ? [value.value, value.value] : ANY_PORT;

export function balancersOf(estate: Estate): readonly Balancer[] {
  const attached = estate.facts("balancer-network").map((fact) => ({
    fact,
    of: candidates(fact.balancer, "balancer", estate),
  }));
  const ways = waysOf(estate);
  return estate.facts("balancer").map((fact) => {
    const { value } = fact.networks;
    const written = value.known
      ? value.value.flatMap((ref) => networksAt(ref, estate).nets)
      : estate.facts("private-network").map(({ urn }) => ({ id: urn, ground: UNRESOLVED }));
    const apart = attached.flatMap(({ fact: link, of }) =>
      of
        .filter((b) => b.id === fact.urn)
        .flatMap((b) =>
          networksAt(link.network, estate).nets.map((n) => ({
            id: n.id,
            by: link.urn,
            ground: weaker(n.ground, b.ground),
          })),
        ),
    );
    return {
      id: fact.urn,
      nets: [...written.map((n) => ({ ...n, by: fact.urn })), ...apart],
      ways: ways.get(fact.urn) ?? [],
    };
  });
}

/** Ways by balancer: each frontend with its backend, and with those that a route may choose instead. */
function waysOf(estate: Estate): ReadonlyMap<string, readonly BalancedWay[]> {
  const found = new Map<string, BalancedWay[]>();
  const routed = new Map<string, { readonly id: string; readonly ground: Ground }[]>();
  for (const route of estate.facts("frontend-route")) {
    for (const frontend of candidates(route.frontend, "frontend", estate)) {
      const backends = candidates(route.backend, "backend", estate);
      const own = backends.map((b) => ({ id: b.id, ground: weaker(b.ground, frontend.ground) }));
      routed.set(frontend.id, [...(routed.get(frontend.id) ?? []), ...own]);
    }
  }
  for (const frontend of estate.facts("frontend")) {
    const backends = [...candidates(frontend.backend, "backend", estate), ...(routed.get(frontend.urn) ?? [])];
    for (const balancer of candidates(frontend.balancer, "balancer", estate)) {
      for (const named of backends) {
        const backend = estate.factOf("backend", named.id);
        if (backend === undefined) continue;
        const way = wayTo(backend, frontend.urn, port(frontend.port.value), weaker(named.ground, balancer.ground));
        push(found, balancer.id, way);
      }
    }
  }
  return found;
}

function wayTo(backend: BackendFact, frontend: string, listens: Span, ground: Ground): BalancedWay {
  const { value, property } = backend.servers;
  const read = value.known ? value.value.map(readRange) : [undefined];
  const known = read.every((range) => range !== undefined);
  return {
    frontend,
    backend: backend.urn,
    property,
    port: listens,
    protocol: protocolSpan("TCP"),
    servers: known ? read.flatMap((range) => range ?? []) : "any",
    serverPort: port(backend.port.value),
    ground: known ? ground : "unresolved",
  };
}
