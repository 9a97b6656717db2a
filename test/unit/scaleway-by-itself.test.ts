import { beforeEach, describe, expect, it } from "vitest";
import { openOutages } from "../../local/scaleway/faults/outages.ts";
import { Bodies } from "../../local/scaleway/s3/body.ts";
import { type Bucket, Buckets } from "../../local/scaleway/s3/bucket-table.ts";
import { DataKeys } from "../../local/scaleway/s3/data-keys.ts";
import { prepareTables } from "../../local/scaleway/s3/database.ts";
import { Versions } from "../../local/scaleway/s3/version-table.ts";
import { keyManagerFor } from "../../local/scaleway/services/key-manager/data-keys.ts";
import { type ApiBench, apiBench, PROJECT_ID, textOf } from "../harness/scaleway-api.ts";

/** What the platform does without being asked: audit events into a bucket, and nodes that follow their zone. */
const HOUR = 3_600_000;
const TRAIL = "/audit-trail/v1alpha1/regions/fr-par";
const K8S = "/k8s/v1/regions/fr-par";
const KEYS = "/key-manager/v1alpha1/regions/fr-par/keys";
const items = (body: Record<string, unknown>, of: string): readonly Record<string, unknown>[] => {
  const { [of]: value } = body;
  return Array.isArray(value) ? value : [];
};

let bench: ApiBench;
beforeEach(() => {
  bench = apiBench();
});

describe("an export job", () => {
  const settings: Omit<Bucket, "name" | "region" | "projectId" | "createdAt"> = {
    versioning: "Enabled",
    objectLock: false,
    defaultRetention: undefined,
    acl: [],
    tags: undefined,
    policy: undefined,
    encryption: undefined,
    cors: undefined,
    lifecycle: undefined,
    website: undefined,
  };
  const bucket = (more: Partial<Bucket> = {}): void => {
    const { database } = bench.platform.store;
    prepareTables(database);
    new Buckets(database).insert({
      name: "trail",
      region: "fr-par",
      projectId: PROJECT_ID,
      createdAt: 0,
      ...settings,
      ...more,
    });
  };
  const make = () =>
    bench.must("POST", `${TRAIL}/export-jobs`, {
      name: "j",
      s3: { bucket: "trail", region: "fr-par", prefix: "audit/" },
    });
  const state = async (): Promise<readonly unknown[]> => {
    const [job] = items(await bench.must("GET", `${TRAIL}/export-jobs`), "export_jobs");
    return [job?.last_run_at, job?.last_status];
  };
  /** Lines of what lies under a key. */
  const written = (key: string): readonly string[] => {
    const { database } = bench.platform.store;
    const version = new Versions(database).current("trail", key);
    if (version?.kind !== "object") throw new Error(`nothing under ${key}`);
    const holder = { region: "fr-par", caller: undefined, from: { ip: "", userAgent: "" } };
    const dataKey = new DataKeys(database, keyManagerFor(bench.platform)).open(version.encryption, undefined, holder);
    const text = new Bodies(database).read(version.segments, dataKey, 0, version.size - 1).toString("utf8");
    return text
      .trimEnd()
      .split("\n")
      .map((line) => textOf(JSON.parse(line), "method_name"));
  };

  it("writes the events of its hour as an object, and those alone", async () => {
    bucket();
    await make();
    await bench.must("POST", "/vpc/v2/regions/fr-par/vpcs", { name: "v" });
    await bench.must("POST", "/vpc/v2/regions/nl-ams/vpcs", { name: "elsewhere" });
    expect(await state()).toEqual([null, null]);
    bench.clock.advance(HOUR);
    expect(await state()).toEqual(["2026-01-01T01:00:00.000000Z", { code: "success", message: null }]);
    expect(written("audit/fr-par/2026-01-01T01-00-00.000Z.jsonl")).toEqual(["CreateExportJob", "CreateVPC"]);
    await bench.must("POST", KEYS, { name: "k" });
    bench.clock.advance(HOUR);
    await state();
    expect(written("audit/fr-par/2026-01-01T02-00-00.000Z.jsonl")).toEqual(["CreateKey"]);
  });

  it("fails without its bucket, says so, and catches up once it is there", async () => {
    await make();
    bench.clock.advance(HOUR);
    expect(await state()).toEqual([
      "2026-01-01T01:00:00.000000Z",
      { code: "failure", message: "fr-par has no bucket trail" },
    ]);
    bucket();
    bench.clock.advance(HOUR);
    expect((await state())[1]).toEqual({ code: "success", message: null });
    expect(written("audit/fr-par/2026-01-01T02-00-00.000Z.jsonl")).toEqual(["CreateExportJob"]);
  });

  it("writes under the bucket's key, and fails where that opens nothing", async () => {
    const { id: keyId } = await bench.must("POST", KEYS, { name: "k" });
    // What happened before the job is none of its.
    bench.clock.advance(HOUR);
    bucket({ encryption: { algorithm: "aws:kms", keyId: String(keyId), bucketKeyEnabled: true } });
    await make();
    bench.clock.advance(HOUR);
    expect((await state())[1]).toEqual({ code: "success", message: null });
    expect(written("audit/fr-par/2026-01-01T02-00-00.000Z.jsonl")).toEqual(["CreateExportJob"]);
    await bench.must("POST", `${KEYS}/${keyId}/disable`);
    bench.clock.advance(HOUR);
    expect((await state())[1]).toMatchObject({ code: "failure" });
  });
});

describe("the trail", () => {
  it("has what the platform did by itself beside what it was told, for an hour when nothing else is asked for", async () => {
    await bench.must("POST", KEYS, { name: "k", rotation_policy: { rotation_period: "86400s" } });
    bench.clock.advance(24 * HOUR);
    const system = items(await bench.must("GET", `${TRAIL}/system-events`), "events");
    expect(system.map((e) => [e.system_name, e.kind])).toEqual([["rotate-key", "cron"]]);
    expect(items(await bench.must("GET", `${TRAIL}/events`), "events")).toEqual([]);
    const since = "recorded_after=2026-01-01T00:00:00Z";
    expect(items(await bench.must("GET", `${TRAIL}/events?${since}`), "events")).toHaveLength(1);
    const combined = items(await bench.must("GET", `${TRAIL}/combined-events?order_by=recorded_at_asc`), "events");
    expect(combined.map((e) => Object.keys(e)[0])).toEqual(["api", "system"]);
  });
});

describe("nodes", () => {
  let cluster: string;
  beforeEach(async () => {
    const { id: private_network_id } = await bench.must("POST", "/vpc/v2/regions/fr-par/private-networks", {});
    const pools = [1, 2].map((zone) => ({ name: `z${zone}`, node_type: "PRO2-XXS", size: 2, zone: `fr-par-${zone}` }));
    const body = { name: "c", version: "1.35.3", cni: "cilium", private_network_id, pools };
    cluster = textOf(await bench.must("POST", `${K8S}/clusters`, body), "id");
  });
  const nodes = async (query = "") =>
    items(await bench.must("GET", `${K8S}/clusters/${cluster}/nodes${query}`), "nodes");
  const statuses = async () => (await nodes()).map((n) => n.status);

  it("of a zone that is lost are not ready, and come back with it", async () => {
    const outages = openOutages(bench.platform.store, bench.platform.regions);
    expect(await statuses()).toEqual(["ready", "ready", "ready", "ready"]);
    outages.lose("fr-par-2");
    expect(await statuses()).toEqual(["ready", "ready", "not_ready", "not_ready"]);
    const [lost] = await nodes("?status=not_ready");
    expect(lost?.conditions).toMatchObject({ Ready: "Unknown" });
    outages.regain("fr-par-2");
    expect(await statuses()).toEqual(["ready", "ready", "ready", "ready"]);
  });

  it.each([
    ["POST", "/reboot", "rebooting", ["ready", "ready"], 2],
    ["POST", "/replace", "deleting", ["deleting", "ready", "ready"], 2],
    ["DELETE", "?replace=true", "deleting", ["deleting", "ready", "ready"], 2],
    ["DELETE", "", "deleting", ["deleting", "ready"], 1],
  ])("%s%s of one: it is %s, its pool then %o", async (method, verb, first, then, size) => {
    const [node] = await nodes();
    const path = `${K8S}/nodes/${String(node?.id)}`;
    expect((await bench.must(method, `${path}${verb}`)).status).toBe(first);
    const pool = `?pool_id=${String(node?.pool_id)}`;
    expect((await nodes(pool)).map((n) => n.status)).toEqual(then);
    expect((await bench.must("GET", `${K8S}/pools/${String(node?.pool_id)}`)).size).toBe(size);
    bench.clock.advance(60_000);
    expect((await nodes(pool)).map((n) => n.status)).toEqual(Array.from({ length: size }, () => "ready"));
  });
});
