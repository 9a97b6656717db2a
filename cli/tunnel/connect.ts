import { request } from "node:http";
import { connect, type Socket } from "node:net";

/** Somewhere to connect to. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** `host:port` as a CONNECT request names it; port 443 where it names none. */
export function addressOf(text: string): Address {
  const [, host = text, port] = /^(.*?)(?::(\d+))?$/.exec(text) ?? [];
  return { host: host.toLowerCase().replace(/^\[|\]$/g, ""), port: port === undefined ? 443 : Number(port) };
}

/**
 * A connection to an address, by way of a forward proxy where one is named.
 * @param proxy URL of an HTTP proxy, with user and password where it wants them.
 * @throws Error with the system's code, or with the proxy's answer.
 */
export const dial = ({ host, port }: Address, proxy: string | undefined): Promise<Socket> =>
  proxy === undefined ? direct(host, port) : through(new URL(proxy), `${host}:${port}`);

const direct = (host: string, port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    socket.once("error", reject);
    socket.once("connect", () => {
      socket.removeListener("error", reject);
      resolve(socket);
    });
  });

const through = (proxy: URL, target: string): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const who = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
    const headers = who === ":" ? {} : { "proxy-authorization": `Basic ${Buffer.from(who).toString("base64")}` };
    request({
      host: proxy.hostname,
      port: proxy.port === "" ? 80 : proxy.port,
      method: "CONNECT",
      path: target,
      agent: false,
      headers: { host: target, ...headers },
    })
      .once("error", reject)
      .once("connect", (answer, socket, head) => {
        if (answer.statusCode !== 200) {
          socket.destroy();
          reject(new Error(`the proxy answers ${answer.statusCode} ${answer.statusMessage ?? ""}`.trim()));
          return;
        }
        if (head.length > 0) socket.unshift(head);
        resolve(socket as Socket);
      })
      .once("response", (answer) => {
        answer.destroy();
        reject(new Error(`the proxy answers ${answer.statusCode}`));
      })
      .end();
  });
