import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { toolError } from "../../kernel/errors.ts";
import { type Connection, connect } from "../../local/plugins/kubernetes/connection.ts";
import { Refusal } from "../../local/plugins/kubernetes/refusals.ts";
import type { Way } from "../tunnel/tunnel.ts";
import { HOSTILE, type HostilePod, type Tried } from "./hostile-pods.ts";

/** What one cluster holds, counted in it, and what two hostile pods got from it. */
export interface ClusterLook {
  readonly region: string;
  readonly namespaces: number;
  readonly workloads: number;
  readonly pods: number;
  readonly policies: number;
  readonly tried: readonly Tried[];
}

export interface LookOptions {
  readonly ways: readonly Way[];
  /** The engine's environment: the way to the clusters, their authority, and whose key looks. */
  readonly env: Readonly<Record<string, string>>;
  /** Research space that the hostile pods are tried in, where the cluster has it. */
  readonly space: string;
  readonly progress: (text: string) => void;
}

/** For what the controllers have yet to do once everything that is waited for is there. */
const WELL_WITHIN_MS = 180_000;
const PAUSE_MS = 1_000;

/** @throws BastideError exit 3 where a pod does not come to be well, or a hostile one is let in. */
export async function lookInto({ ways, env, space, progress }: LookOptions): Promise<readonly ClusterLook[]> {
  const looks: ClusterLook[] = [];
  for (const { api } of ways) {
    const region = /\.k8s\.([a-z0-9-]+)\./.exec(api.host)?.[1] ?? api.host;
    const server = `https://${api.host}:${api.port}`;
    const cluster = await connect(
      { kubeconfig: kubeconfigOf(server, env), context: undefined, cluster: undefined },
      env,
    );
    try {
      looks.push(await lookAt(cluster, region, space, (text) => progress(`${region}: ${text}`)));
    } finally {
      cluster.close();
    }
  }
  return looks;
}

/** In memory only. */
const kubeconfigOf = (server: string, env: Readonly<Record<string, string>>): string =>
  JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "c", cluster: { server } }],
    users: [{ name: "u", user: { token: env.SCW_SECRET_KEY } }],
    contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
    "current-context": "c",
  });

const named = z.object({ metadata: z.object({ name: z.string(), namespace: z.string().default("") }) });
const pod = named.extend({
  status: z
    .object({
      phase: z.string().optional(),
      conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]),
    })
    .default({ conditions: [] }),
});

async function listed<T extends z.ZodType>(cluster: Connection, path: string, item: T): Promise<readonly z.infer<T>[]> {
  const { body } = await cluster.send({ method: "GET", path });
  return z.object({ items: z.array(item) }).parse(body).items;
}

async function lookAt(
  cluster: Connection,
  region: string,
  space: string,
  progress: (text: string) => void,
): Promise<ClusterLook> {
  const pods = await wellPods(cluster, region, progress);
  const namespaces = (await listed(cluster, "/api/v1/namespaces", named)).map((n) => n.metadata.name);
  const workloads = ["deployments", "statefulsets", "daemonsets"].map((kind) =>
    listed(cluster, `/apis/apps/v1/${kind}`, named),
  );
  const policies = await listed(cluster, `${ADMISSION}/validatingadmissionpolicies`, named);
  // A standby has no space: there it is any namespace that the platform has walled.
  const own = new Set(pods.map((p) => p.metadata.namespace));
  const place =
    namespaces.find((name) => name.includes(space)) ?? namespaces.find((name) => own.has(name)) ?? "default";
  progress(`hostile pods in ${place}`);
  const tried: Tried[] = [];
  for (const hostile of HOSTILE) tried.push(await tryPod(cluster, region, place, hostile));
  return {
    region,
    namespaces: namespaces.length,
    workloads: (await Promise.all(workloads)).flat().length,
    pods: pods.length,
    policies: policies.length,
    tried,
  };
}

const ADMISSION = "/apis/admissionregistration.k8s.io/v1";

type Pod = z.infer<typeof pod>;
const isWell = ({ status: { phase, conditions } }: Pod): boolean =>
  phase === "Succeeded" || (phase === "Running" && conditions.some((c) => c.type === "Ready" && c.status === "True"));

/** Every pod, once each is Ready or has ended well. */
async function wellPods(
  cluster: Connection,
  region: string,
  progress: (text: string) => void,
): Promise<readonly Pod[]> {
  const until = Date.now() + WELL_WITHIN_MS;
  for (;;) {
    const pods = await listed(cluster, "/api/v1/pods", pod);
    const late = pods.filter((p) => !isWell(p));
    if (late.length === 0 && pods.length > 0) return pods;
    progress(`${pods.length - late.length} of ${pods.length} pods are Ready`);
    if (Date.now() > until)
      throw toolError(`pods on the cluster of ${region} do not come up`, [
        {
          code: "start.pods",
          path: region,
          got: late
            .map((p) => `${p.metadata.namespace}/${p.metadata.name}: ${p.status.phase ?? "no phase"}`)
            .join(", "),
          want: `pods that are Ready or ended well within ${WELL_WITHIN_MS / 1000} s`,
          fix: "start again; report it where it stays so: this is a fault of the blueprint or of the local Kubernetes",
        },
      ]);
    await sleep(PAUSE_MS);
  }
}

/** Dry: what would be let in is not kept either. */
async function tryPod(cluster: Connection, region: string, namespace: string, hostile: HostilePod): Promise<Tried> {
  const accounts = await listed(cluster, `/api/v1/namespaces/${namespace}/serviceaccounts`, named);
  const account = accounts.map((a) => a.metadata.name).find((name) => name !== "default") ?? "default";
  const body = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "hostile", namespace },
    spec: { serviceAccountName: account, automountServiceAccountToken: false, ...hostile.spec },
  };
  const path = `/api/v1/namespaces/${namespace}/pods/hostile`;
  const query = { fieldManager: "bastide-start", dryRun: "All" };
  const told = await cluster.send({ method: "PATCH", path, query, body }).then(
    () => "it lets it in",
    (error: unknown) => {
      if (error instanceof Refusal) return error.message;
      throw error;
    },
  );
  if (!hostile.refused.test(told))
    throw toolError(`a hostile pod is not refused as it should be on the cluster of ${region}`, [
      {
        code: "start.hostile",
        path: `${region} ${namespace}`,
        got: told,
        want: `${hostile.what}: refused by ${hostile.by}`,
        fix: "report it: this is a fault of the platform's admission",
      },
    ]);
  return { what: hostile.what, by: hostile.by, said: told };
}
