import { createServer } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { type Address, addressOf, dial } from "./connect.ts";
import { type BastionLink, type Entrance, openLink } from "./ssh.ts";

/** Where a cluster's API server is, and through which bastion it is reached. */
export interface Way {
  readonly api: Address;
  readonly bastion: Address;
}

/** A forward proxy on loopback: what is asked of a cluster goes through the bastion of its region, everything else as before. */
export interface Tunnel {
  /** For `HTTPS_PROXY`: clients keep the cluster's own name, and its certificate holds. */
  readonly url: string;
  /** Enters every bastion now, and not when something first asks for it. @throws BastideError exit 3 naming the one that refuses. */
  enter(): Promise<void>;
  close(): Promise<void>;
}

export interface TunnelOptions {
  /** The clusters and their bastions; asked for when the first connection to something like a cluster comes. */
  readonly ways: () => Promise<readonly Way[]>;
  readonly entrance: Entrance;
  /** Proxy that everything else goes on to. Default: straight. */
  readonly upstream: string | undefined;
  /** On loopback. Default: a free one. */
  readonly port?: number | undefined;
}

/** Names that Kapsule gives its API servers. */
const CLUSTER_NAME = /\.api\.k8s\.[a-z0-9-]+\.scw\.cloud$/;

export async function openTunnel({ ways, entrance, upstream, port: wanted = 0 }: TunnelOptions): Promise<Tunnel> {
  const links = new Map<string, Promise<BastionLink>>();
  const open = new Set<Duplex>();
  let known: Promise<readonly Way[]> | undefined;

  async function allWays(): Promise<readonly Way[]> {
    known ??= ways();
    try {
      return await known;
    } catch (error) {
      known = undefined;
      throw error;
    }
  }

  const wayTo = async ({ host, port }: Address): Promise<Way | undefined> =>
    CLUSTER_NAME.test(host) ? (await allWays()).find(({ api }) => api.host === host && api.port === port) : undefined;

  async function linkTo(bastion: Address): Promise<BastionLink> {
    const key = `${bastion.host}:${bastion.port}`;
    const before = links.get(key);
    const found = await before?.catch(() => undefined);
    if (found !== undefined && !found.closed) return found;
    // Whoever asked at the same time may have entered meanwhile: one link to a bastion, and the one that is closed at the end.
    const since = links.get(key);
    if (since !== undefined && since !== before) return since;
    const made = openLink(bastion, entrance);
    links.set(key, made);
    return made;
  }

  async function reach(target: Address): Promise<Duplex> {
    const way = await wayTo(target);
    return way === undefined ? dial(target, upstream) : (await linkTo(way.bastion)).forward(way.api);
  }

  const server = createServer((_, response) => {
    response.writeHead(501, { "content-type": "text/plain" });
    response.end("this is `bastide tunnel`: a forward proxy for HTTPS, name it in HTTPS_PROXY\n");
  });
  server.on("connect", (request, socket: Socket, head: Buffer) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    socket.on("error", () => socket.destroy());
    reach(addressOf(request.url ?? "")).then(
      (far) => {
        open.add(far);
        far.on("close", () => {
          open.delete(far);
          socket.destroy();
        });
        far.on("error", () => socket.destroy());
        socket.on("close", () => far.destroy());
        socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
        if (head.length > 0) far.write(head);
        far.pipe(socket).pipe(far);
      },
      (error: unknown) => {
        const why = (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, " ").slice(0, 500);
        socket.end(`HTTP/1.1 502 No Way\r\ncontent-type: text/plain\r\n\r\nbastide tunnel: ${why}\n`);
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(wanted, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    enter: async () => {
      for (const { bastion } of await allWays()) await linkTo(bastion);
    },
    close: async () => {
      for (const link of links.values()) (await link.catch(() => undefined))?.close();
      for (const end of open) end.destroy();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
