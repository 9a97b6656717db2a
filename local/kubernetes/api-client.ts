import { Agent, request } from "node:https";

/** An answer of an API server, whole. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** One request to an API server on loopback, whose own certificate names it `kubernetes`. */
export interface ApiClient {
  send(
    method: string,
    path: string,
    headers: Readonly<Record<string, string | undefined>>,
    body?: Buffer,
  ): Promise<ApiAnswer>;
  close(): void;
}

export function openApiClient(port: number, ca: Buffer): ApiClient {
  const agent = new Agent({ keepAlive: true, ca, servername: "kubernetes", maxSockets: 64 });
  return {
    send: (method, path, headers, body) =>
      new Promise((resolve, reject) => {
        const asked = request({ host: "127.0.0.1", port, path, method, agent, headers }, (answer) => {
          const chunks: Buffer[] = [];
          answer.on("data", (chunk: Buffer) => chunks.push(chunk));
          answer.on("error", reject);
          answer.on("end", () =>
            resolve({ status: answer.statusCode ?? 502, headers: plain(answer.headers), body: Buffer.concat(chunks) }),
          );
        });
        asked.on("error", reject);
        asked.end(body);
      }),
    close: () => agent.destroy(),
  };
}

const HOP_BY_HOP = new Set(["connection", "keep-alive", "transfer-encoding", "content-length"]);

const plain = (headers: NodeJS.Dict<string | string[]>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || HOP_BY_HOP.has(name) ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
    ),
  );
