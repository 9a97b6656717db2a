import { beforeEach, describe, expect, it } from "vitest";
import { type ApiBench, apiBench, textOf } from "../harness/scaleway-api.ts";

const API = "/instance/v1/zones/fr-par-1";
const BLOCK = "/block/v1/zones/fr-par-1/volumes";
const VPC = "/vpc/v2/regions/fr-par";

let bench: ApiBench;
beforeEach(() => {
  bench = apiBench();
});

type Body = Readonly<Record<string, unknown>>;
const inner = (body: Body, key: string): Body => {
  const value = body[key];
  return value !== null && typeof value === "object" ? { ...value } : {};
};
const status = async (method: string, path: string, body?: unknown): Promise<number> =>
  (await bench.call(method, path, body)).status;
const image = async (type: string, label = "ubuntu_jammy"): Promise<unknown> => {
  const { local_images } = await bench.must(
    "GET",
    `/marketplace/v2/local-images?zone=fr-par-1&image_label=${label}&type=${type}`,
  );
  return Array.isArray(local_images) ? local_images.find((i: { arch: string }) => i.arch === "x86_64")?.id : undefined;
};
async function server(more: object = {}): Promise<Body> {
  const body = { name: "s", commercial_type: "DEV1-S", image: await image("instance_sbs"), ...more };
  return inner(await bench.must("POST", `${API}/servers`, body), "server");
}
const get = async (id: unknown): Promise<Body> => inner(await bench.must("GET", `${API}/servers/${id}`), "server");
const act = (id: unknown, action: string) => bench.call("POST", `${API}/servers/${id}/action`, { action });

describe("server", () => {
  it("is made stopped, and passes through a state on its way to another", async () => {
    bench = apiBench({ transitionMs: 10 });
    const { id, state } = await server();
    expect(state).toBe("stopped");
    expect((await act(id, "poweron")).status).toBe(202);
    expect(await get(id)).toMatchObject({ state: "starting", allowed_actions: ["stop_in_place", "backup"] });
    expect((await act(id, "poweroff")).status).toBe(400);
    bench.clock.advance(10);
    expect(await get(id)).toMatchObject({ state: "running", state_detail: "booting kernel" });
  });

  it("terminated, leaves its flexible address and block volume, and takes its NICs and local disks along", async () => {
    const ip = inner(await bench.must("POST", `${API}/ips`, {}), "ip").id;
    const net = textOf(await bench.must("POST", `${VPC}/private-networks`, { name: "n" }), "id");
    const extra = inner(
      await bench.must("POST", `${API}/volumes`, { volume_type: "l_ssd", size: 10_000_000_000 }),
      "volume",
    ).id;
    const { id, volumes } = await server({ public_ips: [ip], volumes: { "0": {}, "1": { id: extra } } });
    const root = inner(inner({ volumes }, "volumes"), "0").id;
    await bench.must("POST", `${API}/servers/${id}/private_nics`, { private_network_id: net });
    await act(id, "poweron");
    expect(await status("DELETE", `${VPC}/private-networks/${net}`)).toBe(412);
    expect(await status("DELETE", `${BLOCK}/${root}`)).toBe(412);
    expect((await act(id, "terminate")).status).toBe(202);
    expect(await status("GET", `${API}/servers/${id}`)).toBe(404);
    expect(inner(await bench.must("GET", `${API}/ips/${ip}`), "ip")).toMatchObject({ state: "detached", server: null });
    expect(await bench.must("GET", `${BLOCK}/${root}`)).toMatchObject({ status: "available", references: [] });
    expect(await status("GET", `${API}/volumes/${extra}`)).toBe(404);
    expect(await status("DELETE", `${VPC}/private-networks/${net}`)).toBe(204);
  });

  it("is deleted only when off, and never while protected", async () => {
    const { id } = await server({ protected: true });
    expect((await bench.call("DELETE", `${API}/servers/${id}`)).body.type).toBe("precondition_failed");
    await bench.must("PATCH", `${API}/servers/${id}`, { protected: false });
    await act(id, "poweron");
    expect((await bench.call("DELETE", `${API}/servers/${id}`)).body.message).toBe("instance should be powered off.");
    await act(id, "poweroff");
    expect(await status("DELETE", `${API}/servers/${id}`)).toBe(204);
  });

  it("cannot be of a type that its image or disks do not fit", async () => {
    const fits = { name: "s", image: await image("instance_sbs") };
    expect(await status("POST", `${API}/servers`, { ...fits, commercial_type: "NO-SUCH" })).toBe(400);
    expect(await status("POST", `${API}/servers`, { ...fits, commercial_type: "BASIC2-A2C-4G" })).toBe(400);
    const local = { name: "s", commercial_type: "DEV1-S", image: await image("instance_local") };
    const volumes = { "0": { volume_type: "l_ssd", size: 30_000_000_000 } };
    expect(await status("POST", `${API}/servers`, { ...local, volumes })).toBe(400);
  });

  it("keeps user data byte by byte", async () => {
    const { id } = await server();
    const script = '{"looks": "like JSON"}\n#cloud-config\n';
    await bench.must("PATCH", `${API}/servers/${id}/user_data/cloud-init`, script);
    const kept = await bench.call("GET", `${API}/servers/${id}/user_data/cloud-init`);
    expect([kept.text, kept.headers["content-type"]]).toEqual([script, "text/plain"]);
    expect(await bench.must("GET", `${API}/servers/${id}/user_data`)).toEqual({ user_data: ["cloud-init"] });
    await bench.must("DELETE", `${API}/servers/${id}/user_data/cloud-init`);
    expect(await status("GET", `${API}/servers/${id}/user_data/cloud-init`)).toBe(404);
  });
});

describe("private NIC", () => {
  it("takes an address of each family, or the one that was booked for it", async () => {
    const net = textOf(await bench.must("POST", `${VPC}/private-networks`, { name: "n" }), "id");
    const ip = textOf(
      await bench.must("POST", "/ipam/v1/regions/fr-par/ips", { source: { private_network_id: net } }),
      "id",
    );
    const nic = async (id: unknown, more: object) =>
      inner(
        await bench.must("POST", `${API}/servers/${id}/private_nics`, { private_network_id: net, ...more }),
        "private_nic",
      );
    expect((await nic((await server()).id, {})).ipam_ip_ids).toHaveLength(2);
    const second = (await server({ name: "t" })).id;
    expect((await nic(second, { ipam_ip_ids: [ip] })).ipam_ip_ids).toEqual([ip]);
    expect(await bench.must("GET", `/ipam/v1/regions/fr-par/ips/${ip}`)).toMatchObject({
      resource: { type: "instance_private_nic", name: "t" },
    });
    expect(await status("POST", `${API}/servers/${second}/private_nics`, { private_network_id: net })).toBe(409);
  });
});

describe("security group", () => {
  it("is not deleted while a server is in it", async () => {
    const group = inner(await bench.must("POST", `${API}/security_groups`, { name: "g" }), "security_group").id;
    const { id } = await server({ security_group: group });
    const refused = await bench.call("DELETE", `${API}/security_groups/${group}`);
    expect([refused.status, refused.body.message]).toEqual([400, "group is in use. you cannot delete it."]);
    await bench.must("DELETE", `${API}/servers/${id}`);
    expect(await status("DELETE", `${API}/security_groups/${group}`)).toBe(204);
  });

  it("of the default kind appears with the first server that names none, and keeps its project alive", async () => {
    const project = textOf(await bench.must("POST", "/account/v3/projects", { name: "p" }), "id");
    const { id, security_group } = await server({ project });
    await bench.must("DELETE", `${API}/servers/${id}`);
    for (const { id: volume } of await volumesOf(project)) await bench.must("DELETE", `${BLOCK}/${volume}`);
    expect(await status("DELETE", `/account/v3/projects/${project}`)).toBe(412);
    await bench.must("DELETE", `${API}/security_groups/${inner({ security_group }, "security_group").id}`);
    expect(await status("DELETE", `/account/v3/projects/${project}`)).toBe(204);
  });

  it("shows its rules after those of default security, single addresses without their length", async () => {
    const group = inner(await bench.must("POST", `${API}/security_groups`, { name: "g" }), "security_group").id;
    const rule = {
      action: "accept",
      protocol: "TCP",
      direction: "inbound",
      ip_range: "192.0.2.7/32",
      dest_port_from: 22,
      dest_port_to: 22,
    };
    const { rules } = await bench.must("PUT", `${API}/security_groups/${group}/rules`, { rules: [rule] });
    expect(rules).toHaveLength(7);
    expect(Array.isArray(rules) && rules.at(-1)).toMatchObject({
      ip_range: "192.0.2.7",
      dest_port_from: 22,
      dest_port_to: null,
      position: 1,
      editable: true,
    });
    await bench.must("PATCH", `${API}/security_groups/${group}`, { enable_default_security: false });
    expect((await bench.must("GET", `${API}/security_groups/${group}/rules`)).rules).toHaveLength(1);
  });
});

async function volumesOf(project: string): Promise<readonly { readonly id: string }[]> {
  const { volumes } = await bench.must("GET", `${BLOCK}?project_id=${project}`);
  return Array.isArray(volumes) ? volumes : [];
}
