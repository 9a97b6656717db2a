import { crc32 } from "node:zlib";
import { beforeEach, describe, expect, it } from "vitest";
import { type ApiBench, apiBench, PROJECT_ID, textOf } from "../harness/scaleway-api.ts";

/** Secret Manager against its reference: what is refused in which state, and what happens to versions by themselves. */
const REGION = "/secret-manager/v1beta1/regions/fr-par";
const SECRETS = `${REGION}/secrets`;
const KEYS = "/key-manager/v1alpha1/regions/fr-par/keys";
const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;
const text = (value: string): string => Buffer.from(value).toString("base64");

let bench: ApiBench;
beforeEach(() => {
  bench = apiBench();
});
const make = async (body: object): Promise<string> =>
  `${SECRETS}/${textOf(await bench.must("POST", SECRETS, { name: "s", ...body }), "id")}`;
const version = (secret: string, body: object = {}) =>
  bench.must("POST", `${secret}/versions`, { data: text("v"), ...body });
const status = async (method: string, path: string, body?: object): Promise<readonly unknown[]> => {
  const answer = await bench.call(method, path, body);
  const { precondition, type } = answer.body;
  return [answer.status, precondition ?? type];
};
const list = (body: Record<string, unknown>, of: string, field: string): readonly unknown[] =>
  Array.isArray(body[of]) ? body[of].map((item: object) => Reflect.get(item, field)) : [];

describe("a version that is deleted", () => {
  let secret: string;
  beforeEach(async () => {
    secret = await make({});
    await version(secret);
    await bench.must("DELETE", `${secret}/versions/1`);
  });

  it("is scheduled for it, shows so, and gives its data no more", async () => {
    const shown = await bench.must("GET", `${secret}/versions/1`);
    expect([shown.status, shown.deletion_requested_at, shown.latest]).toEqual([
      "scheduled_for_deletion",
      "2026-01-01T00:00:00.000000Z",
      false,
    ]);
    expect(await status("GET", `${secret}/versions/1/access`)).toEqual([412, "version_not_enabled"]);
    expect(await status("POST", `${secret}/versions/1/enable`)).toEqual([412, "scheduled_for_deletion"]);
    expect(await status("GET", `${secret}/versions/latest`)).toEqual([404, "not_found"]);
  });

  it("is restored within a week", async () => {
    bench.clock.advance(WEEK - 1);
    await bench.must("POST", `${secret}/versions/1/restore`);
    expect((await bench.must("GET", `${secret}/versions/1/access`)).data).toBe(text("v"));
    bench.clock.advance(WEEK);
    expect((await bench.must("GET", `${secret}/versions/1`)).status).toBe("enabled");
  });

  it("is gone after it", async () => {
    bench.clock.advance(WEEK);
    expect(await status("POST", `${secret}/versions/1/restore`)).toEqual([404, "not_found"]);
    expect((await bench.must("GET", `${secret}/versions`)).total_count).toBe(0);
    expect((await bench.must("GET", secret)).version_count).toBe(0);
  });
});

describe("a secret on its way out", () => {
  it("is listed only when asked for, is not written, and comes back with its versions", async () => {
    const secret = await make({});
    await version(secret);
    await bench.must("DELETE", `${secret}/versions/1`);
    await bench.must("DELETE", secret);
    expect((await bench.must("GET", SECRETS)).total_count).toBe(0);
    expect((await bench.must("GET", `${SECRETS}?scheduled_for_deletion=true`)).total_count).toBe(1);
    expect(await status("POST", `${secret}/versions`, { data: text("x") })).toEqual([412, "scheduled_for_deletion"]);
    expect(await status("PATCH", secret, { name: "other" })).toEqual([412, "scheduled_for_deletion"]);
    await bench.must("POST", `${secret}/restore`);
    expect((await bench.must("GET", `${secret}/versions/1`)).status).toBe("enabled");
  });
});

describe("versions of an ephemeral secret", () => {
  it.each([
    ["disable", "disabled"],
    ["delete", undefined],
  ])("end after their time: %s", async (action, left) => {
    const secret = await make({ ephemeral_policy: { time_to_live: "3600s", action } });
    const made = await version(secret);
    expect(made.ephemeral_properties).toEqual({
      expires_at: "2026-01-01T01:00:00.000000Z",
      expires_once_accessed: null,
      action,
    });
    bench.clock.advance(HOUR);
    expect((await bench.call("GET", `${secret}/versions/1`)).body.status).toBe(left);
  });

  it("end once they were read", async () => {
    const secret = await make({ ephemeral_policy: { expires_once_accessed: true, action: "disable" } });
    await version(secret);
    await bench.must("GET", `${secret}/versions/1/access`);
    expect(await status("GET", `${secret}/versions/1/access`)).toEqual([412, "version_not_enabled"]);
  });

  it("may be told another end", async () => {
    const secret = await make({});
    await version(secret);
    await bench.must("PATCH", `${secret}/versions/1`, {
      ephemeral_properties: { expires_at: "2026-01-02T00:00:00Z", action: "disable" },
    });
    bench.clock.advance(24 * HOUR);
    expect((await bench.must("GET", `${secret}/versions/1`)).status).toBe("disabled");
  });
});

const TABLE: readonly (readonly [what: string, body: object, ending: readonly unknown[]])[] = [
  ["no name", { name: "" }, [400, "invalid_arguments"]],
  ["a type that is none", { type: "x509" }, [400, "invalid_arguments"]],
  ["a path without a slash before it", { path: "a/b" }, [400, "invalid_arguments"]],
  ["a policy without an action", { ephemeral_policy: { time_to_live: "60s" } }, [400, "invalid_arguments"]],
  [
    "a time to live that is none",
    { ephemeral_policy: { time_to_live: "0s", action: "delete" } },
    [400, "invalid_arguments"],
  ],
  ["a key that is not there", { key_id: PROJECT_ID }, [404, "not_found"]],
];

describe("a secret", () => {
  it.each(TABLE)("is refused with %s", async (_, body, ending) => {
    expect(await status("POST", SECRETS, { name: "s", ...body })).toEqual(ending);
  });

  it("has versions of 64 KiB at most, whose checksum is right", async () => {
    const secret = await make({});
    expect(await status("POST", `${secret}/versions`, { data: text("v".repeat(65_537)) })).toEqual([
      400,
      "invalid_arguments",
    ]);
    expect(await status("POST", `${secret}/versions`, { data: text("v"), data_crc32: 1 })).toEqual([
      400,
      "invalid_arguments",
    ]);
    await version(secret, { data_crc32: crc32("v") });
    expect((await bench.must("GET", `${secret}/versions/1/access`)).data_crc32).toBe(crc32("v"));
  });

  it("opens as long as its key does", async () => {
    const { id: key_id } = await bench.must("POST", KEYS, { name: "k" });
    const secret = await make({ key_id });
    await version(secret);
    await bench.must("POST", `${KEYS}/${key_id}/disable`);
    expect(await status("GET", `${secret}/versions/1/access`)).toEqual([412, "key_not_enabled"]);
    await bench.must("POST", `${KEYS}/${key_id}/enable`);
    await bench.must("GET", `${secret}/versions/1/access`);
  });

  it("is found by folder and by path", async () => {
    await version(await make({ name: "top", tags: ["b"] }));
    await version(await make({ name: "deep", path: "/a/b/", tags: ["a", "b"], type: "opaque" }));
    const root = await bench.must("GET", `${SECRETS}/browse`);
    expect([list(root, "items", "name"), root.current_path, root.total_count]).toEqual([["a", "top"], "/", 2]);
    const inner = await bench.must("GET", `${SECRETS}/browse?prefix=/a/b`);
    expect(list(inner, "items", "name")).toEqual(["deep"]);
    const path = `${REGION}/secrets-by-path/versions/latest/access`;
    expect((await bench.must("GET", `${path}?secret_path=/a/b&secret_name=deep`)).data).toBe(text("v"));
    expect(await status("GET", `${path}?secret_path=/a&secret_name=deep`)).toEqual([404, "not_found"]);
    expect((await bench.must("GET", `${REGION}/tags`)).tags).toEqual(["a", "b"]);
    expect((await bench.must("GET", `${REGION}/secret-types`)).types).toEqual(["opaque"]);
  });
});

describe("lists", () => {
  it("of secrets are sorted by name, of versions filtered by status", async () => {
    for (const name of ["b", "a"])
      await make({ name, ...(name === "b" ? { ephemeral_policy: { action: "delete" } } : {}) });
    expect(list(await bench.must("GET", SECRETS), "secrets", "name")).toEqual(["a", "b"]);
    expect(list(await bench.must("GET", `${SECRETS}?ephemeral=true`), "secrets", "name")).toEqual(["b"]);
    const secret = await make({ name: "c" });
    await version(secret);
    await version(secret, { disable_previous: true });
    const disabled = await bench.must("GET", `${secret}/versions?status=disabled`);
    expect(list(disabled, "versions", "revision")).toEqual([1]);
  });
});
