import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout } from "node:timers/promises";
import type { Fault, Faults } from "./faults.ts";
import type { Ledger } from "./ledger.ts";
import type { WireRequest, WireResponse, WireService } from "./wire.ts";

/** One request and its answer on a connection: read whole, disturbed where a fault says so, answered, written down. */
export interface Exchange {
  readonly host: string;
  readonly service: WireService | undefined;
  readonly ledger: Ledger;
  readonly faults: Faults;
  /** Program at the other end. */
  readonly client: Promise<string>;
  /** Public address that the request is taken to come from. */
  readonly clientAddress: string;
}

/** Where every client of this machine really is. */
export const LOOPBACK = "127.0.0.1";

/** Larger bodies are refused: object uploads in a rehearsal are small. */
const MAX_BODY = 512 * 1024 * 1024;

export async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  { host, service, ledger, faults, client, clientAddress }: Exchange,
): Promise<void> {
  let answer: WireResponse;
  let fault: Fault | undefined;
  let sent = 0;
  try {
    const wire = await readWire(request, host, clientAddress);
    sent = wire.body.length;
    fault = faults(wire);
    const done = fault === undefined || !("after" in fault) || fault.after ? await answerOf(wire, service) : NOTHING;
    answer = fault?.kind === "answer" ? fault.response : done;
  } catch (error) {
    answer = failure(error);
  }
  const method = request.method ?? "GET";
  const received = Buffer.byteLength(answer.body);
  ledger.record({ host, emulated: service !== undefined, method, client: await client, sent, received });
  if (fault?.kind === "slow" || fault?.kind === "reset") await setTimeout(fault.ms ?? 0, undefined, { ref: false });
  if (fault?.kind === "reset") request.socket.destroy();
  else send(request, response, answer, fault?.kind === "truncate" ? fault.bytes : undefined);
}

/** A request to the proxy itself: no host, no ledger, no faults. */
export async function answerDirectly(
  request: IncomingMessage,
  response: ServerResponse,
  answer: WireService["answer"],
): Promise<void> {
  try {
    send(request, response, await answer(await readWire(request, "", LOOPBACK)), undefined);
  } catch (error) {
    send(request, response, failure(error), undefined);
  }
}

const NOTHING: WireResponse = { status: 204, headers: {}, body: "" };

const answerOf = async (wire: WireRequest, service: WireService | undefined): Promise<WireResponse> =>
  service === undefined ? { status: 502, headers: {}, body: `${wire.host} is not emulated` } : service.answer(wire);

const failure = (error: unknown): WireResponse => ({
  status: 500,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ type: "internal", message: String(error) }),
});

/** @param cut bytes after which the connection ends, whatever length was promised. */
function send(request: IncomingMessage, response: ServerResponse, answer: WireResponse, cut: number | undefined): void {
  const body = Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(answer.body);
  // An answer to HEAD tells the length of what GET would bring: the service says it, we don't.
  const length = request.method === "HEAD" || answer.status === 204 ? {} : { "content-length": String(body.length) };
  response.writeHead(answer.status, { ...answer.headers, ...length });
  if (cut === undefined || cut >= body.length) response.end(request.method === "HEAD" ? undefined : body);
  else response.write(body.subarray(0, cut), () => request.socket.destroy());
}

async function readWire(request: IncomingMessage, host: string, sourceIp: string): Promise<WireRequest> {
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
    sourceIp,
  };
}
