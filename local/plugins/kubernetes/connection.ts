import { existsSync, readFileSync } from "node:fs";
import type { RequestOptions } from "node:https";
import { Agent, request } from "node:https";
import { isAbsolute } from "node:path";
import * as tls from "node:tls";
import type { KubeConfig } from "@kubernetes/client-node";
import pRetry from "p-retry";
import { Refusal } from "./refusals.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** The API server does not answer, or not in time. Tried again; the last one is told. */
export class Unreachable extends Error {}

/** An answer that asks for patience. */
class Busy extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

export interface Answer {
  readonly body: unknown;
  /** Texts of the `Warning` headers. */
  readonly warnings: readonly string[];
}

export interface Call {
  readonly method: "GET" | "PATCH" | "DELETE";
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** One API server, under one user. */
export interface Connection {
  readonly server: string;
  /** Of the kubeconfig's context. */
  readonly namespace: string | undefined;
  /**
   * Every call here may be sent twice, so what is lost on the way is sent again.
   * @throws Refusal with what the server said, Unreachable when it did not for `patienceMs`.
   */
  send(call: Call, patienceMs?: number): Promise<Answer>;
  close(): void;
}

/** Long enough for an API server that is restarted. */
export const PATIENCE_MS = 90_000;
const ANSWER_WITHIN_MS = 60_000;
const SOCKETS = 32;

export interface Choice {
  /** YAML or JSON, or a path. Default: `KUBECONFIG`, or the file in the home folder. */
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  readonly cluster: string | undefined;
}

/** @throws Error that says what is wrong with the kubeconfig. */
export async function readKubeconfig(choice: Choice): Promise<KubeConfig> {
  const client = await import("@kubernetes/client-node");
  const config = new client.KubeConfig();
  const { kubeconfig = "" } = choice;
  const isPath = kubeconfig !== "" && !kubeconfig.includes("\n") && (isAbsolute(kubeconfig) || existsSync(kubeconfig));
  try {
    if (kubeconfig === "") config.loadFromDefault();
    else if (isPath) config.loadFromFile(kubeconfig);
    else config.loadFromString(kubeconfig);
  } catch (error) {
    throw new Error(`the kubeconfig cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (choice.context !== undefined) config.setCurrentContext(choice.context);
  const cluster = config.getCurrentCluster();
  if (cluster === null)
    throw new Error(
      `the kubeconfig has no cluster for its context ${JSON.stringify(config.getCurrentContext() ?? "")}; want one of ${config.contexts.map((c) => c.name).join(", ")}`,
    );
  if (!cluster.server.startsWith("https://"))
    throw new Error(
      kubeconfig === ""
        ? "no kubeconfig is given, and there is none at its usual places"
        : `got the server ${cluster.server}; want https`,
    );
  return config;
}

export async function connect(choice: Choice, env: Env): Promise<Connection> {
  const config = await readKubeconfig(choice);
  const cluster = config.getCurrentCluster();
  const server = new URL(cluster?.server ?? "");
  // Go's programs take it for an authority; Node does not by itself.
  const file = env.SSL_CERT_FILE ?? "";
  if (file !== "") tls.setDefaultCACertificates([...tls.getCACertificates("default"), readFileSync(file, "utf8")]);
  const proxy = cluster?.proxyUrl ?? env.HTTPS_PROXY ?? env.https_proxy;
  const agent = new Agent({
    keepAlive: true,
    maxSockets: SOCKETS,
    ...(proxy === undefined || proxy === ""
      ? {}
      : {
          proxyEnv: {
            HTTPS_PROXY: proxy,
            ...(cluster?.proxyUrl === undefined ? { NO_PROXY: env.NO_PROXY ?? env.no_proxy } : {}),
          },
        }),
  });
  const once = async ({ method, path, query, body }: Call): Promise<Answer> => {
    const options: RequestOptions = {};
    await config.applyToHTTPSOptions(options).catch((error: unknown) => {
      const why = error instanceof Error ? error.message.trim() : String(error);
      throw new Error(`the kubeconfig's credential program fails: ${why}; fix: run it by hand`);
    });
    const text = body === undefined ? undefined : JSON.stringify(body);
    const search = query === undefined ? "" : `?${new URLSearchParams(query)}`;
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          ...options,
          agent,
          host: server.hostname,
          port: server.port === "" ? 443 : server.port,
          path: `${server.pathname.replace(/\/$/, "")}${path}${search}`,
          method,
          timeout: ANSWER_WITHIN_MS,
          headers: {
            ...options.headers,
            accept: "application/json",
            ...(text === undefined
              ? {}
              : {
                  "content-type": method === "PATCH" ? "application/apply-patch+yaml" : "application/json",
                  "content-length": Buffer.byteLength(text),
                }),
          },
        },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on("data", (chunk: Buffer) => chunks.push(chunk));
          answer.on("error", (error) => reject(new Unreachable(error.message)));
          answer.on("end", () => {
            const status = answer.statusCode ?? 0;
            const told = parsed(Buffer.concat(chunks).toString("utf8"));
            if (status >= 200 && status < 300) {
              resolve({ body: told, warnings: warningsOf(answer.rawHeaders) });
              return;
            }
            const refusal = new Refusal(status, told);
            reject(isBusy(refusal) ? new Busy(refusal) : refusal);
          });
        },
      );
      sent.on("timeout", () => sent.destroy(new Error(`no answer in ${ANSWER_WITHIN_MS / 1000} s`)));
      sent.on("error", (error) => reject(unreachableFor(error)));
      sent.end(text);
    });
  };
  return {
    server: server.href,
    namespace: config.getContextObject(config.getCurrentContext())?.namespace,
    send: async (call, patienceMs = PATIENCE_MS) => {
      try {
        return await pRetry(() => once(call), {
          retries: 60,
          minTimeout: 200,
          maxTimeout: 3000,
          maxRetryTime: patienceMs,
          shouldRetry: ({ error }) => error instanceof Unreachable || error instanceof Busy,
        });
      } catch (error) {
        if (error instanceof Busy) throw error.refusal;
        if (!(error instanceof Unreachable)) throw error;
        throw new Unreachable(
          `the cluster's API server ${server.href} is not reached: ${error.message}; fix: see that it runs, that its ACL admits you and that the tunnel to it is open`,
          { cause: error },
        );
      }
    },
    close: () => agent.destroy(),
  };
}

/** A certificate that is not trusted will not be in a minute either. */
const unreachableFor = (error: Error): Error =>
  "code" in error && /CERT|SELF_SIGNED|ISSUER|ALTNAME/.test(String(error.code))
    ? new Error(`the API server's certificate is refused: ${error.message}; fix: see the kubeconfig's authority`)
    : new Unreachable(`${error.message}${"code" in error && error.message === "" ? String(error.code) : ""}`);

const isBusy = ({ status, message }: Refusal): boolean =>
  [429, 502, 503, 504].includes(status) || (status === 500 && /etcdserver|leader changed|timed? ?out/i.test(message));

const warningsOf = (raw: readonly string[]): readonly string[] =>
  raw
    .filter((_, i) => i % 2 === 1 && raw[i - 1]?.toLowerCase() === "warning")
    .map((line) =>
      line
        .replace(/^299 \S+ "/, "")
        .replace(/"$/, "")
        .replaceAll('\\"', '"'),
    );

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A proxy's page, or nothing: told as it is.
    return text;
  }
}
