import type { TrafficPort } from "../facts/fact-kubernetes.ts";
import { ANY_PORT, boxOf, type Packets, packets, protocolSpan, type Span } from "./packets.ts";

/** A port of a policy's rule; a named one is every port. */
export function portOf({ protocol, port, end }: TrafficPort): {
  protocol: Span | undefined;
  ports: Span;
  sure: boolean;
} {
  const name = protocol.known ? (protocol.value ?? "TCP").toUpperCase() : undefined;
  const axis = name === "TCP" || name === "UDP" ? protocolSpan(name) : undefined;
  if (!port.known || !end.known) return { protocol: axis, ports: ANY_PORT, sure: false };
  const low = Number(port.value);
  if (port.value === undefined || !Number.isInteger(low))
    return { protocol: axis, ports: ANY_PORT, sure: name !== undefined };
  return { protocol: axis, ports: [low, end.value ?? low], sure: name !== undefined };
}

/** Both sides name the ports of the one that is called. */
export function meetPorts(out: Packets, into: Packets): Packets {
  const boxes = out.boxes.flatMap((a) =>
    into.boxes.flatMap((b) => {
      if (a.family !== b.family) return [];
      const low = Math.max(a.toPort[0], b.toPort[0]);
      const high = Math.min(a.toPort[1], b.toPort[1]);
      const first = Math.max(a.protocol[0], b.protocol[0]);
      const last = Math.min(a.protocol[1], b.protocol[1]);
      const toPort: Span = [low, high];
      const protocol: Span = [first, last];
      return low > high || first > last ? [] : [{ ...boxOf(a.family, {}), toPort, protocol }];
    }),
  );
  return packets(boxes);
}
