import { beforeEach, describe, expect, it } from "vitest";
import { type ApiBench, apiBench, PROJECT_ID, textOf } from "../harness/scaleway-api.ts";

const VPC = "/vpc/v2/regions/fr-par";
const GW = "/vpc-gw/v2/zones/fr-par-1";
const IPAM = "/ipam/v1/regions/fr-par/ips";

let bench: ApiBench;
beforeEach(() => {
  bench = apiBench();
});
const make = async (path: string, body: object): Promise<string> => textOf(await bench.must("POST", path, body), "id");
const vpc = (name = "v"): Promise<string> => make(`${VPC}/vpcs`, { name });
const network = (vpc_id: string, ...subnets: string[]): Promise<string> =>
  make(`${VPC}/private-networks`, { vpc_id, subnets });
const gateway = (body: object = {}): Promise<string> => make(`${GW}/gateways`, { type: "VPC-GW-S", ...body });
const status = async (method: string, path: string, body?: unknown): Promise<number> =>
  (await bench.call(method, path, body)).status;

describe("VPC", () => {
  it("has routing whatever is asked for", async () => {
    expect(await bench.must("POST", `${VPC}/vpcs`, { name: "v", enable_routing: false })).toMatchObject({
      routing_enabled: true,
    });
  });

  it("is not deleted while it holds networks, nor when it is the default one", async () => {
    const id = await vpc();
    const inside = await network(id);
    const refused = await bench.call("DELETE", `${VPC}/vpcs/${id}`);
    expect([refused.status, refused.body.type, refused.body.message]).toEqual([
      412,
      "precondition_failed",
      "precondition is not respected",
    ]);
    expect(await status("DELETE", `${VPC}/private-networks/${inside}`)).toBe(204);
    expect(await status("DELETE", `${VPC}/vpcs/${id}`)).toBe(204);
    const lone = textOf(await bench.must("POST", `${VPC}/private-networks`, { name: "n" }), "vpc_id");
    expect(await bench.must("GET", `${VPC}/vpcs/${lone}`)).toMatchObject({
      is_default: true,
      private_network_count: 1,
    });
    expect(await status("DELETE", `${VPC}/vpcs/${lone}`)).toBe(412);
  });

  it("keeps its subnets apart, and gives each network both families", async () => {
    const id = await vpc();
    await network(id, "10.0.0.0/22");
    const overlapping = await bench.call("POST", `${VPC}/private-networks`, { vpc_id: id, subnets: ["10.0.2.0/24"] });
    expect([overlapping.status, overlapping.body.type]).toEqual([400, "invalid_arguments"]);
    const { subnets } = await bench.must("POST", `${VPC}/private-networks`, { vpc_id: id });
    expect(subnets).toEqual([
      expect.objectContaining({ subnet: expect.stringMatching(/^172\.16\.\d+\.0\/22$/) }),
      expect.objectContaining({ subnet: expect.stringMatching(/^fd.*::\/64$/) }),
    ]);
    // Another VPC may have the same range.
    await network(await vpc("w"), "10.0.0.0/22");
  });
});

describe("ACLs", () => {
  const rule = {
    protocol: "TCP",
    source: "10.0.0.0/8",
    destination: "0.0.0.0/0",
    dst_port_low: 443,
    dst_port_high: 443,
    action: "accept",
  };
  const list = (id: string, v6: boolean) => bench.must("GET", `${VPC}/vpcs/${id}/acl-rules?is_ipv6=${v6}`);

  it("accept everything until set, each family by itself", async () => {
    const id = await vpc();
    expect(await list(id, false)).toEqual({ default_policy: "accept", rules: [] });
    await bench.must("PUT", `${VPC}/vpcs/${id}/acl-rules`, { rules: [rule], is_ipv6: false, default_policy: "drop" });
    expect(await list(id, false)).toMatchObject({ default_policy: "drop", rules: [{ source: "10.0.0.0/8" }] });
    expect(await list(id, true)).toEqual({ default_policy: "accept", rules: [] });
  });

  it("are open again when the provider deletes the IPv6 one, which it does to the IPv4 one", async () => {
    const id = await vpc();
    const set = (is_ipv6: boolean, default_policy: string) =>
      bench.must("PUT", `${VPC}/vpcs/${id}/acl-rules`, { rules: null, is_ipv6, default_policy });
    await set(false, "drop");
    await set(true, "drop");
    await set(false, "accept");
    expect([(await list(id, false)).default_policy, (await list(id, true)).default_policy]).toEqual(["accept", "drop"]);
  });

  it("refuse ranges of the other family and ports upside down", async () => {
    const id = await vpc();
    const bad = { ...rule, source: "fd00::/8", dst_port_low: 9, dst_port_high: 8 };
    const { status: code, body } = await bench.call("PUT", `${VPC}/vpcs/${id}/acl-rules`, {
      rules: [bad],
      is_ipv6: false,
      default_policy: "drop",
    });
    expect(code).toBe(400);
    expect(body.details).toMatchObject([
      { argument_name: "rules.0.source" },
      { argument_name: "rules.0.dst_port_low" },
    ]);
  });
});

describe("IPAM", () => {
  it("books an address once, inside its subnet, never the network's own ones", async () => {
    const id = await network(await vpc(), "10.1.0.0/29");
    const book = (address?: string) => bench.call("POST", IPAM, { source: { private_network_id: id }, address });
    expect((await book()).body.address).toBe("10.1.0.2/29");
    expect((await book("10.1.0.3")).status).toBe(200);
    expect([(await book("10.1.0.3")).status, (await book("10.1.0.3")).body.type]).toEqual([409, "already_exists"]);
    for (const outside of ["10.1.0.1", "10.1.0.7", "10.2.0.3", "nonsense"])
      expect((await book(outside)).status).toBe(400);
    for (let free = 3; free > 0; free -= 1) expect((await book()).status).toBe(200);
    expect((await book()).status).toBe(412);
  });

  it("keeps a network in use", async () => {
    const id = await network(await vpc());
    const ip = await make(IPAM, { source: { private_network_id: id } });
    expect((await bench.call("DELETE", `${VPC}/private-networks/${id}`)).body).toMatchObject({
      precondition: "resource_still_in_use",
      help_message: expect.stringContaining("Private Network must be empty to be deleted"),
    });
    await bench.must("DELETE", `${IPAM}/${ip}`);
    expect(await status("DELETE", `${VPC}/private-networks/${id}`)).toBe(204);
  });
});

describe("public gateway", () => {
  it("comes up by itself", async () => {
    const answer = await bench.must("POST", `${GW}/gateways`, { type: "VPC-GW-S", name: "g" });
    expect(answer).toMatchObject({ status: "allocating", bastion_allowed_ips: ["0.0.0.0/0"], bastion_port: 61_000 });
    expect(await bench.must("GET", `${GW}/gateways/${answer.id}`)).toMatchObject({ status: "running" });
  });

  it("takes its time on the clock when it is told to", async () => {
    bench = apiBench({ transitionMs: 1_000 });
    const id = await gateway();
    const net = await network(await vpc());
    const now = async () => (await bench.must("GET", `${GW}/gateways/${id}`)).status;
    expect(await now()).toBe("allocating");
    const early = await bench.call("POST", `${GW}/gateway-networks`, { gateway_id: id, private_network_id: net });
    expect([early.status, early.body]).toMatchObject([409, { type: "transient_state", current_state: "allocating" }]);
    bench.clock.advance(1_000);
    expect(await now()).toBe("configuring");
    bench.clock.advance(1_000);
    expect(await now()).toBe("running");
  });

  it("is born with a bastion open to every address, which only a second call closes", async () => {
    const id = await gateway({ enable_bastion: true });
    expect(await bench.must("GET", `${GW}/gateways/${id}`)).toMatchObject({ bastion_allowed_ips: ["0.0.0.0/0"] });
    await bench.must("PUT", `${GW}/gateways/${id}/bastion-allowed-ips`, { ip_ranges: ["192.0.2.0/24"] });
    expect(await bench.must("GET", `${GW}/gateways/${id}`)).toMatchObject({ bastion_allowed_ips: ["192.0.2.0/24"] });
    expect(await status("PATCH", `${GW}/gateways/${id}`, { bastion_port: 22 })).toBe(400);
  });

  it("in a network: an address, a default route if it pushes one, and the network in use", async () => {
    const inVpc = await vpc();
    const net = await network(inVpc);
    const id = await gateway({ name: "g" });
    const attached = await make(`${GW}/gateway-networks`, {
      gateway_id: id,
      private_network_id: net,
      push_default_route: true,
    });
    const routes = async (): Promise<unknown> =>
      (await bench.must("GET", `${VPC}/routes-with-nexthop?vpc_id=${inVpc}&nexthop_resource_type=vpc_gateway_network`))
        .routes;
    expect(await routes()).toMatchObject([
      { nexthop_name: "g", route: { destination: "0.0.0.0/0", is_read_only: true } },
    ]);
    expect(await status("DELETE", `${VPC}/private-networks/${net}`)).toBe(412);
    expect(await status("DELETE", `${GW}/gateways/${id}?delete_ip=false`)).toBe(412);
    await bench.must("DELETE", `${GW}/gateway-networks/${attached}`);
    expect(await routes()).toEqual([]);
    expect(await status("DELETE", `${VPC}/private-networks/${net}`)).toBe(204);
  });

  it("keeps its address apart from itself", async () => {
    const ip = await make(`${GW}/ips`, { project_id: PROJECT_ID });
    const id = await gateway({ ip_id: ip });
    expect(await status("DELETE", `${GW}/ips/${ip}`)).toBe(412);
    expect(await status("POST", `${GW}/gateways`, { type: "VPC-GW-S", ip_id: ip })).toBe(412);
    await bench.must("DELETE", `${GW}/gateways/${id}?delete_ip=false`);
    expect(await status("GET", `${GW}/gateways/${id}`)).toBe(404);
    expect(await status("DELETE", `${GW}/ips/${ip}`)).toBe(204);
  });

  it("maps a public port once", async () => {
    const gateway_id = await gateway();
    const rule = { gateway_id, public_port: 51_820, private_ip: "10.0.0.2", private_port: 51_820, protocol: "udp" };
    await make(`${GW}/pat-rules`, rule);
    expect(await status("POST", `${GW}/pat-rules`, { ...rule, protocol: "both" })).toBe(409);
    expect(await status("POST", `${GW}/pat-rules`, { ...rule, protocol: "tcp" })).toBe(200);
  });
});
