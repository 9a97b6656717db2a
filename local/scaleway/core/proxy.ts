import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout } from "node:timers/promises";
import { TLSSocket } from "node:tls";
import { toolError } from "../../../kernel/errors.ts";
import type { Authority } from "./ca.ts";
import { type Fault, type Faults, NO_FAULTS } from "./faults.ts";
import type { Ledger } from "./ledger.ts";
import type { WireRequest, WireResponse, WireService } from "./wire.ts";

/**
 * The way in: a forward proxy on loopback. `CONNECT host:443` of an emulated host is answered by ourselves, TLS included, and
 * so is a plain `http://` request; any other host is refused and written down. Nothing is ever passed on to the network.
 */
export interface Proxy {
  readonly port: number;
  close(): Promise<void>;
}

const HOST_OF = new WeakMap<object, string>();
/** Larger bodies are refused: object uploads in a rehearsal are small. */
const MAX_BODY = 512 * 1024 * 1024;

export async function startProxy(options: {
  readonly port: number;
  readonly authority: Authority;
  readonly ledger: Ledger;
  readonly services: readonly WireService[];
  /** Default: none. */
  readonly faults?: Faults;
}): Promise<Proxy> {
  const { authority, ledger, services, faults = NO_FAULTS } = options;
  const serviceOf = (host: string): WireService | undefined => services.find((s) => s.serves(host));
  const sockets = new Set<Socket>();

  const inner = createServer((request, response) => {
    const host = HOST_OF.get(request.socket) ?? "";
    void respond(request, response, { host, service: serviceOf(host), ledger, faults });
  });
  inner.keepAliveTimeout = 60_000;

  const outer = createServer((request, response) => {
    const target = URL.canParse(request.url ?? "") ? new URL(request.url ?? "") : undefined;
    if (target === undefined) {
      response
        .writeHead(400, { "content-type": "text/plain" })
        .end("this is a forward proxy: name it in HTTPS_PROXY (`bastide local start --json` prints the variables)\n");
      return;
    }
    const host = target.hostname.toLowerCase();
    const service = serviceOf(host);
    if (service === undefined) {
      ledger.record(host, false, request.method ?? "GET");
      response.writeHead(502, { "content-type": "text/plain" }).end(`${host} is not emulated; nothing was sent\n`);
      return;
    }
    request.url = `${target.pathname}${target.search}`;
    void respond(request, response, { host, service, ledger, faults });
  });
  outer.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  outer.on("connect", (request: IncomingMessage, socket: Socket) => {
    socket.on("error", () => socket.destroy());
    const host = hostOf(request.url ?? "");
    if (serviceOf(host) === undefined) {
      ledger.record(host, false, "CONNECT");
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

interface Exchange {
  readonly host: string;
  readonly service: WireService | undefined;
  readonly ledger: Ledger;
  readonly faults: Faults;
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  { host, service, ledger, faults }: Exchange,
): Promise<void> {
  let answer: WireResponse;
  let fault: Fault | undefined;
  try {
    const wire = await readWire(request, host);
    ledger.record(host, service !== undefined, wire.method);
    fault = faults(wire);
    if (fault?.kind === "reset" && !fault.after) return void request.socket.destroy();
    answer =
      fault?.kind === "answer"
        ? fault.response
        : service === undefined
          ? { status: 502, headers: {}, body: `${host} is not emulated` }
          : await service.answer(wire);
  } catch (error) {
    answer = {
      status: 500,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ type: "internal", message: String(error) }),
    };
  }
  if (fault?.kind === "reset") return void request.socket.destroy();
  if (fault?.kind === "slow") await setTimeout(fault.ms);
  send(request, response, answer, fault?.kind === "truncate" ? fault.bytes : undefined);
}

/** @param cut bytes after which the connection ends, whatever length was promised. */
function send(request: IncomingMessage, response: ServerResponse, answer: WireResponse, cut: number | undefined): void {
  const body = Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(answer.body);
  // An answer to HEAD tells the length of what GET would bring: the service says it, we don't.
  const length = request.method === "HEAD" || answer.status === 204 ? {} : { "content-length": String(body.length) };
  response.writeHead(answer.status, { ...answer.headers, ...length });
  if (cut === undefined || cut >= body.length) response.end(request.method === "HEAD" ? undefined : body);
  else response.write(body.subarray(0, cut), () => request.socket.destroy());
}

async function readWire(request: IncomingMessage, host: string): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const part = Buffer.from(chunk);
    size += part.length;
    if (size > MAX_BODY) throw new Error("request body over 512 MiB");
    chunks.push(part);
  }
  const [path = "/", ...query] = (request.url ?? "/").split("?");
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(",") : value]),
  );
  return {
    method: request.method ?? "GET",
    host,
    path,
    rawQuery: query.join("?"),
    headers,
    body: Buffer.concat(chunks),
    sourceIp: "127.0.0.1",
  };
}
