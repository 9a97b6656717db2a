import { createServer } from "node:http";
import type { Socket } from "node:net";
import ssh2 from "ssh2";
import type { Bastions, CarriedDoor } from "../scaleway/clusters-behind.ts";
import type { Platform } from "../scaleway/core/platform.ts";
import { SSH_KEY } from "../scaleway/services/iam/keys.ts";
import { GATEWAY, type Gateway } from "../scaleway/services/vpcgw/gateways.ts";
import { GATEWAY_IP } from "../scaleway/services/vpcgw/ips.ts";
import { administratorKey, hostKey } from "./administrator.ts";
import { isIn } from "./reach.ts";

/** User that a public gateway's bastion takes. */
const USER = "bastion";

/**
 * The SSH bastions of the public gateways, each under its own address and port. No such address is on this machine: the way to them is
 * an HTTP proxy on loopback, that takes `CONNECT <address>:<port>` and then lets SSH itself be spoken. A bastion answers addresses of
 * its allowed ranges alone, takes the keys that it copied from its project (and the local administrator's), opens no shell, and
 * forwards to API servers of clusters.
 */
export async function openBastions(
  platform: Platform,
  { dataDir, clientAddress }: { readonly dataDir: string; readonly clientAddress: string },
  door: CarriedDoor,
): Promise<Bastions> {
  const administrator = administratorKey(dataDir);
  const host = hostKey(dataDir);
  const sockets = new Set<Socket>();
  const server = createServer((_, response) => {
    response.writeHead(400, { "content-type": "text/plain" });
    response.end("the way to the bastions of the local Scaleway: name it in BASTIDE_SSH_PROXY\n");
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  server.on("connect", (request, socket: Socket) => {
    socket.on("error", () => socket.destroy());
    const gateway = bastionAt(platform, request.url ?? "");
    // Packets from elsewhere are dropped: nothing says that there is a bastion.
    if (gateway === undefined || !gateway.bastion_allowed_ips.some((range) => isIn(clientAddress, range))) {
      socket.destroy();
      return;
    }
    const [address = ""] = (request.url ?? "").split(":");
    socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    const keys = [administrator.publicKey, ...keysOf(platform, gateway)];
    serve(keys, host.privateKey, address, door).injectSocket(socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  const at = server.address();
  const port = typeof at === "object" && at !== null ? at.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    keyFile: administrator.file,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** The gateway whose bastion listens at `<address>:<port>`. */
function bastionAt(platform: Platform, target: string): Gateway | undefined {
  const [address, port] = target.split(":");
  const ip = platform
    .collection(GATEWAY_IP)
    .all()
    .find((i) => i.address === address);
  const gateway = platform.collection(GATEWAY).find(ip?.gateway_id ?? "");
  const listens = gateway?.bastion_enabled === true && gateway.status === "running";
  return listens && String(gateway.bastion_port) === port ? gateway : undefined;
}

/** Those of its project when it was switched on or last refreshed; later ones it does not know. */
const keysOf = (platform: Platform, gateway: Gateway): readonly string[] =>
  platform
    .collection(SSH_KEY)
    .all()
    .filter((key) => key.project_id === gateway.project_id && !key.disabled)
    .filter((key) => gateway.bastion_keys_at !== null && key.created_at <= gateway.bastion_keys_at)
    .map((key) => key.public_key);

function serve(keys: readonly string[], hostKeyFile: Buffer, address: string, door: CarriedDoor): ssh2.Server {
  const known = keys.flatMap((text) => {
    const parsed = ssh2.utils.parseKey(text);
    return parsed instanceof Error ? [] : [parsed];
  });
  return new ssh2.Server({ hostKeys: [hostKeyFile] }, (client) => {
    client.on("error", () => client.end());
    client.on("authentication", (attempt) => {
      const key =
        attempt.method === "publickey" && attempt.username === USER
          ? known.find((k) => k.getPublicSSH().equals(attempt.key.data))
          : undefined;
      if (attempt.method !== "publickey" || key === undefined) return attempt.reject(["publickey"]);
      // Without a signature the client only asks whether this key would do.
      const { blob, signature, hashAlgo } = attempt;
      const proved = signature === undefined || (blob !== undefined && key.verify(blob, signature, hashAlgo) === true);
      return proved ? attempt.accept() : attempt.reject(["publickey"]);
    });
    client.on("ready", () => {
      client.on("session", (_, reject) => reject());
      client.on("tcpip", (accept, reject, { destIP }) => {
        const name = destIP.toLowerCase();
        if (!door.serves(name)) return reject();
        return door.take(accept(), { host: name, from: address, client: "ssh bastion" });
      });
    });
  });
}
