import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type PeerCertificate, TLSSocket, connect as tlsConnect } from "node:tls";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openAuthority } from "../../local/scaleway/core/ca.ts";
import type { Fault } from "../../local/scaleway/core/faults.ts";
import { type Ledger, openLedger } from "../../local/scaleway/core/ledger.ts";
import { type Proxy as LocalProxy, startProxy } from "../../local/scaleway/core/proxy.ts";
import { openStore } from "../../local/scaleway/core/store.ts";

const HOST = "bucket.s3.fr-par.scw.cloud";
let dir: string;
let proxy: LocalProxy;
let ledger: Ledger;
let fault: Fault | undefined;
let seen: string[];
let ca: string;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "bastide-proxy-"));
  const authority = await openAuthority(dir);
  ca = readFileSync(authority.file, "utf8");
  ledger = openLedger(openStore(undefined));
  fault = undefined;
  seen = [];
  proxy = await startProxy({
    port: 0,
    authority,
    ledger,
    faults: () => fault,
    services: [
      {
        serves: (host) => host.endsWith(".scw.cloud"),
        answer: (wire) => {
          seen.push(`${wire.method} ${wire.host}${wire.path}?${wire.rawQuery} ${wire.body.toString()}`);
          return { status: 200, headers: { "x-own": "yes" }, body: "0123456789" };
        },
      },
    ],
  });
});
afterEach(async () => {
  await proxy.close();
  rmSync(dir, { recursive: true, force: true });
});

/** CONNECT through the proxy: its status line, and the raw connection. */
const tunnel = (host: string): Promise<{ readonly status: string; readonly socket: Socket; readonly rest: string }> =>
  new Promise((resolve, reject) => {
    const socket = connect(proxy.port, "127.0.0.1", () =>
      socket.write(`CONNECT ${host}:443 HTTP/1.1\r\nhost: ${host}\r\n\r\n`),
    );
    socket.once("error", reject);
    socket.once("data", (data) => {
      const [status = "", ...rest] = data.toString().split("\r\n");
      resolve({ status, socket, rest: rest.join("\n") });
    });
  });

interface Reply {
  readonly status: number | undefined;
  readonly body: string;
  readonly certificate: PeerCertificate;
}

async function https(method: string, path: string, body = ""): Promise<Reply> {
  const { socket } = await tunnel(HOST);
  const secure = tlsConnect({ socket, servername: HOST, ca });
  return new Promise((resolve, reject) => {
    secure.once("error", reject);
    const call = httpsRequest({ method, path, host: HOST, createConnection: () => secure }, (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => (text += chunk.toString()));
      response.on("error", reject);
      response.on("end", () => {
        const certificate = secure instanceof TLSSocket ? secure.getPeerCertificate() : undefined;
        if (certificate !== undefined) resolve({ status: response.statusCode, body: text, certificate });
      });
    });
    call.once("error", reject);
    call.end(body);
  });
}

describe("proxy", () => {
  it("answers emulated hosts itself, with a certificate that its own authority signed for them", async () => {
    const { status, body, certificate } = await https("PUT", "/key?x=1", "hello");
    expect([status, body]).toEqual([200, "0123456789"]);
    expect(certificate.subjectaltname).toBe(`DNS:${HOST}`);
    expect(seen).toEqual([`PUT ${HOST}/key?x=1 hello`]);
    expect(ledger.hosts()).toEqual([{ host: HOST, emulated: true, requests: 1 }]);
    expect(ledger.writes()).toBe(1);
    const [client] = ledger.clients();
    expect(client).toMatchObject({ host: HOST, methods: { PUT: 1 }, sent: 5, received: 10 });
    expect(client?.client).toMatch(/^node/);
  });

  it("refuses every other host, says so and writes it down", async () => {
    const { status, rest, socket } = await tunnel("pypi.example");
    socket.destroy();
    expect(status).toBe("HTTP/1.1 502 Not Emulated");
    expect(rest).toContain("pypi.example is not emulated; nothing was sent");
    await expect.poll(() => ledger.refused()).toEqual(["pypi.example"]);
    expect(seen).toEqual([]);
  });

  it.each([
    ["http://bucket.s3.fr-par.scw.cloud/a?b=c", 200, []],
    ["http://elsewhere.example/", 502, ["elsewhere.example"]],
    ["/not-a-proxy-request", 400, []],
  ])("takes plain requests alike: %s", async (path, status, refused) => {
    const got = await new Promise((resolve, reject) => {
      httpRequest({ host: "127.0.0.1", port: proxy.port, path }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on("error", reject)
        .end();
    });
    expect(got).toBe(status);
    await expect.poll(() => ledger.refused()).toEqual(refused);
  });

  it("is told apart from a free port", async () => {
    const again = startProxy({ port: proxy.port, authority: await openAuthority(dir), ledger, services: [] });
    await expect(again).rejects.toThrow(/EADDRINUSE[\s\S]*a free port/);
  });
});

describe("faults", () => {
  it("answer in the service's place", async () => {
    fault = { kind: "answer", after: false, response: { status: 429, headers: { "retry-after": "1" }, body: "later" } };
    expect(await https("GET", "/")).toMatchObject({ status: 429, body: "later" });
    expect(seen).toEqual([]);
  });

  it.each([
    [false, 0],
    [true, 1],
  ])("cut the connection, before the work or after it (%s)", async (after, done) => {
    fault = { kind: "reset", after };
    await expect(https("POST", "/")).rejects.toThrow(/hang up|ECONNRESET|disconnected/);
    expect(seen).toHaveLength(done);
  });

  it("cut the answer short", async () => {
    fault = { kind: "truncate", bytes: 4 };
    await expect(https("GET", "/")).rejects.toThrow(/aborted|hang up|ECONNRESET/);
    expect(seen).toHaveLength(1);
  });

  it("keep an answer back", async () => {
    fault = { kind: "slow", ms: 120 };
    const started = performance.now();
    expect((await https("GET", "/")).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThanOrEqual(115);
  });
});

it("the authority is made once a folder, and its key is nobody else's to read", async () => {
  const again = await openAuthority(dir);
  expect(readFileSync(again.file, "utf8")).toBe(ca);
  const certificate = new X509Certificate(ca);
  expect(certificate.ca).toBe(true);
  expect(certificate.checkIssued(certificate)).toBe(true);
  expect(statSync(join(dir, "ca.key.pem")).mode & 0o077).toBe(0);
});
