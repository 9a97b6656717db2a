import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rehearsal } from "../../stacks/environments/rehearsal.ts";
import { manifestsOf, passes, platformOf, platformOfSettings, type Request, routeFor } from "../harness/platform.ts";

/** What research spaces can ask of their gateways, decided by an evaluator of Envoy's route table that the planner never saw. */
const gatewayOf = (space: string, platform = platformOf("rehearsal")): string => {
  const found = manifestsOf(platform).find((m) => m.kind === "ConfigMap" && m.metadata.name === `space-${space}`);
  const data = found?.data;
  return typeof data === "object" && data !== null && "envoy.json" in data ? String(data["envoy.json"]) : "";
};

const A = "diabetes-pathways";
const B = "screening-effects";
const STORE = "/bastide-rehearsal-domain-workspaces-workspaces";
const TABLES = (domain: string): string => `/bastide-rehearsal-domain-${domain}-tables`;
const get = (path: string, rest: Partial<Request> = {}): Request => ({ method: "GET", path, ...rest });

describe("object storage at the gateway of a space", () => {
  const a = gatewayOf(A);

  it.each<[string, Request]>([
    ["its own object", get(`${STORE}/${A}/x`)],
    ["a write of its own", { method: "PUT", path: `${STORE}/${A}/x` }],
    ["the list of its own prefix", get(STORE, { query: { prefix: `${A}/`, "list-type": "2" } })],
    ["a table of a granted domain", get(`${TABLES("snds-base")}/t/data.parquet`)],
    [
      "a copy within its own prefix",
      { method: "PUT", path: `${STORE}/${A}/y`, headers: { "x-amz-copy-source": `${STORE}/${A}/x` } },
    ],
  ])("passes on %s", (_, request) => expect(passes(a, "s3", request)).toBe(true));

  it.each<[string, Request]>([
    ["another space's object", get(`${STORE}/${B}/x`)],
    ["the list of everything", get(STORE)],
    ["the list of another's prefix", get(STORE, { query: { prefix: `${B}/` } })],
    ["an object beside all prefixes", get(`${STORE}/x`)],
    ["a write to a table", { method: "PUT", path: `${TABLES("snds-base")}/t/data.parquet` }],
    ["a delete of a table", { method: "DELETE", path: `${TABLES("snds-base")}/t/data.parquet` }],
    ["a domain that it was not granted", get(`${TABLES("cancer-registry")}/t/data.parquet`)],
    ["a foreign bucket", { method: "PUT", path: "/somebody-elses-bucket/x" }],
    [
      "a copy of another space's object",
      { method: "PUT", path: `${STORE}/${A}/y`, headers: { "x-amz-copy-source": `${STORE}/${B}/x` } },
    ],
    [
      "the same with its slash encoded",
      { method: "PUT", path: `${STORE}/${A}/y`, headers: { "x-amz-copy-source": `${STORE.slice(1)}%2F${B}/x` } },
    ],
    ["an object's rights", { method: "PUT", path: `${STORE}/${A}/x`, query: { acl: "" } }],
    ["the bucket's policy", get(STORE, { query: { prefix: `${A}/`, policy: "" } })],
    ["the lifting of a lock", { method: "PUT", path: `${STORE}/${A}/x`, query: { retention: "" } }],
    ["the delete of many", { method: "POST", path: STORE, query: { delete: "" } }],
  ])("refuses %s", (_, request) => expect(passes(a, "s3", request)).toBe(false));

  it("drops what would open an object or sign as another", () => {
    const route = routeFor(a, "s3", { method: "PUT", path: `${STORE}/${A}/x` });
    expect(route?.request_headers_to_remove).toEqual(
      expect.arrayContaining(["authorization", "x-amz-acl", "x-amz-grant-read"]),
    );
  });

  it("never passes on a path outside the list, whatever is asked", () => {
    const word = fc.constantFrom(
      A,
      B,
      "..",
      "x",
      "bastide-rehearsal-domain-workspaces-workspaces",
      TABLES("snds-base").slice(1),
    );
    const request = fc.record({
      method: fc.constantFrom("GET", "HEAD", "PUT", "POST", "DELETE"),
      path: fc.array(word, { maxLength: 4 }).map((parts) => `/${parts.join("/")}`),
    });
    fc.assert(
      fc.property(request, (it) => {
        const own = it.path.startsWith(`${STORE}/${A}/`);
        const read = it.path.startsWith(`${TABLES("snds-base")}/`) && ["GET", "HEAD"].includes(it.method);
        const list = it.path === TABLES("snds-base") && ["GET", "HEAD"].includes(it.method);
        if (passes(a, "s3", it)) expect(own || read || list).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("a domain with filters or masks", () => {
  const narrowed = platformOfSettings({
    ...rehearsal,
    platform: {
      trino: {
        columnMasks: [
          { domain: "snds-base", table: "persons", column: "born", mask: "null", reason: "Only the year may be seen" },
        ],
      },
    },
  });

  it("is not read past Trino", () => {
    expect(passes(gatewayOf(A, narrowed), "s3", get(`${TABLES("snds-base")}/t/data.parquet`))).toBe(false);
    expect(passes(gatewayOf(A, narrowed), "trino", { method: "POST", path: "/v1/statement" })).toBe(true);
  });
});

describe("Trino and the catalogue at the gateway", () => {
  const a = gatewayOf(A);

  it("says the space's own name, whatever the client says", () => {
    const route = routeFor(a, "trino", { method: "POST", path: "/v1/statement", headers: { "x-trino-user": "root" } });
    expect(route?.request_headers_to_add).toEqual([
      { header: { key: "x-trino-user", value: `space-${A}` }, append_action: "OVERWRITE_IF_EXISTS_OR_ADD" },
    ]);
    expect(route?.request_headers_to_remove).toContain("x-trino-role");
  });

  it.each<[string, boolean, Request]>([
    [
      "reads the configuration of a granted warehouse",
      true,
      get("/api/catalog/v1/config", { query: { warehouse: "domain_pmsi" } }),
    ],
    ["reads tables of a granted warehouse", true, get("/api/catalog/v1/domain_pmsi/namespaces")],
    ["does not drop a table", false, { method: "DELETE", path: "/api/catalog/v1/domain_pmsi/namespaces/n/tables/t" }],
    ["does not read another warehouse", false, get("/api/catalog/v1/domain_cancer_registry/namespaces")],
    ["does not ask for a token", false, { method: "POST", path: "/api/catalog/v1/oauth/tokens" }],
    ["does not manage the catalogue", false, get("/api/management/v1/principals")],
  ])("%s", (_, wanted, request) => expect(passes(a, "catalog", request)).toBe(wanted));
});

describe("the end of a permit", () => {
  const platform = platformOfSettings({
    ...rehearsal,
    workspaces: rehearsal.workspaces?.map((space) => (space.name === A ? { ...space, until: "2027-02-28" } : space)),
    platform: { ...rehearsal.platform, access: { sites: [{ name: "hospital", range: "10.250.0.0/24" }] } },
  });
  const open: readonly (readonly [string, Request])[] = [
    ["s3", get(`${STORE}/${A}/x`)],
    ["trino", { method: "POST", path: "/v1/statement" }],
    ["catalog", get("/api/catalog/v1/domain_pmsi/namespaces")],
    ["mlflow", get("/api/2.0/mlflow/experiments/search")],
  ];

  it.each(open)("closes the gateway's %s by the clock, its last day whole", (listener, request) => {
    const gateway = gatewayOf(A, platform);
    expect(passes(gateway, listener, request, new Date("2027-02-28T23:59:59.999Z"))).toBe(true);
    expect(passes(gateway, listener, request, new Date("2027-03-01T00:00:00Z"))).toBe(false);
    expect(passes(gateway, listener, request, new Date("2040-01-01T00:00:00Z"))).toBe(false);
  });

  it("closes the researchers' entrance to this space and to no other", () => {
    const entrance = manifestsOf(platform).find((m) => m.kind === "ConfigMap" && m.metadata.name === "entrance");
    const config = String(Object(entrance?.data)["envoy.json"]);
    const enters = (space: string, at: string): boolean =>
      passes(
        config,
        "door",
        get("/", {
          headers: { ":authority": `space-${space}.x`, "x-forwarded-client-cert": `URI=space:space-${space};` },
        }),
        new Date(at),
      );
    expect(enters(A, "2027-02-28T12:00:00Z")).toBe(true);
    expect(enters(A, "2027-03-01T00:00:00Z")).toBe(false);
    expect(enters(B, "2027-03-01T00:00:00Z")).toBe(true);
  });
});
