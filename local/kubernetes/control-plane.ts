import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { toolError } from "../../kernel/errors.ts";
import { freePort } from "../scaleway/free-port.ts";
import { type ApiClient, openApiClient } from "./api-client.ts";
import type { Supervised, Supervisor } from "./processes.ts";
import { STAGES } from "./stages.ts";

/** The programs of one cluster: API server, controllers, scheduler, and what plays its nodes. */
export interface ControlPlane {
  readonly client: ApiClient;
  /** Token of the control plane's own parts, in no answer of any API. */
  readonly token: string;
  readonly programs: readonly Supervised[];
  stop(): Promise<void>;
}

export interface ControlPlaneParts {
  readonly supervisor: Supervisor;
  readonly programs: ReadonlyMap<string, string>;
  /** Folder of this cluster: keys and logs. */
  readonly folder: string;
  readonly storage: { readonly url: string; readonly prefix: string };
  readonly signInUrl: string;
  readonly serviceCidr: string;
}

/** Two seconds when nothing else runs. */
const READY_WITHIN_MS = 180_000;
const newToken = (): string => randomBytes(24).toString("hex");
const secretFile = (file: string, text: string): string => {
  writeFileSync(file, text, { mode: 0o600 });
  return file;
};

export async function startControlPlane(parts: ControlPlaneParts): Promise<ControlPlane> {
  const { supervisor, folder } = parts;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const port = await freePort();
  const [token, controllers] = [newToken(), newToken()];
  const accounts = accountsKey(folder);
  const started: Supervised[] = [];
  const run = (name: string, args: readonly string[]): void => {
    started.push(supervisor.run(name, folder, programOf(parts.programs, name), args));
  };
  const stop = async (): Promise<void> => {
    await Promise.all([...started].reverse().map((program) => program.stop()));
  };
  try {
    run("kube-apiserver", apiServerArgs(parts, port, { token, controllers }, accounts));
    const client = await whenReady(folder, port);
    const kubeconfig = ownKubeconfig(folder, "own", port, token);
    const alone = ["--leader-elect=false", "--secure-port=0"];
    run("kube-controller-manager", [
      ...["--kubeconfig", ownKubeconfig(folder, "controllers", port, controllers), ...alone],
      ...["--service-account-private-key-file", accounts, "--controllers=*,bootstrap-signer-controller,-nodeipam"],
      ...["--root-ca-file", join(folder, "certificates", "apiserver.crt")],
    ]);
    run("kube-scheduler", ["--kubeconfig", kubeconfig, ...alone]);
    const stages = secretFile(join(folder, "stages.yaml"), STAGES);
    run("kwok", [
      "--config",
      stages,
      "--node-lease-duration-seconds=40",
      "--kubeconfig",
      kubeconfig,
      "--manage-all-nodes=true",
      "--cidr=100.64.0.0/16",
      "--node-ip=127.0.0.1",
    ]);
    const stopAll = async (): Promise<void> => {
      client.close();
      await stop();
    };
    return { client, token, programs: started, stop: stopAll };
  } catch (error) {
    await stop();
    throw error;
  }
}

function apiServerArgs(
  { folder, storage, signInUrl, serviceCidr }: ControlPlaneParts,
  port: number,
  own: { readonly token: string; readonly controllers: string },
  accounts: string,
): readonly string[] {
  const tokens = [
    `${own.token},bastide:control-plane,0,system:masters`,
    // By the name that Kubernetes gives them: admission policies let them make what every namespace is born with.
    `${own.controllers},system:kube-controller-manager,2,system:masters`,
  ];
  const signIn = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "scaleway", cluster: { server: signInUrl } }],
    contexts: [{ name: "scaleway", context: { cluster: "scaleway", user: "" } }],
    "current-context": "scaleway",
  };
  return [
    ...["--etcd-servers", storage.url, "--etcd-prefix", storage.prefix],
    ...[
      "--bind-address",
      "127.0.0.1",
      "--advertise-address",
      "127.0.0.1",
      "--secure-port",
      String(port),
      "--cert-dir",
      join(folder, "certificates"),
    ],
    ...["--token-auth-file", secretFile(join(folder, "tokens.csv"), `${tokens.join("\n")}\n`)],
    ...["--authentication-token-webhook-config-file", secretFile(join(folder, "sign-in.json"), JSON.stringify(signIn))],
    // A key that IAM takes back, or whose rights change, is looked up again within the ten seconds that the server keeps tokens for.
    ...["--authentication-token-webhook-cache-ttl=0s", "--authorization-mode", "Node,RBAC"],
    ...["--authentication-token-webhook-version", "v1"],
    ...["--service-account-issuer", "https://kubernetes.default.svc", "--service-account-key-file", accounts],
    ...["--service-account-signing-key-file", accounts, "--service-cluster-ip-range", serviceCidr],
    // As on Kapsule: whether a container may be privileged is for policies to say.
    "--allow-privileged",
  ];
}

/** Kept over restarts: tokens of service accounts stay good. */
function accountsKey(folder: string): string {
  const file = join(folder, "accounts.key");
  if (existsSync(file)) return file;
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return secretFile(file, privateKey.export({ type: "pkcs1", format: "pem" }).toString());
}

function ownKubeconfig(folder: string, name: string, port: number, token: string): string {
  const cluster = {
    server: `https://127.0.0.1:${port}`,
    "certificate-authority": join(folder, "certificates", "apiserver.crt"),
    "tls-server-name": "kubernetes",
  };
  const config = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "own", cluster }],
    users: [{ name: "own", user: { token } }],
    contexts: [{ name: "own", context: { cluster: "own", user: "own" } }],
    "current-context": "own",
  };
  return secretFile(join(folder, `${name}.kubeconfig`), JSON.stringify(config));
}

function programOf(programs: ReadonlyMap<string, string>, name: string): string {
  const found = programs.get(name);
  if (found === undefined) throw toolError(`the toolchain has no ${name}: \`bastide toolchain build\``);
  return found;
}

async function whenReady(folder: string, port: number): Promise<ApiClient> {
  const file = join(folder, "certificates", "apiserver.crt");
  const until = Date.now() + READY_WITHIN_MS;
  let client: ApiClient | undefined;
  for (;;) {
    if (client === undefined && existsSync(file)) client = openApiClient(port, readFileSync(file));
    const status = await client?.send("GET", "/readyz", {}).then(
      (answer) => answer.status,
      () => undefined,
    );
    if (client !== undefined && status === 200) return client;
    if (Date.now() > until) {
      client?.close();
      throw toolError("a local cluster's API server did not start", [
        {
          code: "local.kubernetes-not-ready",
          path: folder,
          got: status === undefined ? "no answer" : `readyz says ${status}`,
          want: "its word that it is ready, within three minutes",
          fix: `read ${join(folder, "kube-apiserver.log")}`,
        },
      ]);
    }
    await sleep(100);
  }
}
