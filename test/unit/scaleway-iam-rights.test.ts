import { describe, expect, it } from "vitest";
import { accountRoutes } from "../../local/scaleway/services/account.ts";
import { ROUTES } from "../../local/scaleway/services/all.ts";
import { rowOf } from "../../local/scaleway/services/iam/authorize.ts";
import { type ApiBench, apiBench, PROJECT_ID, textOf } from "../harness/scaleway-api.ts";

/** Who may call what in the JSON API: permission sets, their scope, their conditions. */
const IAM = "/iam/v1alpha1";
const KEYS = "/key-manager/v1alpha1/regions/fr-par/keys";
const NETWORKS = "/vpc/v2/regions/fr-par/private-networks";

/** An application with one policy of these rules; gives the secret half of a key of its own. */
async function applicationWith(bench: ApiBench, rules: readonly object[]): Promise<string> {
  const application = await bench.must("POST", `${IAM}/applications`, { name: "app" });
  const application_id = textOf(application, "id");
  await bench.must("POST", `${IAM}/policies`, { name: "p", application_id, rules });
  return textOf(await bench.must("POST", `${IAM}/api-keys`, { application_id }), "secret_key");
}

const over = (sets: readonly string[], more: object = { project_ids: [PROJECT_ID] }): object => ({
  permission_set_names: sets,
  ...more,
});
const ORGANIZATION = { organization_id: PROJECT_ID };

type Call = readonly [method: string, path: string, body?: unknown];

/** What a rule opens and what it leaves closed; `{key}` is the id of a key. */
const TABLE: readonly (readonly [
  what: string,
  rules: readonly object[],
  open: readonly Call[],
  shut: readonly Call[],
])[] = [
  [
    "no rule at all",
    [],
    [["GET", "/marketplace/v2/local-images?image_label=ubuntu_noble&zone=fr-par-1"]],
    [["GET", NETWORKS]],
  ],
  [
    "reading a product",
    [over(["PrivateNetworksReadOnly"])],
    [["GET", NETWORKS]],
    [
      ["POST", NETWORKS, { name: "n" }],
      ["GET", "/vpc/v2/regions/fr-par/vpcs"],
    ],
  ],
  [
    "all of a product",
    [over(["PrivateNetworksFullAccess"])],
    [["POST", NETWORKS, { name: "n" }]],
    [["POST", "/vpc/v2/regions/fr-par/vpcs", { name: "v" }]],
  ],
  [
    "every product",
    [over(["AllProductsFullAccess"])],
    [["POST", NETWORKS, { name: "n" }]],
    [["GET", `${IAM}/policies`]],
  ],
  [
    "another project",
    [over(["AllProductsFullAccess"], { project_ids: ["11111111-1111-4111-8111-111111111111"] })],
    [],
    [["POST", NETWORKS, { name: "n", project_id: PROJECT_ID }]],
  ],
  ["a set of the Organization over a project only", [over(["IAMPolicyManager"])], [], [["GET", `${IAM}/policies`]]],
  [
    "part of IAM",
    [over(["IAMPolicyManager"], ORGANIZATION)],
    [["GET", `${IAM}/policies`]],
    [
      ["POST", `${IAM}/applications`, { name: "x" }],
      ["POST", "/account/v3/projects", { name: "x" }],
    ],
  ],
  [
    "all of IAM, projects with it",
    [over(["IAMManager"], ORGANIZATION)],
    [["POST", "/account/v3/projects", { name: "x" }]],
    [["GET", NETWORKS]],
  ],
  [
    "making keys, not using them",
    [over(["KeyManagerKeyCreate"])],
    [["POST", KEYS, { name: "k", usage: { symmetric_encryption: "aes_256_gcm" }, project_id: PROJECT_ID }]],
    [
      ["GET", `${KEYS}/{key}`],
      ["POST", `${KEYS}/{key}/encrypt`, { plaintext: "AAAA" }],
      ["DELETE", `${KEYS}/{key}`],
    ],
  ],
  [
    "encrypting under one key",
    [over(["KeyManagerKeyEncrypt"], { project_ids: [PROJECT_ID], condition: 'resource.id == "{key}"' })],
    [["POST", `${KEYS}/{key}/encrypt`, { plaintext: "AAAA" }]],
    [["POST", `${KEYS}/{key}/decrypt`, { ciphertext: "AAAA" }]],
  ],
  [
    "encrypting under another key",
    [over(["KeyManagerKeyEncrypt"], { project_ids: [PROJECT_ID], condition: 'resource.id == "other"' })],
    [],
    [["POST", `${KEYS}/{key}/encrypt`, { plaintext: "AAAA" }]],
  ],
  [
    "one key, listed",
    [over(["KeyManagerReadOnly"], { project_ids: [PROJECT_ID], condition: 'resource.id == "{key}"' })],
    [["GET", `${KEYS}/{key}`]],
    [["GET", KEYS]],
  ],
  [
    "from the office alone",
    [
      over(["PrivateNetworksReadOnly"], {
        project_ids: [PROJECT_ID],
        condition: 'inIpRange(request.ip, "192.0.2.0/24")',
      }),
    ],
    [],
    [["GET", NETWORKS]],
  ],
  [
    "two rules, one of them met",
    [
      over(["PrivateNetworksReadOnly"], { project_ids: [PROJECT_ID], condition: "1 == 2" }),
      over(["PrivateNetworksReadOnly"], {
        project_ids: [PROJECT_ID],
        condition: 'inIpRange(request.ip, "127.0.0.0/8")',
      }),
    ],
    [["GET", NETWORKS]],
    [],
  ],
];

describe("rights", () => {
  it.each(TABLE)("%s", async (_what, rules, open, shut) => {
    const bench = apiBench();
    const { id } = await bench.must("POST", KEYS, {
      name: "key",
      usage: { symmetric_encryption: "aes_256_gcm" },
      project_id: PROJECT_ID,
    });
    const about = <T>(value: T): T =>
      JSON.parse(JSON.stringify(value ?? null).replaceAll("{key}", String(id))) ?? undefined;
    const secret = await applicationWith(bench, about(rules));
    const status = async ([method, path, body]: Call): Promise<number> =>
      (await bench.call(method, about(path), body, secret)).status;
    for (const call of open) expect([call, await status(call)]).toEqual([call, 200]);
    for (const call of shut) expect([call, await status(call)]).toEqual([call, 403]);
  });

  it("of a group are its members'", async () => {
    const bench = apiBench();
    const application_id = textOf(await bench.must("POST", `${IAM}/applications`, { name: "app" }), "id");
    const group_id = textOf(await bench.must("POST", `${IAM}/groups`, { name: "g" }), "id");
    await bench.must("POST", `${IAM}/policies`, { name: "p", group_id, rules: [over(["PrivateNetworksReadOnly"])] });
    const key = textOf(await bench.must("POST", `${IAM}/api-keys`, { application_id }), "secret_key");
    expect((await bench.call("GET", NETWORKS, undefined, key)).status).toBe(403);
    await bench.must("POST", `${IAM}/groups/${group_id}/add-member`, { application_id });
    expect((await bench.call("GET", NETWORKS, undefined, key)).status).toBe(200);
  });

  it("reach what has no project of its own through what it belongs to", async () => {
    const bench = apiBench();
    const vpc = await bench.must("POST", "/vpc/v2/regions/fr-par/vpcs", { name: "v", project_id: PROJECT_ID });
    const network = await bench.must("POST", NETWORKS, { name: "n", vpc_id: vpc.id, project_id: PROJECT_ID });
    const routes = "/vpc/v2/regions/fr-par/routes";
    const route = { vpc_id: vpc.id, destination: "10.9.0.0/16", nexthop_private_network_id: network.id };
    const other = await bench.must("POST", "/account/v3/projects", { name: "other" });
    const outside = await applicationWith(bench, [over(["VPCFullAccess"], { project_ids: [other.id] })]);
    expect((await bench.call("POST", routes, route, outside)).status).toBe(403);
    const inside = await applicationWith(bench, [over(["VPCFullAccess"])]);
    const made = await bench.call("POST", routes, route, inside);
    expect(made).toMatchObject({ status: 200 });
    expect((await bench.call("DELETE", `${routes}/${textOf(made.body, "id")}`, undefined, outside)).status).toBe(403);
    expect((await bench.call("DELETE", `${routes}/${textOf(made.body, "id")}`, undefined, inside)).status).toBe(204);
  });

  it("let whoever holds them hear that something is gone, and nobody else", async () => {
    const bench = apiBench();
    const path = `${NETWORKS}/${textOf(await bench.must("POST", NETWORKS, { name: "n", project_id: PROJECT_ID }), "id")}`;
    const other = textOf(await bench.must("POST", "/account/v3/projects", { name: "other" }), "id");
    const may = await applicationWith(bench, [over(["PrivateNetworksFullAccess"], { project_ids: [other] })]);
    const mayNot = await applicationWith(bench, [over(["PrivateNetworksReadOnly"], { project_ids: [other] })]);
    expect((await bench.call("DELETE", path, undefined, may)).status).toBe(403);
    await bench.must("DELETE", path);
    expect((await bench.call("DELETE", path, undefined, may)).status).toBe(404);
    expect((await bench.call("DELETE", path, undefined, mayNot)).status).toBe(403);
  });

  it("of a member of the Organization are not the owner's", async () => {
    const bench = apiBench();
    const user = await bench.must("POST", `${IAM}/users`, { member: { email: "a@example.org", username: "a" } });
    const key = textOf(await bench.must("POST", `${IAM}/api-keys`, { user_id: user.id }), "secret_key");
    expect((await bench.call("GET", NETWORKS, undefined, key)).status).toBe(403);
  });

  it("name the resource and the action in the refusal", async () => {
    const bench = apiBench();
    const { status, body } = await bench.call("POST", NETWORKS, { name: "n" }, await applicationWith(bench, []));
    expect({ status, body }).toMatchObject({
      status: 403,
      body: { type: "permissions_denied", details: [{ resource: "private_network", action: "write" }] },
    });
  });

  it("are told for every route that there is", () => {
    const without = [...accountRoutes, ...ROUTES]
      .map(({ method, path }) => `${method} ${path}`)
      .filter((route) => rowOf(route) === undefined);
    expect(without).toEqual([]);
  });

  it("of a rule with a condition that is no expression are refused", async () => {
    const bench = apiBench();
    const rules = [over(["VPCReadOnly"], { project_ids: [PROJECT_ID], condition: "((" })];
    expect((await bench.call("POST", `${IAM}/policies`, { name: "p", rules })).status).toBe(400);
  });
});
