import { createServer } from "node:http";
import type { Duplex } from "node:stream";
import { TLSSocket } from "node:tls";
import type { Authority } from "./core/ca.ts";
import { respond } from "./core/exchange.ts";
import type { Faults } from "./core/faults.ts";
import type { Ledger } from "./core/ledger.ts";
import type { WireService } from "./core/wire.ts";

/** Where a connection that somebody else carried here comes from, and what it asks for. */
export interface Carried {
  readonly host: string;
  /** Public address that it comes from. */
  readonly from: string;
  /** Program at its other end. */
  readonly client: string;
}

/** Takes connections that come by another way than the proxy, such as a bastion's, and answers them as the host itself would. */
export interface TlsDoor {
  serves(host: string): boolean;
  take(stream: Duplex, carried: Carried): void;
}

export function openTlsDoor(parts: {
  readonly authority: Authority;
  readonly ledger: Ledger;
  readonly services: readonly WireService[];
  readonly faults: Faults;
}): TlsDoor {
  const { authority, ledger, services, faults } = parts;
  const carriedBy = new WeakMap<object, Carried>();
  const serviceOf = (host: string): WireService | undefined => services.find((s) => s.serves(host));
  const inner = createServer((request, response) => {
    const { host, from, client } = carriedBy.get(request.socket) ?? { host: "", from: "", client: "" };
    const service = serviceOf(host);
    void respond(request, response, {
      host,
      service,
      ledger,
      faults,
      client: Promise.resolve(client),
      clientAddress: from,
    });
  });
  inner.keepAliveTimeout = 60_000;
  return {
    serves: (host) => serviceOf(host) !== undefined,
    take: (stream, carried) => {
      stream.on("error", () => stream.destroy());
      authority
        .contextFor(carried.host)
        .then((secureContext) => {
          const tls = new TLSSocket(stream as never, { isServer: true, secureContext, ALPNProtocols: ["http/1.1"] });
          tls.on("error", () => tls.destroy());
          carriedBy.set(tls, carried);
          inner.emit("connection", tls);
        })
        .catch(() => stream.destroy());
    },
  };
}
