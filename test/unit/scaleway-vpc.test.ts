import { beforeEach, describe, expect, it } from "vitest";
import { type ApiBench, apiBench, textOf } from "../harness/scaleway-api.ts";

/** VPC against its reference: filters, order, and what is refused. */
const REGION = "/vpc/v2/regions/fr-par";

let bench: ApiBench;
beforeEach(() => {
  bench = apiBench();
});
const make = async (kind: string, body: object): Promise<string> =>
  textOf(await bench.must("POST", `${REGION}/${kind}`, body), "id");
const status = async (method: string, path: string, body?: object): Promise<readonly unknown[]> => {
  const answer = await bench.call(method, path, body);
  return [answer.status, answer.body.precondition ?? answer.body.type];
};
const list = async (path: string, of: string, field: string): Promise<readonly unknown[]> => {
  const { [of]: items } = await bench.must("GET", `${REGION}/${path}`);
  return Array.isArray(items) ? items.map((item: object) => Reflect.get(item, field)) : [];
};
const BAD = [400, "invalid_arguments"];

describe("a private network", () => {
  it.each([
    ["overlap one another", ["10.0.0.0/24", "10.0.0.128/25"]],
    ["are none", ["10.0.0.0/33"]],
  ])("is refused when its subnets %s", async (_, subnets) => {
    expect(await status("POST", `${REGION}/private-networks`, { subnets })).toEqual(BAD);
  });
});

describe("a connector", () => {
  it("tells who is at the other end once it is peered, and is filtered by that", async () => {
    const [here, there] = [await make("vpcs", { name: "here" }), await make("vpcs", { name: "there" })];
    const one = await make("vpc-connectors", { name: "one", vpc_id: here, target_vpc_id: there });
    expect(await list("vpc-connectors?status=orphan", "vpc_connectors", "name")).toEqual(["one"]);
    expect((await bench.must("GET", `${REGION}/vpc-connectors/${one}`)).peer_info).toBeUndefined();
    await make("vpc-connectors", { name: "back", vpc_id: there, target_vpc_id: here });
    expect(await list("vpc-connectors?status=peered&order_by=name_desc", "vpc_connectors", "name")).toEqual([
      "one",
      "back",
    ]);
    const { peer_info } = await bench.must("GET", `${REGION}/vpc-connectors/${one}`);
    expect(peer_info).toMatchObject({ vpc_name: "there" });
  });

  it("in conflict lists the overlaps in the order asked for", async () => {
    const [here, there] = [await make("vpcs", { name: "here" }), await make("vpcs", { name: "there" })];
    for (const vpc_id of [here, there])
      for (const subnet of ["10.2.0.0/24", "10.1.0.0/24"])
        await make("private-networks", { vpc_id, subnets: [subnet] });
    const id = await make("vpc-connectors", { vpc_id: here, target_vpc_id: there });
    const overlaps = (query: string) =>
      list(`vpc-connectors/${id}/subnet-overlaps${query}`, "subnet_overlaps", "subnet");
    expect(await overlaps("")).toEqual(["10.1.0.0/24", "10.2.0.0/24"]);
    expect(await overlaps("?order_by=subnet_desc")).toEqual(["10.2.0.0/24", "10.1.0.0/24"]);
  });
});

describe("lists", () => {
  it("of tagged things have those with one of the tags", async () => {
    for (const tags of [["a"], ["b"], ["c"]]) await make("private-networks", { name: tags[0], tags });
    expect(await list("private-networks?tags=a&tags=b", "private_networks", "name")).toEqual(["a", "b"]);
  });

  it("of routes and of ingress rules are sorted by the length of their prefix", async () => {
    const vpc_id = await make("vpcs", { name: "v" });
    const network = await make("private-networks", { vpc_id, subnets: ["10.0.0.0/24"] });
    for (const range of ["10.8.0.0/16", "10.9.0.0/8", "10.10.0.0/24"]) {
      const destination = range === "10.9.0.0/8" ? "11.0.0.0/8" : range;
      await make("routes", { vpc_id, destination, nexthop_private_network_id: network });
      const hop = { nexthop_resource_ip: "10.0.0.9", nexthop_private_network_id: network };
      await make("ingress-rules", { vpc_id, source: destination, ...hop });
    }
    expect(await list("ingress-rules?order_by=prefix_len_desc", "rules", "source")).toEqual([
      "10.10.0.0/24",
      "10.8.0.0/16",
      "11.0.0.0/8",
    ]);
    const { routes } = await bench.must(
      "GET",
      `${REGION}/routes-with-nexthop?vpc_id=${vpc_id}&is_ipv6=false&order_by=prefix_len_asc`,
    );
    const destinations = Array.isArray(routes)
      ? routes.map((r: { route: { destination: string } }) => r.route.destination)
      : [];
    expect(destinations).toEqual(["11.0.0.0/8", "10.8.0.0/16", "10.0.0.0/24", "10.10.0.0/24"]);
  });
});
