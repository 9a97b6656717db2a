import { readFileSync } from "node:fs";
import { request } from "node:http";
import { connect } from "node:tls";
import type { LocalScaleway } from "../../local/scaleway/server.ts";

/** What of a local Scaleway a caller needs, whoever runs it. */
export type Way = Pick<LocalScaleway, "url" | "env">;

export interface Answer {
  readonly status: number;
  readonly body: ReturnType<typeof JSON.parse>;
}

/** One HTTPS request through a proxy of the local Scaleway, under its authority and the host's own name. @param way its main one unless told otherwise. */
export function ask(
  local: Way,
  method: string,
  url: string,
  token: string,
  input?: unknown,
  way = local.url,
): Promise<Answer> {
  const { hostname, port, pathname, search } = new URL(url);
  const proxy = new URL(way);
  const text = input === undefined ? "" : JSON.stringify(input);
  return new Promise((resolve, reject) => {
    request({ host: proxy.hostname, port: proxy.port, method: "CONNECT", path: `${hostname}:${port || 443}` })
      .on("error", reject)
      .on("connect", (_, socket) => {
        const ca = readFileSync(local.env.SSL_CERT_FILE ?? "");
        const secure = connect({ socket, servername: hostname, ca });
        secure.on("error", reject);
        request({
          createConnection: () => secure,
          method,
          path: `${pathname}${search}`,
          headers: {
            host: hostname,
            authorization: `Bearer ${token}`,
            "x-auth-token": token,
            "content-type": "application/json",
            "content-length": Buffer.byteLength(text),
          },
        })
          .on("error", reject)
          .on("response", (answer) => {
            const chunks: Buffer[] = [];
            answer.on("data", (chunk: Buffer) => chunks.push(chunk));
            answer.on("end", () => {
              secure.destroy();
              const told = Buffer.concat(chunks).toString("utf8");
              resolve({ status: answer.statusCode ?? 0, body: told.startsWith("{") ? JSON.parse(told) : told });
            });
          })
          .end(text);
      })
      .end();
  });
}
