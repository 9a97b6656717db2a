import { type ChildProcess, spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../local/scaleway/free-port.ts";
import { builtToolchain } from "./built-toolchain.ts";

/** A real Kubernetes API server on loopback with a store of its own, for as long as a test takes. */
export interface ApiServer {
  /** Sends one request as the cluster's administrator. */
  call(method: string, path: string, body?: unknown): Promise<Answer>;
  stop(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** Texts of the `Warning` headers. */
  readonly warnings: readonly string[];
}

const TOKEN = "administrator-of-the-test";
const START_SECONDS = 60;

const ended = (child: ChildProcess): Promise<unknown> =>
  child.exitCode !== null ? Promise.resolve() : new Promise((resolve) => child.once("exit", resolve));

export async function startApiServer(): Promise<ApiServer> {
  const { programs } = await builtToolchain(["kubernetes"]);
  const home = mkdtempSync(join(tmpdir(), "bastide-api-server-"));
  const [client = 0, peer = 0, secure = 0] = [await freePort(), await freePort(), await freePort()];
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = join(home, "accounts.key");
  writeFileSync(key, privateKey.export({ type: "pkcs1", format: "pem" }), { mode: 0o600 });
  const tokens = join(home, "tokens.csv");
  writeFileSync(tokens, `${TOKEN},administrator,1,system:masters\n`, { mode: 0o600 });
  let log = "";
  const run = (name: string, args: readonly string[]): ChildProcess => {
    const child = spawn(programs.get(name) ?? name, args, { cwd: home, stdio: ["ignore", "ignore", "pipe"] });
    child.stderr.on("data", (text) => {
      log = (log + String(text)).slice(-2000);
    });
    return child;
  };
  const store = `http://127.0.0.1:${client}`;
  const peers = `http://127.0.0.1:${peer}`;
  const etcd = run("etcd", [
    ...["--data-dir", join(home, "store"), "--listen-client-urls", store, "--advertise-client-urls", store],
    ...["--listen-peer-urls", peers, "--initial-advertise-peer-urls", peers, "--initial-cluster", `default=${peers}`],
    ...["--unsafe-no-fsync", "--log-level", "error"],
  ]);
  const api = run("kube-apiserver", [
    ...["--etcd-servers", store, "--bind-address", "127.0.0.1", "--secure-port", String(secure)],
    ...["--cert-dir", join(home, "certificates"), "--token-auth-file", tokens, "--authorization-mode", "RBAC"],
    ...["--service-account-issuer", "https://kubernetes.default.svc", "--service-account-key-file", key],
    ...["--service-account-signing-key-file", key, "--service-cluster-ip-range", "10.0.0.0/24"],
    // As on Kapsule: whether a container may be privileged is for policies to say.
    "--allow-privileged",
    // No controller makes default accounts here.
    ...["--disable-admission-plugins", "ServiceAccount"],
  ]);
  const stop = async (): Promise<void> => {
    api.kill("SIGTERM");
    etcd.kill("SIGTERM");
    await Promise.race([Promise.all([ended(api), ended(etcd)]), sleep(5000, undefined, { ref: false })]);
    api.kill("SIGKILL");
    etcd.kill("SIGKILL");
    rmSync(home, { recursive: true, force: true });
  };
  let ca: Buffer | undefined;
  const call: ApiServer["call"] = (method, path, body) =>
    new Promise((resolve, reject) => {
      ca ??= readFileSync(join(home, "certificates", "apiserver.crt"));
      const text = body === undefined ? undefined : JSON.stringify(body);
      const sent = request(
        {
          host: "127.0.0.1",
          port: secure,
          path,
          method,
          ca,
          servername: "kubernetes",
          headers: headersOf(method, text),
        },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on("data", (chunk: Buffer) => chunks.push(chunk));
          answer.on("end", () => {
            const told = Buffer.concat(chunks).toString("utf8");
            const lines = answer.rawHeaders.filter((_, i) => i % 2 === 1 && answer.rawHeaders[i - 1] === "Warning");
            resolve({
              status: answer.statusCode ?? 0,
              body: told.startsWith("{") ? JSON.parse(told) : told,
              warnings: lines.map((line) =>
                line
                  .replace(/^299 - "/, "")
                  .replace(/"$/, "")
                  .replaceAll('\\"', '"'),
              ),
            });
          });
        },
      );
      sent.on("error", reject);
      sent.end(text);
    });
  const until = Date.now() + START_SECONDS * 1000;
  for (;;) {
    const ready = await call("GET", "/readyz").catch((error: Error) => error);
    if (!(ready instanceof Error) && ready.status === 200) return { call, stop };
    if (api.exitCode !== null || Date.now() > until) {
      const why = ready instanceof Error ? ready.message : `readyz says ${ready.status}`;
      const told = log;
      await stop();
      throw new Error(`the API server did not start: ${why}\n${told}`);
    }
    await sleep(100);
  }
}

const headersOf = (method: string, text: string | undefined): Record<string, string> => ({
  authorization: `Bearer ${TOKEN}`,
  ...(text === undefined
    ? {}
    : { "content-type": method === "PATCH" ? "application/apply-patch+yaml" : "application/json" }),
});
