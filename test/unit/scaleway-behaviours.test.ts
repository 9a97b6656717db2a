import { beforeEach, describe, expect, it } from "vitest";
import { delayGrants } from "../../local/scaleway/services/iam/grant-delay.ts";
import { grantQuotas } from "../../local/scaleway/services/quota.ts";
import { type ApiBench, apiBench, PROJECT_ID, textOf } from "../harness/scaleway-api.ts";

/** Behaviour of the platform that bites, one row each: what is done, and the refusal or state that it ends in. */
const DAY = 86_400_000;
const VPC = "/vpc/v2/regions/fr-par";
const GW = "/vpc-gw/v2/zones/fr-par-1";
const IAM = "/iam/v1alpha1";
const KEYS = "/key-manager/v1alpha1/regions/fr-par/keys";
const SECRETS = "/secret-manager/v1beta1/regions/fr-par/secrets";
const K8S = "/k8s/v1/regions/fr-par";
const NOBODY = "33333333-3333-4333-8333-333333333333";

let bench: ApiBench;
beforeEach(() => {
  bench = apiBench();
});
const make = async (path: string, body: object): Promise<string> => textOf(await bench.must("POST", path, body), "id");
const project = (name: string): Promise<string> => make("/account/v3/projects", { name });
const vpc = (name = "v"): Promise<string> => make(`${VPC}/vpcs`, { name });
const network = async (): Promise<string> => make(`${VPC}/private-networks`, { vpc_id: await vpc() });
const cluster = async (privateNetwork: string, more: object = {}): Promise<string> =>
  make(`${K8S}/clusters`, { name: "c", version: "1.35.3", cni: "cilium", private_network_id: privateNetwork, ...more });

interface Ending {
  readonly status: number;
  readonly body: Record<string, unknown>;
}
const call = async (...request: Parameters<ApiBench["call"]>): Promise<Ending> => {
  const { status, body } = await bench.call(...request);
  return { status, body };
};

/** An application with a key, and with these sets over a project when any are given. */
async function application(sets: readonly string[], expires_at?: string): Promise<string> {
  const id = await make(`${IAM}/applications`, { name: `app-${sets.length}` });
  if (sets.length > 0)
    await bench.must("POST", `${IAM}/policies`, {
      name: "p",
      application_id: id,
      rules: [{ permission_set_names: sets, project_ids: [PROJECT_ID] }],
    });
  const key = await bench.must("POST", `${IAM}/api-keys`, { application_id: id, ...(expires_at && { expires_at }) });
  return textOf(key, "secret_key");
}

const refusal = (status: number, type: string, more: object = {}) => ({ status, body: { type, ...more } });

const ROWS: readonly (readonly [name: string, act: () => Promise<Ending>, ends: object])[] = [
  [
    "a network in use is not deleted",
    async () => {
      const id = await network();
      await make(`${K8S}/clusters/${await cluster(id)}/pools`, { name: "p", node_type: "dev1_m", size: 1 });
      return call("DELETE", `${VPC}/private-networks/${id}`);
    },
    refusal(412, "precondition_failed", { precondition: "resource_still_in_use" }),
  ],
  [
    "a VPC with networks is not deleted",
    async () => {
      const id = await vpc();
      await make(`${VPC}/private-networks`, { vpc_id: id });
      return call("DELETE", `${VPC}/vpcs/${id}`);
    },
    refusal(412, "precondition_failed"),
  ],
  [
    "a project that holds something is not deleted",
    async () => {
      const id = await project("full");
      await make(`${VPC}/vpcs`, { name: "v", project_id: id });
      return call("DELETE", `/account/v3/projects/${id}`);
    },
    refusal(412, "precondition_failed"),
  ],
  [
    "a gateway on its way takes no network",
    async () => {
      bench = apiBench({ transitionMs: 60_000 });
      const gateway_id = await make(`${GW}/gateways`, { type: "VPC-GW-S" });
      return call("POST", `${GW}/gateway-networks`, { gateway_id, private_network_id: await network() });
    },
    refusal(409, "transient_state", { resource: "gateway" }),
  ],
  [
    "a cluster passes through states before it waits for a pool",
    async () => {
      bench = apiBench({ transitionMs: 60_000 });
      const id = await cluster(await network());
      const states = [(await call("GET", `${K8S}/clusters/${id}`)).body.status];
      bench.clock.advance(60_000);
      states.push((await call("GET", `${K8S}/clusters/${id}`)).body.status);
      return { status: 0, body: { states } };
    },
    { body: { states: ["creating", "pool_required"] } },
  ],
  [
    "a cluster deleted with its additional resources takes its private network along",
    async () => {
      const id = await network();
      const of = await cluster(id);
      await bench.must("DELETE", `${K8S}/clusters/${of}?with_additional_resources=true`);
      return call("GET", `${VPC}/private-networks/${id}`);
    },
    refusal(404, "not_found", { resource: "private_network" }),
  ],
  [
    "a project too many",
    async () => {
      grantQuotas(bench.platform, { projects: 2 });
      await project("second");
      return call("POST", "/account/v3/projects", { name: "third" });
    },
    refusal(403, "quotas_exceeded", { details: [{ resource: "projects", quota: 2, current: 2 }] }),
  ],
  [
    "a dedicated control plane too many",
    async () => {
      const id = await network();
      for (let n = 0; n < 4; n += 1) await cluster(id, { name: `c${n}`, type: "kapsule-dedicated-4" });
      return call("POST", `${K8S}/clusters`, {
        name: "fifth",
        version: "1.35.3",
        cni: "cilium",
        type: "kapsule-dedicated-4",
        private_network_id: id,
      });
    },
    refusal(403, "quotas_exceeded"),
  ],
  [
    "ACL rules too many",
    async () => {
      const rule = { action: "accept", source: "10.0.0.0/8", destination: "10.0.0.0/8", protocol: "ANY" };
      const rules = Array.from({ length: 256 }, () => rule);
      return call("PUT", `${VPC}/vpcs/${await vpc()}/acl-rules`, { is_ipv6: false, default_policy: "drop", rules });
    },
    refusal(400, "invalid_arguments"),
  ],
  [
    "a key deleted stays for seven days, of no use",
    async () => {
      const id = await make(KEYS, { name: "k", unprotected: true });
      await bench.must("DELETE", `${KEYS}/${id}`);
      bench.clock.advance(7 * DAY - 1);
      const before = (await call("GET", `${KEYS}/${id}`)).body.state;
      const use = (await call("POST", `${KEYS}/${id}/encrypt`, { plaintext: "aGk=" })).status;
      bench.clock.advance(1);
      return { status: (await call("GET", `${KEYS}/${id}`)).status, body: { before, use } };
    },
    { status: 404, body: { before: "scheduled_for_deletion", use: 412 } },
  ],
  [
    "a key rotates by itself when its time has come",
    async () => {
      const id = await make(KEYS, { name: "k", rotation_policy: { rotation_period: "86400s" } });
      bench.clock.advance(3 * DAY);
      return call("GET", `${KEYS}/${id}`);
    },
    { status: 200, body: { rotation_count: 4, rotated_at: "2026-01-04T00:00:00.000000Z" } },
  ],
  [
    "a deleted secret is there until its week is over, and out of lists",
    async () => {
      const id = await make(SECRETS, { name: "s" });
      await bench.must("DELETE", `${SECRETS}/${id}`);
      const listed = (await call("GET", `${SECRETS}?scheduled_for_deletion=false`)).body.total_count;
      const there = (await call("GET", `${SECRETS}/${id}`)).status;
      bench.clock.advance(7 * DAY);
      return { status: (await call("GET", `${SECRETS}/${id}`)).status, body: { listed, there } };
    },
    { status: 404, body: { listed: 0, there: 200 } },
  ],
  [
    "a new bastion lets the whole world in until a second call",
    async () => {
      const id = await make(`${GW}/gateways`, { type: "VPC-GW-S", enable_bastion: true });
      return call("GET", `${GW}/gateways/${id}`);
    },
    { status: 200, body: { bastion_enabled: true, bastion_allowed_ips: ["0.0.0.0/0"] } },
  ],
  [
    "the provider's deletion of an IPv6 ACL opens the IPv4 one and leaves its own",
    async () => {
      const path = `${VPC}/vpcs/${await vpc()}/acl-rules`;
      const drop = { rules: [], default_policy: "drop" };
      for (const is_ipv6 of [false, true]) await bench.must("PUT", path, { ...drop, is_ipv6 });
      await bench.must("PUT", path, { rules: [], default_policy: "accept", is_ipv6: false });
      const of = async (v6: boolean) => (await call("GET", `${path}?is_ipv6=${v6}`)).body.default_policy;
      return { status: 0, body: { v4: await of(false), v6: await of(true) } };
    },
    { body: { v4: "accept", v6: "drop" } },
  ],
  [
    "a list ends with its page, and tells how many there are",
    async () => {
      for (let n = 0; n < 25; n += 1) await vpc(`v${n}`);
      const { status, body } = await call("GET", `${VPC}/vpcs?is_default=false`);
      return { status, body: { total: body.total_count, shown: Array.isArray(body.vpcs) ? body.vpcs.length : -1 } };
    },
    { status: 200, body: { total: 25, shown: 20 } },
  ],
  [
    "a project's name is taken once",
    async () => {
      await project("name");
      return call("POST", "/account/v3/projects", { name: "name" });
    },
    refusal(409, "already_exists"),
  ],
  [
    "nothing is made in a project that is not there",
    () => call("POST", `${VPC}/vpcs`, { name: "v", project_id: NOBODY }),
    refusal(403, "permissions_denied"),
  ],
  [
    "a resource is not there in another region",
    async () => call("GET", `/vpc/v2/regions/nl-ams/vpcs/${await vpc()}`),
    refusal(404, "not_found"),
  ],
  [
    "a region that does not exist has nothing",
    () => call("GET", "/vpc/v2/regions/fr-lyo/vpcs"),
    refusal(404, "unknown_resource"),
  ],
  [
    "an API key ends at its time",
    async () => {
      const secret = await application(["VPCFullAccess"], "2026-01-02T00:00:00Z");
      const before = (await call("GET", `${VPC}/vpcs`, undefined, secret)).status;
      bench.clock.advance(DAY);
      const { status, body } = await call("GET", `${VPC}/vpcs`, undefined, secret);
      return { status, body: { ...body, before } };
    },
    refusal(401, "denied_authentication", { reason: "expired", before: 200 }),
  ],
  [
    "a key that nobody has opens nothing",
    () => call("GET", `${VPC}/vpcs`, undefined, NOBODY),
    refusal(401, "denied_authentication"),
  ],
  [
    "a permission that nobody gave is missing",
    async () => call("POST", `${VPC}/vpcs`, { name: "v", project_id: PROJECT_ID }, await application(["VPCReadOnly"])),
    refusal(403, "permissions_denied"),
  ],
  [
    "a grant takes effect after a while, when IAM is told to be slow",
    async () => {
      delayGrants(bench.platform.store, 30);
      const secret = await application(["VPCFullAccess"]);
      const before = (await call("GET", `${VPC}/vpcs`, undefined, secret)).status;
      bench.clock.advance(30_000);
      return { status: (await call("GET", `${VPC}/vpcs`, undefined, secret)).status, body: { before } };
    },
    { status: 200, body: { before: 403 } },
  ],
  [
    "a service that is not built says so",
    () => call("GET", "/lb/v1/zones/fr-par-1/lbs"),
    refusal(501, "not_implemented"),
  ],
];

describe("behaviour that bites", () => {
  it.each(ROWS)("%s", async (_, act, ends) => {
    expect(await act()).toMatchObject(ends);
  });
});

it("Audit Trail lists what was changed and what was refused, never reads, and no secret", async () => {
  const id = await make(SECRETS, { name: "s" });
  await bench.must("POST", `${SECRETS}/${id}/versions`, { data: "aHVzaA==" });
  await bench.must("GET", `${SECRETS}/${id}`);
  await call("POST", `${VPC}/vpcs`, { name: "v", project_id: NOBODY });
  const { events } = await bench.must("GET", "/audit-trail/v1alpha1/regions/fr-par/events?order_by=recorded_at_asc");
  expect(events).toMatchObject([
    { method_name: "CreateSecret", status_code: 200, resources: [{ id, type: "secret_manager_secret", name: "s" }] },
    { method_name: "CreateSecretVersion", request_body: { data: "[redacted]" } },
    { method_name: "CreateVPC", service_name: "scaleway.vpc.v2.Api", status_code: 403, resources: [] },
  ]);
});
