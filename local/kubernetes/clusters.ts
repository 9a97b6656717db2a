import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { ClusterParts, ClustersBehind, OpenClusters } from "../scaleway/clusters-behind.ts";
import { placeSaved } from "../scaleway/saves.ts";
import { CLUSTER, type Cluster } from "../scaleway/services/k8s/clusters.ts";
import { openBastions } from "./bastion.ts";
import { type ControlPlane, startControlPlane } from "./control-plane.ts";
import { nodesOf } from "./nodes.ts";
import { openSupervisor } from "./processes.ts";
import { isAdmitted } from "./reach.ts";
import { reconcile } from "./reconcile.ts";
import { restoredTo } from "./saves.ts";
import { type SignIn, startSignIn } from "./sign-in.ts";
import { type Storage, startStorage } from "./storage.ts";
import { clusterService } from "./wire.ts";

const ROUND_MS = 1_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
export const PROGRAMS = ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok"] as const;

/** The control plane of a cluster; started when it is first asked for. `undefined`: there is no such cluster. */
export type PlaneOf = (clusterId: string) => Promise<ControlPlane | undefined>;

/** A Kubernetes behind each cluster. @param programs executables by name; `undefined` when one of them is missing. */
export const kubernetesBehind = (programs: ReadonlyMap<string, string>): OpenClusters | undefined =>
  PROGRAMS.every((name) => programs.has(name)) ? (parts) => openClusters(programs, parts) : undefined;

function openClusters(
  programs: ReadonlyMap<string, string>,
  { platform, dataDir, clientAddress }: ClusterParts,
): ClustersBehind {
  const home = join(dataDir, "kubernetes");
  const planes = new Map<string, Promise<ControlPlane>>();
  let shared: Promise<{ storage: Storage; signIn: SignIn; supervisor: ReturnType<typeof openSupervisor> }> | undefined;
  let running: { readonly id: string; readonly plane: ControlPlane }[] = [];
  let storage: Storage | undefined;
  let stopping = false;
  let round: Promise<void> = Promise.resolve();
  /** What a start waits for. */
  let held: Promise<void> = Promise.resolve();
  const ready = new Set<string>();
  const coming = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  async function openShared() {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    const supervisor = openSupervisor(home);
    storage = await startStorage(supervisor, dataDir, programs.get("etcd") ?? "etcd");
    const signIn = await startSignIn(platform, clientAddress);
    timer = setTimeout(next, ROUND_MS);
    return { storage, signIn, supervisor };
  }

  async function start(cluster: Cluster): Promise<ControlPlane> {
    await held;
    shared ??= openShared().catch((error: unknown) => {
      shared = undefined;
      throw error;
    });
    const { storage: kept, signIn, supervisor } = await shared;
    const plane = await startControlPlane({
      supervisor,
      programs,
      folder: join(home, cluster.id),
      storage: { url: kept.url, prefix: `/${cluster.id}` },
      signInUrl: signIn.urlFor(cluster.id),
      serviceCidr: cluster.service_cidr,
    });
    await bindGroups(plane);
    running.push({ id: cluster.id, plane });
    return plane;
  }

  /** Once around: what Scaleway's parts do in each cluster, and the end of clusters that were deleted. */
  async function once(): Promise<void> {
    for (const { id, plane } of [...running]) {
      const cluster = platform.collection(CLUSTER).find(id);
      if (cluster === undefined) await end(id, plane);
      else await reconcile(plane, nodesOf(platform, cluster)).catch((error: unknown) => complain(id, error));
    }
  }

  async function end(id: string, plane: ControlPlane): Promise<void> {
    running = running.filter((r) => r.id !== id);
    planes.delete(id);
    await plane.stop();
    await storage?.wipe(`/${id}`);
    rmSync(join(home, id), { recursive: true, force: true });
  }

  const next = (): void => {
    round = once()
      .catch((error: unknown) => complain("all clusters", error))
      .then(() => {
        if (!stopping && shared !== undefined) timer = setTimeout(next, ROUND_MS);
      });
  };

  const planeOf: PlaneOf = async (id) => {
    const cluster = platform.collection(CLUSTER).find(id);
    if (cluster === undefined || cluster.status === "deleting" || stopping) return undefined;
    const known = planes.get(id) ?? start(cluster);
    planes.set(id, known);
    try {
      return await known;
    } catch (error) {
      // The next request tries again.
      planes.delete(id);
      throw error;
    }
  };

  /** Until its control plane answers, however often that takes to be tried; then the cluster goes on. */
  async function bringUp(id: string, wait = FIRST_WAIT_MS): Promise<void> {
    if (coming.has(id)) return;
    coming.add(id);
    try {
      if ((await planeOf(id)) !== undefined) {
        ready.add(id);
        platform.later(CLUSTER, id, 0);
      }
    } catch (error) {
      complain(id, error);
      setTimeout(() => void bringUp(id, Math.min(2 * wait, LONGEST_WAIT_MS)), wait).unref();
    } finally {
      coming.delete(id);
    }
  }

  const settlers: ClustersBehind["settlers"] = (own) => {
    const settle = own.get(CLUSTER.kind);
    const waits = (id: string): boolean => {
      const born = platform.collection(CLUSTER).find(id)?.status === "creating" && !ready.has(id);
      if (born) void bringUp(id);
      return born;
    };
    return new Map([...own, [CLUSTER.kind, (p, id) => (waits(id) ? undefined : settle?.(p, id))]]);
  };

  // What a killed one was waiting for is noted again.
  for (const { id, status } of platform.collection(CLUSTER).all())
    if (status === "creating") platform.later(CLUSTER, id, 0);

  /** Ends every program that runs or is about to; what is asked from now on starts them again. */
  async function retire(): Promise<void> {
    const [leaving, opened] = [[...planes.values()], shared];
    planes.clear();
    shared = undefined;
    clearTimeout(timer);
    await round;
    await Promise.all(leaving.map(async (plane) => (await plane.catch(() => undefined))?.stop()));
    running = [];
    const parts = await opened?.catch(() => undefined);
    await parts?.signIn.stop();
    await parts?.storage.stop();
    storage = undefined;
  }

  return {
    service: clusterService(planeOf),
    admits: ({ host, sourceIp }) => isAdmitted(platform, host, sourceIp),
    openBastions: (door) => openBastions(platform, { dataDir, clientAddress }, door),
    settlers,
    restore: (folder) => {
      const retired = retire();
      held = held
        .then(() => retired)
        .then(() => placeSaved(folder, restoredTo(dataDir)))
        .catch((error: unknown) => complain("restore", error));
    },
    status: () => [
      ...(storage === undefined ? [] : [{ cluster: "all", program: "etcd", restarts: storage.program.restarts }]),
      ...running.flatMap(({ id, plane }) =>
        plane.programs.map((p) => ({ cluster: id, program: p.name, restarts: p.restarts })),
      ),
    ],
    stop: async () => {
      stopping = true;
      await held;
      await retire();
    },
  };
}

/** Into the daemon's log; the next round tries again. */
const complain = (where: string, error: unknown): void =>
  console.error(`local Kubernetes, ${where}: ${error instanceof Error ? error.message : String(error)}`);

/** What Kapsule binds its groups to; the roles are our reading of the permission sets' descriptions. */
const BINDINGS = [
  { group: "scaleway:cluster-write", role: "cluster-admin" },
  { group: "scaleway:cluster-read", role: "view" },
] as const;

/** Once in a cluster's life: later the platform's own admission policies are there, and bind nobody to such roles. */
async function bindGroups({ client, token }: ControlPlane): Promise<void> {
  const path = "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings";
  const authorization = `Bearer ${token}`;
  for (const { group, role } of BINDINGS) {
    if ((await client.send("GET", `${path}/${group}`, { authorization })).status === 200) continue;
    const body = Buffer.from(
      JSON.stringify({
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "ClusterRoleBinding",
        metadata: { name: group },
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role },
        subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: group }],
      }),
    );
    const headers = { authorization, "content-type": "application/json", "content-length": String(body.length) };
    const answer = await client.send("POST", path, headers, body);
    if (answer.status !== 201 && answer.status !== 409)
      throw new Error(`${group} could not be bound: ${answer.status} ${answer.body.toString("utf8")}`);
  }
}
