import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { addressOf } from "../../cli/tunnel/connect.ts";
import { openTunnel } from "../../cli/tunnel/tunnel.ts";
import { kubernetesBehind } from "../../local/kubernetes/clusters.ts";
import { savedFrom } from "../../local/kubernetes/saves.ts";
import { saveLocal } from "../../local/scaleway/saves.ts";
import { type LocalScaleway, startLocalScaleway } from "../../local/scaleway/server.ts";
import { builtToolchain } from "../harness/built-toolchain.ts";
import { type Answer, ask } from "../harness/through-proxy.ts";

const API = "https://api.scaleway.com";
const K8S = `${API}/k8s/v1/regions/fr-par`;

describe("a cluster of the local Scaleway", () => {
  const dataDir = mkdtempSync(join(tmpdir(), "bastide-clusters-"));
  let local: LocalScaleway;
  let owner: string;
  let status: string;
  let cluster: { readonly id: string; readonly cluster_url: string };
  const start = async (): Promise<LocalScaleway> => {
    const clusters = kubernetesBehind((await builtToolchain(["kubernetes"])).programs);
    return startLocalScaleway({ dataDir, ...(clusters && { clusters }) });
  };
  const scaleway = (method: string, url: string, input?: unknown) => ask(local, method, url, owner, input);
  const kube = (method: string, path: string, input?: unknown, token = owner) =>
    ask(local, method, `${cluster.cluster_url}${path}`, token, input);
  const eventually = async (path: string, holds: (body: Answer["body"]) => boolean): Promise<Answer["body"]> => {
    for (let tries = 0; tries < 150; tries += 1) {
      const { status, body } = await kube("GET", path);
      if (status === 200 && holds(body)) return body;
      await sleep(200);
    }
    const { status, body } = await kube("GET", path);
    throw new Error(
      `${path}: not within half a minute: ${status} ${JSON.stringify(body).slice(0, 1500)} ${JSON.stringify(local.clusters?.status())}`,
    );
  };

  beforeAll(async () => {
    local = await start();
    owner = local.env.SCW_SECRET_KEY ?? "";
    const network = await scaleway("POST", `${API}/vpc/v2/regions/fr-par/private-networks`, { name: "n" });
    const input = { name: "c", version: "1.35.3", cni: "cilium", private_network_id: network.body.id };
    cluster = (await scaleway("POST", `${K8S}/clusters`, input)).body;
    status = (await scaleway("GET", `${K8S}/clusters/${cluster.id}`)).body.status;
    const pool = { name: "compute", node_type: "pro2_s", size: 2, zone: "fr-par-2" };
    await scaleway("POST", `${K8S}/clusters/${cluster.id}/pools`, pool);
  }, 60_000);

  afterAll(async () => {
    await local.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }, 60_000);

  it("is on its way until its API server answers", async () => {
    expect(status).toBe("creating");
    const view = async (): Promise<string> => (await scaleway("GET", `${K8S}/clusters/${cluster.id}`)).body.status;
    for (let tries = 0; tries < 300 && (await view()) === "creating"; tries += 1) await sleep(100);
    expect(await view()).toBe("ready");
    expect(local.clusters?.status().map((s) => s.program)).toContain("kube-apiserver");
  }, 60_000);

  it("answers behind its own URL, as a real API server", async () => {
    const { status, body } = await kube("GET", "/version");
    expect([status, body.gitVersion]).toEqual([200, "v1.35.0"]);
  }, 90_000);

  it("hands out a kubeconfig with the authority that its name is certified under", async () => {
    const { body } = await scaleway("GET", `${K8S}/clusters/${cluster.id}/kubeconfig`);
    const config = parse(Buffer.from(body.content, "base64").toString("utf8"));
    const authority = Buffer.from(config.clusters[0].cluster["certificate-authority-data"], "base64").toString("utf8");
    expect(authority).toBe(readFileSync(local.env.SSL_CERT_FILE ?? "", "utf8"));
    expect((await kube("GET", "/api/v1/nodes", undefined, config.users[0].user.token)).status).toBe(200);
  });

  it("forgets an admin token that is reset, and takes the new one", async () => {
    const token = async (): Promise<string> => {
      const { body } = await scaleway("GET", `${K8S}/clusters/${cluster.id}/kubeconfig`);
      return parse(Buffer.from(body.content, "base64").toString("utf8")).users[0].user.token;
    };
    const old = await token();
    await scaleway("POST", `${K8S}/clusters/${cluster.id}/reset-admin-token`);
    const asked = async (by: string): Promise<number> => (await kube("GET", "/api/v1/nodes", undefined, by)).status;
    // The API server keeps whom it signed in for ten seconds.
    for (let tries = 0; tries < 30 && (await asked(old)) !== 401; tries += 1) await sleep(500);
    expect([await asked(old), await asked(await token())]).toEqual([401, 200]);
  }, 30_000);

  it("has the pool's nodes, Ready, with their zone and pool", async () => {
    const ready = (node: Answer["body"]): boolean =>
      node.status.conditions?.some((c: Answer["body"]) => c.type === "Ready" && c.status === "True") === true;
    const { items } = await eventually("/api/v1/nodes", (b) => b.items.length === 2 && b.items.every(ready));
    const labels = items[0].metadata.labels;
    expect(labels["topology.kubernetes.io/zone"]).toBe("fr-par-2");
    expect(labels["k8s.scaleway.com/pool-name"]).toBe("compute");
  }, 60_000);

  it("signs a key of IAM in by its permission sets, and nobody else", async () => {
    const application = (await scaleway("POST", `${API}/iam/v1alpha1/applications`, { name: "reader" })).body.id;
    const key = (await scaleway("POST", `${API}/iam/v1alpha1/api-keys`, { application_id: application })).body
      .secret_key;
    const namespaces = (): Promise<Answer> => kube("GET", "/api/v1/namespaces", undefined, key);
    expect((await kube("GET", "/api/v1/namespaces", undefined, "nobody's")).status).toBe(401);
    expect((await namespaces()).status).toBe(403);
    await scaleway("POST", `${API}/iam/v1alpha1/policies`, {
      name: "reads",
      application_id: application,
      rules: [{ permission_set_names: ["KubernetesReadOnly"], project_ids: [local.env.SCW_DEFAULT_PROJECT_ID] }],
    });
    // The API server keeps whom it signed in for ten seconds.
    for (let tries = 0; tries < 30 && (await namespaces()).status !== 200; tries += 1) await sleep(500);
    expect((await namespaces()).status).toBe(200);
    const made = await kube("POST", "/api/v1/namespaces", { metadata: { name: "x" } }, key);
    expect(made.status).toBe(403);
  }, 30_000);

  it("makes pods of a stateful set Ready, its claims bound in the node's zone, and gives a service an address", async () => {
    await kube("POST", "/apis/storage.k8s.io/v1/storageclasses", {
      metadata: { name: "encrypted" },
      provisioner: "csi.scaleway.com",
      volumeBindingMode: "WaitForFirstConsumer",
    });
    await kube("POST", "/apis/apps/v1/namespaces/default/statefulsets", {
      metadata: { name: "db" },
      spec: {
        serviceName: "db",
        replicas: 1,
        selector: { matchLabels: { app: "db" } },
        template: {
          metadata: { labels: { app: "db" } },
          spec: {
            containers: [{ name: "db", image: "example/db", volumeMounts: [{ name: "data", mountPath: "/d" }] }],
          },
        },
        volumeClaimTemplates: [
          {
            metadata: { name: "data" },
            spec: {
              storageClassName: "encrypted",
              accessModes: ["ReadWriteOnce"],
              resources: { requests: { storage: "1Gi" } },
            },
          },
        ],
      },
    });
    await kube("POST", "/api/v1/namespaces/default/services", {
      metadata: { name: "door" },
      spec: { type: "LoadBalancer", selector: { app: "db" }, ports: [{ port: 443 }] },
    });
    await eventually("/apis/apps/v1/namespaces/default/statefulsets/db", (b) => b.status.readyReplicas === 1);
    const { items } = (await kube("GET", "/api/v1/persistentvolumes")).body;
    expect(items[0].spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0].values).toEqual(["fr-par-2"]);
    await eventually(
      "/api/v1/namespaces/default/services/door",
      (b) => b.status.loadBalancer.ingress?.[0]?.ip !== undefined,
    );
  }, 90_000);

  it("is reached from where its ACL says, and by nobody else", async () => {
    const gateways = `${API}/vpc-gw/v2/zones/fr-par-1/gateways`;
    const gateway = (await scaleway("POST", gateways, { type: "VPC-GW-S", enable_bastion: true })).body;
    const { ipv4 } = (await scaleway("GET", `${gateways}/${gateway.id}`)).body;
    const acl = (ip: string) => scaleway("PUT", `${K8S}/clusters/${cluster.id}/acls`, { acls: [{ ip }] });
    const version = `${cluster.cluster_url}/version`;
    await acl(`${ipv4.address}/32`);
    await expect(kube("GET", "/version")).rejects.toThrow(/hang up|ECONNRESET|disconnected/);
    const tunnel = await openTunnel({
      ways: async () => [
        { api: addressOf(new URL(cluster.cluster_url).host), bastion: { host: ipv4.address, port: 61_000 } },
      ],
      entrance: {
        keyFile: local.env.BASTIDE_SSH_KEY,
        passphrase: undefined,
        agent: undefined,
        proxy: local.env.BASTIDE_SSH_PROXY,
        hostKeys: join(dataDir, "hosts.json"),
      },
      upstream: local.url,
    });
    expect((await ask(local, "GET", version, owner, undefined, tunnel.url)).status).toBe(200);
    await tunnel.close();
    await acl("0.0.0.0/0");
    expect((await kube("GET", "/version")).status).toBe(200);
  });

  it("comes back when its API server ends by itself", async () => {
    // Every program has its cluster's folder on its command line.
    const pids = execFileSync("pgrep", ["-f", `kube-apiserver.*${dataDir}`], { encoding: "utf8" })
      .trim()
      .split("\n");
    expect(pids.length).toBe(1);
    process.kill(Number(pids[0]), "SIGKILL");
    await sleep(100);
    expect((await kube("GET", "/version")).status).toBe(503);
    await eventually("/api/v1/nodes", (b) => b.items.length === 2);
    expect(local.clusters?.status().find((s) => s.program === "kube-apiserver")?.restarts).toBe(1);
  }, 60_000);

  it("goes back to what was saved while it ran", async () => {
    const map = { metadata: { name: "kept" }, data: { a: "1" } };
    const at = "/api/v1/namespaces/default/configmaps";
    expect((await kube("POST", at, map)).status).toBe(201);
    saveLocal({ dataDir, name: "one", alongside: await savedFrom(dataDir) });
    await kube("DELETE", `${at}/kept`);
    await kube("POST", at, { metadata: { name: "later" } });
    local.controls.carryOut({ do: "restore", name: "one" });
    expect((await kube("GET", `${at}/kept`)).body.data).toEqual({ a: "1" });
    expect((await kube("GET", `${at}/later`)).status).toBe(404);
  }, 60_000);

  it("keeps what it knows over a restart of the local Scaleway, and loses it with the cluster", async () => {
    await local.stop();
    local = await start();
    const { status, body } = await kube("GET", "/apis/apps/v1/namespaces/default/statefulsets/db");
    expect([status, body.status.replicas]).toEqual([200, 1]);
    await scaleway("DELETE", `${K8S}/clusters/${cluster.id}`);
    expect((await scaleway("GET", `${K8S}/clusters/${cluster.id}`)).status).toBe(404);
    for (let tries = 0; tries < 100 && (local.clusters?.status().length ?? 0) > 1; tries += 1) await sleep(100);
    expect(local.clusters?.status().map((s) => s.program)).toEqual(["etcd"]);
    expect((await kube("GET", "/version")).status).toBe(404);
  }, 120_000);
});
