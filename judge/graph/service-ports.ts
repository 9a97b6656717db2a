import type { Known } from "../../kernel/known.ts";
import type { ServiceFact, ServicePort } from "../facts/fact-services.ts";
import type { Ground } from "./model.ts";
import { ANY_PORT, protocolSpan, type Span } from "./packets.ts";

/** Ports that Kubernetes gives to Services on nodes. */
const NODE_PORTS: Span = [30_000, 32_767];

/** A port of a Service as the graph reads it; what is not known is any port. */
export interface ReadPort {
  readonly at: string;
  readonly protocol: Span | undefined;
  readonly port: Span;
  readonly target: Span;
  readonly nodePort: Span;
  readonly ground: Ground;
}

export function portsOf({ ports }: ServiceFact): readonly ReadPort[] {
  if (!ports.value.known) {
    const any = { port: ANY_PORT, target: ANY_PORT, nodePort: NODE_PORTS };
    return [{ at: ports.property, protocol: undefined, ...any, ground: "unresolved" }];
  }
  return ports.value.value.map(readPort);
}

function readPort({ at, protocol, port, target, nodePort }: ServicePort): ReadPort {
  const name = protocol.known ? (protocol.value ?? "TCP").toUpperCase() : undefined;
  const listens = one(port);
  const number = target.known && target.value !== undefined ? Number(target.value) : Number.NaN;
  const named = target.known && target.value !== undefined && !Number.isInteger(number);
  return {
    at,
    protocol: name === "TCP" || name === "UDP" ? protocolSpan(name) : undefined,
    port: listens,
    // A name is whatever the pod calls so: any of its ports.
    target: !target.known || named ? ANY_PORT : target.value === undefined ? listens : [number, number],
    nodePort: nodePort.known && nodePort.value !== undefined ? [nodePort.value, nodePort.value] : NODE_PORTS,
    ground: port.known ? "stated" : "unresolved",
  };
}

const one = (value: Known<number | undefined>): Span =>
  value.known && value.value !== undefined ? [value.value, value.value] : ANY_PORT;
