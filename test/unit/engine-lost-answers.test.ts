import { beforeEach, describe, expect, it } from "vitest";
import { planAdoptions } from "../../cli/cloud/adopt.ts";
import type { ScalewayApi } from "../../cli/cloud/api.ts";
import { findStrays, removeStray } from "../../cli/cloud/strays.ts";
import { addPlanned, plannedCreates } from "../../cli/engine/planned.ts";
import { inOwnWords } from "../../cli/engine/read-back.ts";
import type { StateResource } from "../../cli/engine/state-file.ts";
import { refuseUnknownStrays } from "../../cli/engine/strays.ts";
import { type LocalApi, localApi } from "../harness/local-api.ts";

/** A create whose answer was lost: what is adopted, what is a double, what is neither. */
let local: LocalApi;
let api: ScalewayApi;
let projectId: string;
beforeEach(() => {
  local = localApi();
  projectId = local.seed.defaultProjectId;
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await local.call(method, path, body);
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status}`);
    return answer.body;
  };
  api = {
    accessKey: local.seed.accessKey,
    secretKey: local.seed.secretKey,
    organizationId: local.seed.organizationId,
    get: (path) => call("GET", path),
    delete: (path) => call("DELETE", path),
    post: (path, body) => call("POST", path, body ?? {}),
    list: async (path, items) => (await call("GET", path))[items],
  };
});

const STACK = "urn:pulumi:e.foundation::bastide::pulumi:pulumi:Stack::bastide-e.foundation";
const urnOf = (name: string): string => `urn:pulumi:e.foundation::bastide::scaleway:network/vpc:Vpc::${name}`;
const vpc = (name: string, more: Partial<StateResource> = {}): StateResource => ({
  urn: urnOf(name),
  type: "scaleway:network/vpc:Vpc",
  custom: true,
  inputs: { name, region: "fr-par", projectId },
  ...more,
});
const make = async (name: string): Promise<string> => {
  const { body } = await local.call("POST", "/vpc/v2/regions/fr-par/vpcs", { name, project_id: projectId });
  return `fr-par/${body.id}`;
};

describe("a create whose end is not known", () => {
  it("is cleared when the cloud has nothing of the kind", async () => {
    await make("other");
    expect(await planAdoptions([vpc("net")], api)).toMatchObject([{ action: "clear" }]);
  });
  it("is adopted under the id that the cloud gave", async () => {
    const id = await make("net");
    expect(await planAdoptions([vpc("net")], api)).toMatchObject([{ action: "import", id }]);
  });
  it("made twice is adopted once, the later one", async () => {
    await make("net");
    local.platform.clock.advance(1000);
    const later = await make("net");
    expect(await planAdoptions([vpc("net")], api)).toMatchObject([{ action: "import", id: later }]);
  });
  it("does not take what a state holds already", async () => {
    const id = await make("net");
    expect(await planAdoptions([vpc("net")], api, { held: [id] })).toMatchObject([{ action: "clear" }]);
  });
  it("does not take what is older than the stack: somebody else made it", async () => {
    await make("net");
    const bounds = { held: [], since: "2026-01-01T01:00:00Z" };
    expect(await planAdoptions([vpc("net")], api, bounds)).toMatchObject([{ action: "clear" }]);
    local.platform.clock.advance(2 * 3600_000);
    const id = await make("net");
    expect(await planAdoptions([vpc("net")], api, bounds)).toMatchObject([{ action: "import", id }]);
  });
});

describe("an address whose end is not known", () => {
  it("is found though the API answers it with the length of its network", async () => {
    const made = await local.call("POST", "/vpc/v2/regions/fr-par/private-networks", {
      name: "n",
      project_id: projectId,
      subnets: ["10.9.0.0/24"],
    });
    const source = { private_network_id: made.body.id };
    const input = { project_id: projectId, source, is_ipv6: false };
    await local.call("POST", "/ipam/v1/regions/fr-par/ips", { ...input, address: "10.9.0.11" });
    const ip = await local.call("POST", "/ipam/v1/regions/fr-par/ips", { ...input, address: "10.9.0.10" });
    expect(ip.body.address).toBe("10.9.0.10/24");
    const create: StateResource = {
      urn: "urn:ip",
      type: "scaleway:ipam/ip:Ip",
      custom: true,
      inputs: { address: "10.9.0.10", region: "fr-par", projectId },
    };
    expect(await planAdoptions([create], api)).toMatchObject([{ action: "import", id: `fr-par/${ip.body.id}` }]);
  });
});

describe("a server whose end is not known", () => {
  const SERVERS = "/instance/v1/zones/fr-par-1/servers";
  const made = async (): Promise<string> => {
    const images = "/marketplace/v2/local-images?image_label=debian_bookworm&zone=fr-par-1&type=instance_sbs";
    const { local_images: found } = (await local.call("GET", images)).body;
    const image = found.find((i: { readonly arch: string }) => i.arch === "x86_64");
    const input = { name: "host", project: projectId, commercial_type: "DEV1-S", image: image.id };
    const { status, body } = await local.call("POST", SERVERS, input);
    if (status !== 201) throw new Error(JSON.stringify(body));
    return body.server.id;
  };
  const created = (more: Readonly<Record<string, unknown>> = {}): StateResource => ({
    urn: "urn:s",
    type: "scaleway:instance/server:Server",
    custom: true,
    inputs: { name: "host", zone: "fr-par-1", projectId, ...more },
  });
  it("is deleted and made again where it never got its cloud-init", async () => {
    const id = await made();
    expect(await planAdoptions([created({ cloudInit: "#cloud-config" })], api)).toMatchObject([{ action: "deleted" }]);
    expect((await local.call("GET", `${SERVERS}/${id}`)).status).toBe(404);
  });
  it("is adopted where none was asked for", async () => {
    const id = await made();
    expect(await planAdoptions([created()], api)).toMatchObject([{ action: "import", id: `fr-par-1/${id}` }]);
  });
});

describe("a secret's version whose end is not known", () => {
  const SECRETS = "/secret-manager/v1beta1/regions/fr-par/secrets";
  const keep = async (): Promise<{ readonly id: string; readonly version: (of: string) => Promise<unknown> }> => {
    const { body } = await local.call("POST", SECRETS, { name: "s", project_id: projectId });
    const version = (description: string) =>
      local.call("POST", `${SECRETS}/${body.id}/versions`, { data: "c2VjcmV0", description });
    return { id: body.id, version };
  };
  const created = (id: string): StateResource => ({
    urn: "urn:v",
    type: "scaleway:secrets/version:Version",
    custom: true,
    inputs: { secretId: `fr-par/${id}`, region: "fr-par", description: "ours" },
  });
  const readable = async (id: string): Promise<readonly unknown[]> =>
    (await local.call("GET", `${SECRETS}/${id}/versions?status=enabled`)).body.versions;

  it("is deleted and made again: what it holds is never read back, and a plan would replace it", async () => {
    const { id, version } = await keep();
    await version("somebody else's");
    await version("ours");
    expect(await planAdoptions([created(id)], api)).toMatchObject([{ action: "deleted" }]);
    expect(await readable(id)).toMatchObject([{ description: "somebody else's" }]);
  });
  it("is only made when the cloud has none", async () => {
    const { id, version } = await keep();
    await version("somebody else's");
    expect(await planAdoptions([created(id)], api)).toMatchObject([{ action: "clear" }]);
    expect(await readable(id)).toHaveLength(1);
  });
});

describe("a double", () => {
  it("is named with the resource that it doubles, and nothing else is", async () => {
    const [first, second] = [await make("net"), await make("net")];
    await make("stranger");
    const found = await findStrays([vpc("net", { id: second })], [], api);
    expect(found.map(({ id, urn }) => [id, urn])).toEqual([[first, urnOf("net")]]);
  });
  it("is none when another stack holds it", async () => {
    const [first, second] = [await make("net"), await make("net")];
    expect(await findStrays([vpc("net", { id: second })], [first], api)).toEqual([]);
  });
  it("is removed, and the other stays", async () => {
    const [, second] = [await make("net"), await make("net")];
    const held = [vpc("net", { id: second })];
    for (const stray of await findStrays(held, [], api)) await removeStray(stray, api);
    expect(await findStrays(held, [], api)).toEqual([]);
    expect(await planAdoptions([vpc("net")], api)).toMatchObject([{ action: "import", id: second }]);
  });
  it("is removed with its protection when it is a secret", async () => {
    const input = { name: "s", project_id: projectId, protected: true };
    const path = "/secret-manager/v1beta1/regions/fr-par/secrets";
    const [, second] = [
      await local.call("POST", path, input),
      await local.call("POST", `${path}`, { ...input, path: "/b" }),
    ];
    const held: StateResource = {
      urn: "u",
      type: "scaleway:secrets/secret:Secret",
      custom: true,
      id: `fr-par/${second.body.id}`,
      inputs: { name: "s", region: "fr-par", projectId },
    };
    const [stray, ...more] = await findStrays([held], [], api);
    if (stray === undefined) throw new Error("the double was not found");
    expect(more).toEqual([]);
    await removeStray(stray, api);
    expect(await findStrays([held], [], api)).toEqual([]);
  });
  it("that nobody named is not removed on demand", () => {
    const stray = { id: "fr-par/1", type: "t", urn: "u", made: "", at: "/x" };
    expect(() => refuseUnknownStrays(["fr-par/1"], [stray])).not.toThrow();
    expect(() => refuseUnknownStrays(["fr-par/2"], [stray])).toThrow(/strays\.unknown/);
  });
});

const PROVIDER = "urn:pulumi:e.foundation::bastide::pulumi:providers:scaleway::main";
const planOf = (inputs: unknown, more: object = {}): string =>
  JSON.stringify({
    steps: [
      {
        op: "create",
        newState: {
          urn: urnOf("net"),
          type: "scaleway:network/vpc:Vpc",
          custom: true,
          parent: STACK,
          provider: `${PROVIDER}::1`,
          inputs,
          ...more,
        },
      },
    ],
  });
const HELD: readonly StateResource[] = [
  { urn: STACK, type: "pulumi:pulumi:Stack", custom: false },
  { urn: PROVIDER, type: "pulumi:providers:scaleway", custom: true, id: "1" },
];

describe("the creates of a plan that may have been made before", () => {
  const inputs = { name: "net", region: "fr-par", projectId: "p" };
  it.each([
    ["with known inputs", planOf(inputs), HELD, 1],
    ["of a stack that never began", planOf(inputs), [], 0],
    ["with an unknown input", planOf({ ...inputs, projectId: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" }), HELD, 0],
    ["with a secret, which no plan shows", planOf({ ...inputs, data: "[secret]" }), HELD, 0],
    ["below a parent that is yet to be made", planOf(inputs, { parent: urnOf("parent") }), HELD, 0],
    ["by a provider that is yet to be made", planOf(inputs, { provider: `${urnOf("p")}::1` }), HELD, 0],
    ["of a kind that is set, not made", planOf(inputs, { type: "scaleway:network/acl:Acl" }), HELD, 0],
  ] as const)("%s", (_, plan, held, count) => expect(plannedCreates(plan, held)).toHaveLength(count));

  it("stand in the state under the ids that were found", () => {
    const state = JSON.stringify({ version: 3, deployment: { resources: HELD } });
    const added = JSON.parse(addPlanned(state, planOf(inputs), [{ urn: urnOf("net"), id: "fr-par/7" }]));
    expect(added.deployment.resources).toHaveLength(3);
    expect(added.deployment.resources[2]).toMatchObject({ urn: urnOf("net"), id: "fr-par/7", inputs });
  });
});

describe("an adopted server", () => {
  const type = "scaleway:instance/server:Server";
  const asked = { urn: "u", type, custom: true, inputs: { image: "debian", cloudInit: "#cloud" } };
  const read = (userData: Readonly<Record<string, string>>): string =>
    JSON.stringify({
      deployment: { resources: [{ urn: "u", type, inputs: { image: "z/1" }, outputs: { image: "z/1", userData } }] },
    });
  const outputs = (text: string | undefined) => JSON.parse(text ?? "").deployment.resources[0].outputs;

  it("has the image as it was asked for, and its cloud-init where it was set", () =>
    expect(outputs(inOwnWords(read({ "cloud-init": "#cloud" }), [asked]))).toEqual({
      image: "debian",
      cloudInit: "#cloud",
      userData: {},
    }));
  it("that never got its cloud-init does not seem to have it", () =>
    expect(outputs(inOwnWords(read({}), [asked])).cloudInit).toBeNull());
  it("is all that is touched", () => expect(inOwnWords(read({}), [vpc("net")])).toBeUndefined());
});
