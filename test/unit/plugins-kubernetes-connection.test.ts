import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { type AddressInfo, connect as connectTo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Connection, connect, Unreachable } from "../../local/plugins/kubernetes/connection.ts";
import { discovery, NotServed } from "../../local/plugins/kubernetes/discovery.ts";
import { Refusal } from "../../local/plugins/kubernetes/refusals.ts";
import { type Authority, openAuthority } from "../../local/scaleway/core/ca.ts";

/** A name that only the proxy leads anywhere. */
const HOST = "cluster.bastide.test";
let dir: string;
let authority: Authority;
let answers: ((request: IncomingMessage, response: ServerResponse) => void)[];
let seen: { readonly path: string; readonly token: string | undefined }[];
let sockets: number;
let proxy: string;
let close: () => void;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "bastide-kubeconfig-"));
  authority = await openAuthority(dir);
  const context = await authority.contextFor(HOST);
  [answers, seen, sockets] = [[], [], 0];
  const api = createSecureServer({ SNICallback: (_name, done) => done(null, context) }, (request, response) => {
    seen.push({ path: request.url ?? "", token: request.headers.authorization });
    const next = answers.shift();
    if (next === undefined) response.end('{"kind":"ok"}');
    else next(request, response);
  });
  api.on("secureConnection", () => {
    sockets += 1;
  });
  const gate = createServer().on("connect", (_request, socket) => {
    const to = connectTo((api.address() as AddressInfo).port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      to.pipe(socket).pipe(to);
    });
    to.on("error", () => socket.destroy());
    socket.on("error", () => to.destroy());
  });
  await Promise.all([api, gate].map((s) => new Promise<void>((done) => s.listen(0, "127.0.0.1", done))));
  proxy = `http://127.0.0.1:${(gate.address() as AddressInfo).port}`;
  close = () => {
    for (const server of [api, gate]) {
      server.closeAllConnections();
      server.close();
    }
  };
});
afterEach(() => {
  close();
  rmSync(dir, { recursive: true, force: true });
});

function kubeconfig(ca = readFileSync(authority.file)): string {
  const credential = join(dir, "credential");
  const token = { apiVersion: "client.authentication.k8s.io/v1", kind: "ExecCredential", status: { token: "tok" } };
  writeFileSync(credential, `#!/bin/sh\necho asked >> ${join(dir, "asked")}\necho '${JSON.stringify(token)}'\n`, {
    mode: 0o755,
  });
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      { name: "c", cluster: { server: `https://${HOST}:6443`, "certificate-authority-data": ca.toString("base64") } },
    ],
    users: [
      { name: "u", user: { exec: { apiVersion: token.apiVersion, command: credential, interactiveMode: "Never" } } },
    ],
    contexts: [{ name: "x", context: { cluster: "c", user: "u", namespace: "here" } }],
    "current-context": "x",
  });
}

async function open(text = kubeconfig()): Promise<Connection> {
  const connection = await connect(
    { kubeconfig: text, context: undefined, cluster: undefined },
    { HTTPS_PROXY: proxy },
  );
  expect(connection.namespace).toBe("here");
  return connection;
}
const status =
  (code: number, body: unknown = {}) =>
  (_request: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(code).end(JSON.stringify(body));
  };

describe("the connection to an API server", () => {
  it("goes through the proxy, with the token of the credential program, over one socket", async () => {
    const connection = await open();
    for (const path of ["/a", "/b", "/c"]) await connection.send({ method: "GET", path });
    expect(seen).toEqual(["/a", "/b", "/c"].map((path) => ({ path, token: "Bearer tok" })));
    expect([sockets, readFileSync(join(dir, "asked"), "utf8")]).toEqual([1, "asked\n"]);
    connection.close();
  });

  it("sends again what was lost or refused for a moment, and tells warnings", async () => {
    const connection = await open();
    answers = [
      status(503),
      (request) => request.socket.destroy(),
      (_request, response) => response.writeHead(200, { warning: '299 - "old \\"v1\\""' }).end("{}"),
    ];
    expect((await connection.send({ method: "PATCH", path: "/p", body: {} })).warnings).toEqual(['old "v1"']);
    expect(seen.map((s) => s.path)).toEqual(["/p", "/p", "/p"]);
    connection.close();
  });

  it("tells at once what the server means, and what will not pass", async () => {
    const connection = await open();
    answers = [status(422, { message: "no", reason: "Invalid" })];
    await expect(connection.send({ method: "GET", path: "/x" })).rejects.toThrow(Refusal);
    expect(seen.length).toBe(1);
    connection.close();
    const other = await openAuthority(mkdtempSync(join(dir, "other-")));
    const strange = await open(kubeconfig(readFileSync(other.file)));
    await expect(strange.send({ method: "GET", path: "/x" })).rejects.toThrow(/certificate is refused.*fix:/);
    strange.close();
  });

  it("gives up when patience ends, naming server and fix", async () => {
    const connection = await open();
    close();
    const failing = connection.send({ method: "GET", path: "/x" }, 600);
    await expect(failing).rejects.toThrow(Unreachable);
    await expect(failing).rejects.toThrow(/API server https:\/\/cluster\.bastide\.test:6443\/ is not reached.*fix:/);
    connection.close();
  });

  it("says what is wrong with a kubeconfig", async () => {
    const bad = (text: string) => connect({ kubeconfig: text, context: undefined, cluster: undefined }, {});
    await expect(bad("{}\n")).rejects.toThrow(/kubeconfig/);
    await expect(bad(kubeconfig().replace("https://", "http://"))).rejects.toThrow(/want https/);
  });
});

describe("what a cluster serves", () => {
  const list = (kind: string, name: string) => ({
    resources: [
      { kind, name, namespaced: true },
      { kind: "Scale", name: `${name}/scale`, namespaced: true },
    ],
  });

  it("is asked for once, and again for what was not there", async () => {
    const connection = await open();
    const found = discovery(connection);
    answers = [status(200, list("Deployment", "deployments")), status(404), status(200, list("Widget", "widgets"))];
    const app = { apiVersion: "apps/v1", kind: "Deployment", namespace: "s", name: "n" };
    expect(await found.pathOf(app)).toBe("/apis/apps/v1/namespaces/s/deployments/n");
    expect(await found.pathOf({ ...app, name: "m" })).toBe("/apis/apps/v1/namespaces/s/deployments/m");
    expect(seen.length).toBe(1);
    const widget = { apiVersion: "example.org/v1", kind: "Widget", namespace: "s", name: "n" };
    expect(await found.pathOf(widget, 5000)).toBe("/apis/example.org/v1/namespaces/s/widgets/n");
    answers = [status(404), status(404), status(404)];
    await expect(found.pathOf({ ...widget, apiVersion: "none/v1" })).rejects.toThrow(NotServed);
    connection.close();
  });
});
