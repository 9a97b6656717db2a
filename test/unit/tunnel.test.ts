import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import ssh2 from "ssh2";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { addressOf } from "../../cli/tunnel/connect.ts";
import { knock } from "../../cli/tunnel/knock.ts";
import { openTunnel, type Tunnel } from "../../cli/tunnel/tunnel.ts";
import { openBastions } from "../../local/kubernetes/bastion.ts";
import { isAdmitted } from "../../local/kubernetes/reach.ts";
import type { OpenClusters } from "../../local/scaleway/clusters-behind.ts";
import { type LocalScaleway, startLocalScaleway } from "../../local/scaleway/server.ts";
import { ask } from "../harness/through-proxy.ts";

const API = "https://api.scaleway.com";
const GATEWAYS = `${API}/vpc-gw/v2/zones/fr-par-1/gateways`;
const ADMINISTRATOR = "192.0.2.1";

/** Clusters without a Kubernetes: their names answer with the address that the connection came from. */
const talking: OpenClusters = ({ platform, dataDir, clientAddress }) => ({
  service: {
    serves: (host) => host.includes(".api.k8s."),
    answer: ({ sourceIp }) => ({ status: 200, headers: {}, body: JSON.stringify({ from: sourceIp }) }),
  },
  admits: ({ host, sourceIp }) => isAdmitted(platform, host, sourceIp),
  openBastions: (door) => openBastions(platform, { dataDir, clientAddress }, door),
  settlers: (own) => own,
  restore: () => {},
  status: () => [],
  stop: async () => {},
});

describe("the tunnel to a cluster", () => {
  const dataDir = mkdtempSync(join(tmpdir(), "bastide-tunnel-"));
  let local: LocalScaleway;
  let gateway: string;
  let address: string;
  let url: string;
  const open: Tunnel[] = [];
  const scaleway = (method: string, path: string, input?: unknown) =>
    ask(local, method, path, local.env.SCW_SECRET_KEY ?? "", input);
  const admit = (ranges: readonly string[]) =>
    scaleway("PUT", `${GATEWAYS}/${gateway}/bastion-allowed-ips`, { ip_ranges: ranges });
  const version = (way?: string) => ask(local, "GET", `${url}/version`, "", undefined, way);
  const tunnel = async (
    keyFile = local.env.BASTIDE_SSH_KEY,
    api = url,
    hostKeys = join(dataDir, "hosts.json"),
    proxy = local.env.BASTIDE_SSH_PROXY,
  ) => {
    const made = await openTunnel({
      ways: async () => {
        // The engine is asked for them: whoever comes meanwhile waits, and then all go on at once.
        await sleep(200);
        return [{ api: addressOf(new URL(api).host), bastion: { host: address, port: 61_000 } }];
      },
      entrance: { keyFile, passphrase: undefined, agent: undefined, proxy, hostKeys },
      upstream: local.url,
    });
    open.push(made);
    return made;
  };
  /** A key of somebody's. */
  const newKey = (name: string): { readonly file: string; readonly publicKey: string } => {
    const made = ssh2.utils.generateKeyPairSync("ed25519");
    const file = join(dataDir, name);
    writeFileSync(file, made.private, { mode: 0o600 });
    return { file, publicKey: made.public };
  };

  beforeAll(async () => {
    local = await startLocalScaleway({ dataDir, clientAddress: ADMINISTRATOR, clusters: talking });
    gateway = (await scaleway("POST", GATEWAYS, { type: "VPC-GW-S", enable_bastion: true })).body.id;
    address = (await scaleway("GET", `${GATEWAYS}/${gateway}`)).body.ipv4.address;
    const network = await scaleway("POST", `${API}/vpc/v2/regions/fr-par/private-networks`, { name: "n" });
    const clusters = `${API}/k8s/v1/regions/fr-par/clusters`;
    const input = { name: "c", version: "1.35.3", cni: "cilium", private_network_id: network.body.id };
    const cluster = (await scaleway("POST", clusters, input)).body;
    url = cluster.cluster_url;
    await scaleway("PUT", `${clusters}/${cluster.id}/acls`, { acls: [{ ip: `${address}/32` }] });
  });
  beforeEach(async () => {
    await admit([`${ADMINISTRATOR}/32`]);
  });
  afterAll(async () => {
    for (const made of open) await made.close();
    await local.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it("is the only way in: without it the ACL resets the connection", async () => {
    await expect(version()).rejects.toThrow(/hang up|ECONNRESET|disconnected/);
  });

  it("is what a run is told to open, where the cluster resets it", async () => {
    await expect(knock(addressOf(new URL(url).host), local.url)).rejects.toThrow(/resets[\s\S]*bastide tunnel/);
    await knock(addressOf(new URL(url).host), (await tunnel()).url);
  });

  it("comes out at the bastion's address, under the cluster's own name", async () => {
    const { url: way } = await tunnel();
    expect((await version(way)).body).toEqual({ from: address });
  });

  it("leaves everything else on the way that it had", async () => {
    const { url: way } = await tunnel();
    const told = await ask(local, "GET", `${GATEWAYS}/${gateway}`, local.env.SCW_SECRET_KEY ?? "", undefined, way);
    expect(told.body.id).toBe(gateway);
  });

  it("carries many connections over one entrance", async () => {
    let entrances = 0;
    const { port: behind } = new URL(local.env.BASTIDE_SSH_PROXY ?? "");
    const counter = createServer((near) => {
      entrances += 1;
      const far = connect(Number(behind), "127.0.0.1");
      for (const [one, other] of [[near, far] as const, [far, near] as const]) one.on("error", () => other.destroy());
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((resolve) => counter.listen(0, "127.0.0.1", resolve));
    const at = counter.address();
    const proxy = `http://127.0.0.1:${typeof at === "object" && at !== null ? at.port : 0}`;
    const made = await tunnel(undefined, undefined, undefined, proxy);
    const answers = await Promise.all(Array.from({ length: 20 }, () => version(made.url)));
    expect(new Set(answers.map((a) => a.body.from))).toEqual(new Set([address]));
    expect(entrances).toBe(1);
    await made.close();
    counter.close();
  });

  it("is refused to a key that the gateway does not have, until it takes it from its project", async () => {
    const { file, publicKey } = newKey("somebody");
    const stranger = await tunnel(file);
    await expect(stranger.enter()).rejects.toThrow(/does not let the tunnel in[\s\S]*BASTIDE_SSH_KEY/);
    await scaleway("POST", `${API}/iam/v1alpha1/ssh-keys`, { name: "somebody", public_key: publicKey });
    await expect(stranger.enter()).rejects.toThrow("does not let the tunnel in");
    await scaleway("POST", `${GATEWAYS}/${gateway}/refresh-ssh-keys`, {});
    await stranger.enter();
    expect((await version(stranger.url)).status).toBe(200);
  });

  it("is refused from addresses that the bastion does not admit", async () => {
    await admit(["198.51.100.0/24"]);
    await expect((await tunnel()).enter()).rejects.toThrow(/does not let the tunnel in[\s\S]*admin\.sources/);
  });

  it("is refused by a bastion with another host key than before", async () => {
    const hosts = join(dataDir, "other-hosts.json");
    writeFileSync(hosts, JSON.stringify({ [`${address}:61000`]: "SHA256:of-another" }));
    await expect((await tunnel(local.env.BASTIDE_SSH_KEY, url, hosts)).enter()).rejects.toThrow(/another host key/);
  });

  it.each([
    ["were cut short", '{"192.0.2'],
    ["hold something else", '{"a": {"b": 1}}'],
  ])("is refused where the notes of host keys %s: another key would pass for the first one", async (_, text) => {
    const hosts = join(dataDir, "spoilt-hosts.json");
    writeFileSync(hosts, text);
    const made = await tunnel(local.env.BASTIDE_SSH_KEY, url, hosts);
    await expect(made.enter()).rejects.toThrow(/host keys can't be read[\s\S]*fix: +restore the file/);
    expect(readFileSync(hosts, "utf8")).toBe(text);
  });

  it("leads to clusters alone, whatever the bastion is asked for", async () => {
    const { url: way } = await tunnel(local.env.BASTIDE_SSH_KEY, "https://x.api.k8s.elsewhere.scw.cloud:6443");
    // No way of this tunnel: it goes where everything else goes, and there the ACL resets it.
    await expect(version(way)).rejects.toThrow();
  });

  it("says what is missing where there is no key", async () => {
    const made = await openTunnel({
      ways: async () => [{ api: addressOf(new URL(url).host), bastion: { host: address, port: 61_000 } }],
      entrance: { keyFile: undefined, passphrase: undefined, agent: undefined, proxy: undefined, hostKeys: "" },
      upstream: undefined,
    });
    open.push(made);
    await expect(made.enter()).rejects.toThrow(/BASTIDE_SSH_KEY/);
  });
});
