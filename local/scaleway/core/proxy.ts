import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { toolError } from "../../../kernel/errors.ts";
import type { Authority } from "./ca.ts";
import { clientOfPort } from "./clients.ts";
import { answerDirectly, LOOPBACK, respond } from "./exchange.ts";
import { type Faults, NO_FAULTS } from "./faults.ts";
import type { Ledger } from "./ledger.ts";
import type { WireService } from "./wire.ts";

/**
 * The way in: a forward proxy on loopback. `CONNECT host:443` of an emulated host is answered by ourselves, TLS included, and
 * so is a plain `http://` request; any other host is refused and written down. Nothing is ever passed on to the network.
 */
export interface Proxy {
  readonly port: number;
  close(): Promise<void>;
}

const HOST_OF = new WeakMap<object, string>();
const CLIENT_OF = new WeakMap<object, Promise<string>>();

/** The program behind a connection, looked up once. */
function clientOf(socket: Socket): Promise<string> {
  const known = CLIENT_OF.get(socket) ?? clientOfPort(socket.remotePort);
  CLIENT_OF.set(socket, known);
  return known;
}

export async function startProxy(options: {
  readonly port: number;
  readonly authority: Authority;
  readonly ledger: Ledger;
  readonly services: readonly WireService[];
  /** Default: none. */
  readonly faults?: Faults;
  /** Answers what is asked of the proxy itself (no host in the request). Default: it says what it is. */
  readonly control?: WireService["answer"];
  /** Public address that every request is taken to come from. Default: loopback, as it is. */
  readonly clientAddress?: string;
}): Promise<Proxy> {
  const { authority, ledger, services, faults = NO_FAULTS, control = notAProxyRequest } = options;
  const { clientAddress = LOOPBACK } = options;
  const serviceOf = (host: string): WireService | undefined => services.find((s) => s.serves(host));
  const sockets = new Set<Socket>();
  const refuse = (host: string, method: string, socket: Socket): void =>
    void clientOf(socket).then((client) =>
      ledger.record({ host, emulated: false, method, client, sent: 0, received: 0 }),
    );

  const inner = createServer((request, response) => {
    const host = HOST_OF.get(request.socket) ?? "";
    const client = clientOf(request.socket);
    void respond(request, response, { host, service: serviceOf(host), ledger, faults, client, clientAddress });
  });
  inner.keepAliveTimeout = 60_000;

  const outer = createServer((request, response) => {
    const target = URL.canParse(request.url ?? "") ? new URL(request.url ?? "") : undefined;
    if (target === undefined) return void answerDirectly(request, response, control);
    const host = target.hostname.toLowerCase();
    const service = serviceOf(host);
    if (service === undefined) {
      refuse(host, request.method ?? "GET", request.socket);
      response.writeHead(502, { "content-type": "text/plain" }).end(`${host} is not emulated; nothing was sent\n`);
      return;
    }
    request.url = `${target.pathname}${target.search}`;
    const client = clientOf(request.socket);
    void respond(request, response, { host, service, ledger, faults, client, clientAddress });
  });
  outer.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  outer.on("connect", (request: IncomingMessage, socket: Socket) => {
    socket.on("error", () => socket.destroy());
    const host = hostOf(request.url ?? "");
    if (serviceOf(host) === undefined) {
      refuse(host, "CONNECT", socket);
      socket.end(
        `HTTP/1.1 502 Not Emulated\r\ncontent-type: text/plain\r\n\r\n${host} is not emulated; nothing was sent\n`,
      );
      return;
    }
    authority
      .contextFor(host)
      .then((secureContext) => {
        socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
        const tls = new TLSSocket(socket, { isServer: true, secureContext, ALPNProtocols: ["http/1.1"] });
        tls.on("error", () => tls.destroy());
        HOST_OF.set(tls, host);
        CLIENT_OF.set(tls, clientOf(socket));
        inner.emit("connection", tls);
      })
      .catch((error: unknown) => socket.destroy(error instanceof Error ? error : new Error(String(error))));
  });
  await listen(outer, options.port);
  return {
    port: portOf(outer),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        outer.close(() => resolve());
      }),
  };
}

const notAProxyRequest: WireService["answer"] = () => ({
  status: 400,
  headers: { "content-type": "text/plain" },
  body: "this is a forward proxy: name it in HTTPS_PROXY (`bastide local start --json` prints the variables)\n",
});

/** Host of `host:port`, lower case. */
const hostOf = (authority: string): string => authority.replace(/:\d+$/, "").toLowerCase();

const portOf = (server: Server): number => {
  const address: AddressInfo | string | null = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
};

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        toolError("the local Scaleway cannot listen", [
          {
            code: "local.port",
            path: `127.0.0.1:${port}`,
            got: error.code ?? error.message,
            want: "a free port",
            fix: "leave the port out (a free one is taken), or stop what uses it",
          },
        ]),
      ),
    );
    server.listen(port, "127.0.0.1", resolve);
  });
