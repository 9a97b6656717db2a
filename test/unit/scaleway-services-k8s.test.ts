import { beforeEach, describe, expect, it } from "vitest";
import { type LocalApi, localApi } from "../harness/local-api.ts";

const K8S = "/k8s/v1/regions/fr-par";
const MINUTE = 60_000;

describe("Kapsule", () => {
  let api: LocalApi;
  let cluster: string;
  let network: string;

  beforeEach(async () => {
    api = localApi();
    network = (await api.call("POST", "/vpc/v2/regions/fr-par/private-networks", { name: "n" })).body.id;
    const input = { name: "c", version: "1.35.3", cni: "cilium", private_network_id: network };
    cluster = (await api.call("POST", `${K8S}/clusters`, input)).body.id;
  });

  const addresses = async (): Promise<number> =>
    (await api.call("GET", `/ipam/v1/regions/fr-par/ips?private_network_id=${network}`)).body.total_count;
  const addPool = async (size: number): Promise<string> =>
    (await api.call("POST", `${K8S}/clusters/${cluster}/pools`, { name: "p", node_type: "pro2_xxs", size })).body.id;
  const nodes = async (): Promise<readonly { status: string; provider_id: string }[]> =>
    (await api.call("GET", `${K8S}/clusters/${cluster}/nodes`)).body.nodes;
  const server = async (providerId: string): Promise<number> => {
    const [zone, id] = providerId.split("/").slice(3);
    return (await api.call("GET", `/instance/v1/zones/${zone}/servers/${id}`)).status;
  };

  it("opens the control plane of a new cluster to everybody", async () => {
    const { body } = await api.call("GET", `${K8S}/clusters/${cluster}/acls`);
    expect(body.rules.map((r: { ip: string }) => r.ip)).toEqual(["0.0.0.0/0"]);
    await api.call("PUT", `${K8S}/clusters/${cluster}/acls`, { acls: [{ ip: "192.0.2.0/24" }] });
    expect((await api.call("GET", `${K8S}/clusters/${cluster}/acls`)).body.total_count).toBe(1);
  });

  it("keeps the window of its upgrades when a change says nothing of it", async () => {
    const window = { start_hour: 3, day: "sunday" };
    const upgrade = async (auto_upgrade: object): Promise<unknown> =>
      (await api.call("PATCH", `${K8S}/clusters/${cluster}`, { auto_upgrade })).body.auto_upgrade;
    expect(await upgrade({ enable: true, maintenance_window: window })).toEqual({
      enabled: true,
      maintenance_window: window,
    });
    expect(await upgrade({ enable: false })).toEqual({ enabled: false, maintenance_window: window });
    expect(await upgrade({ maintenance_window: { day: "monday" } })).toEqual({
      enabled: false,
      maintenance_window: { start_hour: 3, day: "monday" },
    });
  });

  it("waits for a pool", async () => {
    expect((await api.call("GET", `${K8S}/clusters/${cluster}`)).body.status).toBe("pool_required");
    await addPool(1);
    expect((await api.call("GET", `${K8S}/clusters/${cluster}`)).body.status).toBe("ready");
  });

  it("gives nodes servers and addresses, and takes them back with the pool", async () => {
    const before = await addresses();
    const pool = await addPool(2);
    const [first] = await nodes();
    expect(await addresses()).toBeGreaterThanOrEqual(before + 2);
    expect(await server(first?.provider_id ?? "")).toBe(200);
    await api.call("DELETE", `${K8S}/pools/${pool}`);
    expect((await api.call("GET", `${K8S}/pools/${pool}`)).status).toBe(404);
    expect(await addresses()).toBe(before);
    expect(await server(first?.provider_id ?? "")).toBe(404);
  });

  it("empties a surplus node before it goes", async () => {
    const pool = await addPool(2);
    const full = await addresses();
    await api.call("PATCH", `${K8S}/pools/${pool}`, { size: 1 });
    expect((await nodes()).map((n) => n.status).sort()).toEqual(["deleting", "ready"]);
    api.platform.clock.advance(MINUTE);
    expect((await nodes()).map((n) => n.status)).toEqual(["ready"]);
    expect(await addresses()).toBeLessThan(full);
  });

  it("moves its servers along to another security group", async () => {
    const groups = "/instance/v1/zones/fr-par-1/security_groups";
    const make = async (name: string): Promise<string> =>
      (await api.call("POST", groups, { name })).body.security_group.id;
    const [one, two] = [await make("one"), await make("two")];
    const input = { name: "p", node_type: "pro2_xxs", size: 1, security_group_id: one };
    const { body: pool } = await api.call("POST", `${K8S}/clusters/${cluster}/pools`, input);
    expect((await api.call("DELETE", `${groups}/${one}`)).status).toBeGreaterThanOrEqual(400);
    await api.call("PATCH", `${K8S}/pools/${pool.id}`, { security_group_id: two });
    expect((await api.call("DELETE", `${groups}/${one}`)).status).toBe(204);
    expect((await api.call("DELETE", `${groups}/${two}`)).status).toBeGreaterThanOrEqual(400);
  });

  it("never lets a dedicated control plane become a shared one", async () => {
    const become = (type: string) => api.call("POST", `${K8S}/clusters/${cluster}/set-type`, { type });
    expect((await become("multicloud")).status).toBe(412);
    expect((await become("kapsule-dedicated-8")).status).toBe(200);
    expect((await become("kapsule-dedicated-4")).status).toBe(412);
    expect((await become("kapsule")).status).toBe(412);
  });

  it("holds its private network until it is gone", async () => {
    await addPool(1);
    expect((await api.call("DELETE", `/vpc/v2/regions/fr-par/private-networks/${network}`)).status).toBe(412);
    await api.call("DELETE", `${K8S}/clusters/${cluster}`);
    expect((await api.call("GET", `${K8S}/clusters/${cluster}`)).status).toBe(404);
    expect((await api.call("DELETE", `/vpc/v2/regions/fr-par/private-networks/${network}`)).status).toBe(204);
  });
});
