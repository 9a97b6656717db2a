import { beforeEach, describe, expect, it } from "vitest";
import { type ApiBench, apiBench, PROJECT_ID, textOf } from "../harness/scaleway-api.ts";

const VPCS = "/vpc/v2/regions/fr-par/vpcs";
const IPS = "/instance/v1/zones/fr-par-1/ips";
const NOBODY = "33333333-3333-4333-8333-333333333333";

let bench: ApiBench;
beforeEach(() => {
  bench = apiBench();
});
const vpc = (name: string, tags: string[] = []) => bench.must("POST", VPCS, { name, tags });
const names = (body: Record<string, unknown>): unknown =>
  Array.isArray(body.vpcs) ? body.vpcs.map((v: { name: string }) => v.name) : undefined;

describe("lists", () => {
  beforeEach(async () => {
    for (const name of ["b", "a", "c"]) await vpc(name, name === "b" ? ["x", "y"] : ["x"]);
  });
  // A project's default VPC is there from the first look at its region.
  const own = `${VPCS}?is_default=false`;

  it("are paged, with the total of all pages", async () => {
    const first = await bench.must("GET", `${own}&page_size=2`);
    const second = await bench.must("GET", `${own}&page_size=2&page=2`);
    expect([names(first), first.total_count]).toEqual([["b", "a"], 3]);
    expect([names(second), second.total_count]).toEqual([["c"], 3]);
    expect(names(await bench.must("GET", `${own}&page=9`))).toEqual([]);
  });

  it("refuse a page that cannot be", async () => {
    for (const query of ["page=0", "page_size=0", "page=x"]) {
      const { status, body } = await bench.call("GET", `${own}&${query}`);
      expect([status, body.type]).toEqual([400, "invalid_arguments"]);
    }
  });

  it("are sorted by what order_by says, and by age otherwise", async () => {
    expect(names(await bench.must("GET", own))).toEqual(["b", "a", "c"]);
    expect(names(await bench.must("GET", `${own}&order_by=created_at_desc`))).toEqual(["c", "a", "b"]);
    expect(names(await bench.must("GET", `${own}&order_by=name_asc`))).toEqual(["a", "b", "c"]);
    expect(names(await bench.must("GET", `${own}&order_by=name_desc`))).toEqual(["c", "b", "a"]);
  });

  it("are filtered: one of the tags, part of a name, the project", async () => {
    expect(names(await bench.must("GET", `${own}&tags=y&tags=z`))).toEqual(["b"]);
    expect(names(await bench.must("GET", `${own}&name=a`))).toEqual(["a"]);
    expect(names(await bench.must("GET", `${own}&project_id=${NOBODY}`))).toEqual([]);
  });

  it("hold to their region", async () => {
    expect(names(await bench.must("GET", "/vpc/v2/regions/nl-ams/vpcs?is_default=false"))).toEqual([]);
  });

  it("tell their total in a header where the Instance API does", async () => {
    for (let i = 0; i < 3; i += 1) await bench.must("POST", IPS, { project: PROJECT_ID });
    const { headers, body } = await bench.call("GET", `${IPS}?per_page=2`);
    expect([headers["x-total-count"], Array.isArray(body.ips) && body.ips.length, body.total_count]).toEqual([
      "3",
      2,
      undefined,
    ]);
  });
});

describe("errors are Scaleway's own", () => {
  it("404 for what is not there, or is elsewhere", async () => {
    const id = textOf(await vpc("here"), "id");
    const elsewhere = await bench.call("GET", `/vpc/v2/regions/nl-ams/vpcs/${id}`);
    expect(elsewhere.status).toBe(404);
    expect(elsewhere.body).toEqual({
      message: "resource is not found",
      type: "not_found",
      resource: "vpc",
      resource_id: id,
    });
  });

  it("404 for a region that this Scaleway does not have", async () => {
    expect((await bench.call("GET", "/vpc/v2/regions/us-east/vpcs")).body).toMatchObject({ type: "unknown_resource" });
  });

  it("400 naming every argument at fault", async () => {
    const { status, body } = await bench.call("POST", "/vpc-gw/v2/zones/fr-par-1/pat-rules", {
      public_port: 70_000,
      private_ip: "10.0.0.1",
    });
    expect([status, body.type, body.message]).toEqual([400, "invalid_arguments", "invalid argument(s)"]);
    expect(body.details).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ argument_name: "public_port", reason: "constraint" }),
        expect.objectContaining({ argument_name: "gateway_id", reason: "required" }),
        expect.objectContaining({ argument_name: "private_port", reason: "required" }),
      ]),
    );
  });

  it("401 for a key that nobody has", async () => {
    const { status, body } = await bench.call("GET", VPCS, undefined, NOBODY);
    expect([status, body]).toEqual([
      401,
      { type: "denied_authentication", message: "authentication is denied", method: "api_key", reason: "not_found" },
    ]);
  });

  it("403 for a project that is not there", async () => {
    const { status, body } = await bench.call("POST", VPCS, { name: "x", project_id: NOBODY });
    expect([status, body.type]).toEqual([403, "permissions_denied"]);
  });

  it("501 for a service that is not built, never an empty answer", async () => {
    const { status, body } = await bench.call("GET", "/lb/v1/zones/fr-par-1/lbs");
    expect([status, body.type]).toEqual([501, "not_implemented"]);
  });
});

it("a refused call leaves nothing behind", async () => {
  const network = await bench.must("POST", "/vpc/v2/regions/fr-par/private-networks", { name: "n" });
  const gateway = await bench.must("POST", "/vpc-gw/v2/zones/fr-par-1/gateways", { name: "g", type: "VPC-GW-S" });
  const attach = { gateway_id: gateway.id, private_network_id: network.id, ipam_ip_id: NOBODY };
  expect((await bench.call("POST", "/vpc-gw/v2/zones/fr-par-1/gateway-networks", attach)).status).toBe(404);
  expect((await bench.must("GET", "/ipam/v1/regions/fr-par/ips")).total_count).toBe(0);
  expect((await bench.must("GET", "/vpc-gw/v2/zones/fr-par-1/gateway-networks")).total_count).toBe(0);
});
