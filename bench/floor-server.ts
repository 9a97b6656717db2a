import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Hono } from "hono";
import { apiInMemory } from "./floor-api.ts";

/** One of the two servers that the floor is measured on: tells its port, then its memory whenever it is asked. */
const [kind = "empty"] = process.argv.slice(2);

/** As little as a hono server can do: the same few bytes for every call. */
const empty = new Hono().all("*", (context) => context.json({ vpcs: [], total_count: 0 }));
const scaleway = kind === "scaleway" ? apiInMemory() : undefined;

const server = createServer((request, response) => {
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  request.resume();
  request.on("end", () => {
    const answer =
      scaleway === undefined
        ? Promise.resolve(empty.fetch(new Request(url))).then(async (r) => ({ status: r.status, body: await r.text() }))
        : scaleway.call(request.method ?? "GET", url.pathname, url.search.slice(1));
    void answer.then(({ status, body }) =>
      response.writeHead(status, { "content-type": "application/json" }).end(body),
    );
  });
});
server.listen(0, "127.0.0.1", () => {
  const address: AddressInfo | string | null = server.address();
  process.send?.({ port: typeof address === "object" && address !== null ? address.port : 0 });
});
process.on("message", () => process.send?.({ rss: process.memoryUsage.rss() }));
process.on("SIGTERM", () => process.exit(0));
