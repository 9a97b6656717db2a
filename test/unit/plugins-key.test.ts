import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { specialSecretSig, specialSigKey, unknownValue } from "@pulumi/pulumi/runtime/rpc.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Bench, KEY_URN, NOW, pluginBench, SECRET_KEY } from "../harness/plugin-bench.ts";

const INPUTS = {
  name: "records",
  region: "fr-par",
  projectId: "105bdce1-64c0-48ab-899d-868455867ecf",
  usage: "symmetric_encryption",
  algorithm: "aes_256_gcm",
  origin: "scaleway_kms",
  protectionLevel: "hsm",
  unprotected: false,
  rotationPolicy: { rotationPeriod: "2160h" },
  description: "key of the records",
  tags: ["tier:data", "env:test"],
} as const;

let bench: Bench;
let folder: string;
beforeEach(async () => {
  bench = await pluginBench();
  folder = mkdtempSync(join(tmpdir(), "bastide-consent-"));
});
afterEach(async () => {
  await bench.double.close();
  rmSync(folder, { recursive: true });
});

const consent = (over: Record<string, unknown> = {}): string => {
  const file = join(folder, "consent.json");
  const given = {
    schema: "bastide.consent/1",
    destroy: [KEY_URN],
    expires: new Date(NOW.getTime() + 60_000).toISOString(),
    owner: "key officer",
    reason: "end of the trial",
  };
  writeFileSync(file, JSON.stringify({ ...given, ...over }));
  return file;
};
const methods = (): string[] => bench.double.seen.map((s) => s.method);
const only = <T>(items: Iterable<T>): T => {
  const [first] = items;
  if (first === undefined) throw new Error("nothing there");
  return first;
};

describe("creating a key", () => {
  it("sends the level and reads it back", async () => {
    const { id, outs } = await bench.provider.create(KEY_URN, INPUTS);
    expect(bench.double.seen[0]).toMatchObject({
      method: "POST",
      path: "/key-manager/v1alpha1/regions/fr-par/keys",
      token: SECRET_KEY,
      body: {
        protection_level: "hsm",
        usage: { symmetric_encryption: "aes_256_gcm" },
        rotation_policy: { rotation_period: "7776000s", next_rotation_at: null },
        unprotected: false,
      },
    });
    expect(methods()).toEqual(["POST", "GET"]);
    expect(id).toBe(`fr-par/${only(bench.double.keys.keys())}`);
    expect(outs).toMatchObject({ ...INPUTS, protected: true, state: "enabled", locked: false, rotationCount: 1 });
  });

  it("fails when the API answers another level, keeps the key in the state and says how to be rid of it", async () => {
    bench.double.level = "software";
    const failure = await bench.provider.create(KEY_URN, INPUTS).catch((e: unknown) => e);
    const { id: uuid } = only(bench.double.keys.values());
    expect(failure).toMatchObject({
      id: `fr-par/${uuid}`,
      properties: { protectionLevel: "software", levelRefused: true },
      message: expect.stringMatching(/asked for protection level "hsm", but the API answered "software"/),
    });
    expect(failure).toMatchObject({ message: expect.stringContaining(`scw keymanager key delete ${uuid}`) });
  });

  it("takes an API that knows no levels for one that gave none", async () => {
    const { id: made } = await bench.provider.create(KEY_URN, { ...INPUTS, name: "other" });
    const key = bench.double.keys.get(made.split("/")[1] ?? "");
    delete key?.protection_level;
    const { props } = await bench.provider.read(made, KEY_URN, {});
    expect(props.protectionLevel).toBe("unknown_protection_level");
  });

  it("replaces a key of the wrong level by deleting it first, so that runs do not pile keys up", async () => {
    const olds = { ...INPUTS, protected: true, protectionLevel: "software", levelRefused: true };
    expect(await bench.provider.diff("fr-par/x", KEY_URN, olds, INPUTS)).toMatchObject({
      replaces: ["protectionLevel"],
      deleteBeforeReplace: true,
    });
  });

  it("keeps secrets secret and sends their content", async () => {
    const secret = { [specialSigKey]: specialSecretSig, value: "of the third ward" };
    const { outs } = await bench.provider.create(KEY_URN, { ...INPUTS, description: secret });
    expect(bench.double.seen[0]?.body.description).toBe("of the third ward");
    expect(outs.description).toEqual(secret);
  });
});

describe("retries", () => {
  it("waits as long as a 429 asks, and sends the creation once more", async () => {
    bench.double.instead.push({
      method: "POST",
      answer: {
        status: 429,
        body: { type: "too_many_requests", message: "slow down" },
        headers: { "retry-after": "3" },
      },
    });
    await bench.provider.create(KEY_URN, INPUTS);
    expect(bench.waits).toEqual([3000]);
    expect(bench.double.keys.size).toBe(1);
  });

  it("gives up after six attempts and says what the API said", async () => {
    for (let i = 0; i < 9; i += 1)
      bench.double.instead.push({ method: "GET", answer: { status: 503, body: { message: "maintenance" } } });
    const read = bench.provider.read("fr-par/9d0ae4f2-276f-44d0-b7f5-7631bdf9680f", KEY_URN, {});
    await expect(read).rejects.toThrow(/503 error: maintenance; fix: Scaleway's side failed/);
    expect(bench.waits).toHaveLength(5);
    for (const [i, wait] of bench.waits.entries()) expect(Math.abs(wait / (500 * 2 ** i) - 1)).toBeLessThanOrEqual(0.2);
  });

  it.each([{ status: 504 }, { status: 0 }])(
    "does not make a second key when the answer to the first is lost: %o",
    async (lost) => {
      bench.double.instead.push({ method: "POST", answer: { ...lost, afterAll: true } });
      await expect(bench.provider.create(KEY_URN, INPUTS)).rejects.toThrow(
        /was lost, and the project now has fr-par\//,
      );
      expect(bench.double.keys.size).toBe(1);
    },
  );

  it("sends a creation again when no key came of the first attempt", async () => {
    bench.double.instead.push({ method: "POST", answer: { status: 502 } });
    await bench.provider.create(KEY_URN, INPUTS);
    expect(methods()).toEqual(["POST", "GET", "POST", "GET"]);
  });

  it("waits for rights on a new project, and then says which are missing", async () => {
    const denied = {
      status: 403,
      body: {
        message: "insufficient permissions",
        type: "permissions_denied",
        details: [{ action: "write", resource: "key_manager" }],
      },
    };
    bench.double.instead.push({ method: "POST", answer: denied });
    await bench.provider.create(KEY_URN, INPUTS);
    for (let i = 0; i < 20; i += 1) bench.double.instead.push({ method: "POST", answer: denied });
    await expect(bench.provider.create(KEY_URN, INPUTS)).rejects.toThrow(
      /403 permissions_denied: insufficient permissions: action write, resource key_manager; fix: give/,
    );
  });
});

describe("reading and importing", () => {
  it("gives back inputs that a second preview finds nothing to change in", async () => {
    const { id, outs } = await bench.provider.create(KEY_URN, INPUTS);
    const refreshed = await bench.provider.read(id, KEY_URN, outs);
    expect(refreshed.inputs).toEqual(INPUTS);
    expect(await bench.provider.diff(id, KEY_URN, refreshed.props, INPUTS)).toMatchObject({ changes: false });
    const imported = await bench.provider.read(id, KEY_URN, {});
    const { inputs } = await bench.provider.check(KEY_URN, {}, imported.inputs);
    expect(await bench.provider.diff(id, KEY_URN, imported.props, inputs)).toMatchObject({ changes: false });
  });

  it("takes a missing key for gone", async () => {
    const read = await bench.provider.read("fr-par/9d0ae4f2-276f-44d0-b7f5-7631bdf9680f", KEY_URN, INPUTS);
    expect(read.id).toBe("");
  });

  it("takes a key in scheduled deletion for gone, with a warning", async () => {
    const { id, outs } = await bench.provider.create(KEY_URN, INPUTS);
    bench.consent = consent();
    await bench.provider.delete(id, KEY_URN, outs);
    bench.warnings.length = 0;
    expect((await bench.provider.read(id, KEY_URN, outs)).id).toBe("");
    expect(bench.warnings).toEqual([expect.stringMatching(/is scheduled for deletion.*restore/)]);
  });

  it("sees a level, a protection and a period that changed behind its back", async () => {
    const { id, outs } = await bench.provider.create(KEY_URN, INPUTS);
    const key = only(bench.double.keys.values());
    Object.assign(key, {
      protection_level: "software",
      protected: false,
      rotation_policy: { rotation_period: "86400s" },
    });
    const { props } = await bench.provider.read(id, KEY_URN, outs);
    expect(props).toMatchObject({
      protectionLevel: "software",
      unprotected: true,
      rotationPolicy: { rotationPeriod: "24h" },
    });
    expect(await bench.provider.diff(id, KEY_URN, props, INPUTS)).toMatchObject({
      changes: true,
      replaces: ["protectionLevel"],
    });
  });

  it("refuses an id of another form", async () => {
    await expect(bench.provider.read("9d0ae4f2", KEY_URN, {})).rejects.toThrow(/want <region>\/<uuid>/);
  });
});

describe("changing a key", () => {
  it.each(["region", "projectId", "usage", "algorithm", "origin", "protectionLevel"])(
    "replaces it for another %s",
    async (property) => {
      const diff = await bench.provider.diff(
        "id",
        KEY_URN,
        { ...INPUTS, protected: true },
        { ...INPUTS, [property]: "another" },
      );
      expect(diff).toMatchObject({ changes: true, replaces: [property], deleteBeforeReplace: false });
    },
  );

  it("takes an unknown project for a replacement, never for the same", async () => {
    const diff = await bench.provider.diff(
      "id",
      KEY_URN,
      { ...INPUTS, protected: true },
      { ...INPUTS, projectId: unknownValue },
    );
    expect(diff.replaces).toEqual(["projectId"]);
  });

  it("sends only what changed", async () => {
    const { id, outs } = await bench.provider.create(KEY_URN, INPUTS);
    bench.double.seen.length = 0;
    const { description: _, ...news } = { ...INPUTS, tags: ["env:test"], rotationPolicy: { rotationPeriod: "720h" } };
    const updated = await bench.provider.update(id, KEY_URN, outs, news);
    expect(bench.double.seen[0]?.body).toEqual({
      description: "",
      tags: ["env:test"],
      rotation_policy: { rotation_period: "2592000s", next_rotation_at: null },
    });
    expect(await bench.provider.diff(id, KEY_URN, updated.outs, news)).toMatchObject({ changes: false });
  });

  it("lifts and restores the protection through their own calls", async () => {
    const { id, outs } = await bench.provider.create(KEY_URN, INPUTS);
    const open = await bench.provider.update(id, KEY_URN, outs, { ...INPUTS, unprotected: true });
    expect(open.outs).toMatchObject({ protected: false, unprotected: true });
    const shut = await bench.provider.update(id, KEY_URN, open.outs, INPUTS);
    expect(shut.outs).toMatchObject({ protected: true });
    expect(bench.double.seen.filter((s) => s.path.endsWith("protect")).map((s) => s.path.split("/").at(-1))).toEqual([
      "unprotect",
      "protect",
    ]);
  });
});

describe("deleting a key", () => {
  const cases = [
    { name: "no consent", over: undefined, says: /BASTIDE_CONSENT.*got: +not set/s },
    { name: "an expired one", over: { expires: "2020-01-01T00:00:00Z" }, says: /consent\.expired/ },
    { name: "one that names another", over: { destroy: [`${KEY_URN}2`] }, says: /consent\.not-named/ },
    { name: "one without a reason", over: { reason: "" }, says: /consent\.malformed/ },
    { name: "one with a wildcard field", over: { all: true }, says: /consent\.malformed/ },
  ];
  it.each(cases)("is refused before any call with $name", async ({ over, says }) => {
    const { id, outs } = await bench.provider.create(KEY_URN, INPUTS);
    bench.double.seen.length = 0;
    bench.consent = over === undefined ? undefined : consent(over);
    await expect(bench.provider.delete(id, KEY_URN, outs)).rejects.toThrow(says);
    expect(bench.double.seen).toEqual([]);
  });

  it("unprotects and schedules the deletion with a consent that names it", async () => {
    const { id, outs } = await bench.provider.create(KEY_URN, INPUTS);
    bench.double.seen.length = 0;
    bench.consent = consent();
    await bench.provider.delete(id, KEY_URN, outs);
    expect(bench.double.seen.map((s) => `${s.method} ${s.path.split("/").slice(7).join("/")}`)).toEqual([
      "GET ",
      "POST unprotect",
      "DELETE ",
    ]);
    expect(bench.warnings).toEqual([expect.stringContaining("scheduled for deletion in 7 days")]);
    await expect(bench.provider.delete(id, KEY_URN, outs)).resolves.toBeUndefined();
  });
});
