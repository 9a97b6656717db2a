import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startControlPlane } from "../../local/kubernetes/control-plane.ts";
import { openSupervisor } from "../../local/kubernetes/processes.ts";
import { startStorage } from "../../local/kubernetes/storage.ts";

/** One cluster of the local Scaleway's kind without the local Scaleway: control plane, store and one node that kwok plays. */
export interface LocalCluster {
  /** Path of an administrator's kubeconfig. */
  readonly kubeconfig: string;
  /** As the administrator. @param type of the body. */
  kube(method: string, path: string, body?: unknown, type?: string): Promise<KubeAnswer>;
  /** Kills the API server, which its supervisor starts again. */
  killApiServer(): void;
  stop(): Promise<void>;
}

export interface KubeAnswer {
  readonly status: number;
  readonly body: ReturnType<typeof JSON.parse>;
}

/** @param programs executables by name, of a toolchain with a Kubernetes. */
export async function startLocalCluster(programs: ReadonlyMap<string, string>): Promise<LocalCluster> {
  const home = mkdtempSync(join(tmpdir(), "bastide-cluster-"));
  const folder = join(home, "cluster");
  mkdirSync(folder);
  const supervisor = openSupervisor(home);
  const storage = await startStorage(supervisor, home, programs.get("etcd") ?? "etcd");
  const plane = await startControlPlane({
    supervisor,
    programs,
    folder,
    storage: { url: storage.url, prefix: "/cluster" },
    // Nobody signs in by a key here.
    signInUrl: "http://127.0.0.1:9",
    serviceCidr: "10.32.0.0/20",
  }).catch(async (error: unknown) => {
    await storage.stop();
    throw error;
  });
  const kube: LocalCluster["kube"] = async (method, path, body, type = "application/json") => {
    const headers = {
      authorization: `Bearer ${plane.token}`,
      ...(body === undefined ? {} : { "content-type": type }),
    };
    const text = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const answer = await plane.client.send(method, path, headers, text);
    const told = answer.body.toString("utf8");
    return { status: answer.status, body: told.startsWith("{") ? JSON.parse(told) : told };
  };
  const size = { cpu: "32", memory: "64Gi", pods: "110" };
  await kube("POST", "/api/v1/nodes", {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name: "one", labels: { "kubernetes.io/hostname": "one", "kubernetes.io/os": "linux" } },
    status: { capacity: size, allocatable: size },
  });
  return {
    kubeconfig: join(folder, "own.kubeconfig"),
    kube,
    killApiServer: () => {
      const pids = execFileSync("pgrep", ["-f", `kube-apiserver.*${home}`], { encoding: "utf8" });
      for (const pid of pids.trim().split("\n")) process.kill(Number(pid), "SIGKILL");
    },
    stop: async () => {
      await plane.stop();
      await storage.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
