import { createHash, generateKeyPairSync, sign, verify } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { verifiesEcdsa } from "../../local/scaleway/services/key-manager/ecdsa.ts";
import { type ApiBench, apiBench, textOf } from "../harness/scaleway-api.ts";

/** Key Manager against its reference: limits, usages, and what is refused in which state. */
const REGION = "/key-manager/v1alpha1/regions/fr-par";
const KEYS = `${REGION}/keys`;
const text = (value: string | Buffer): string => Buffer.from(value).toString("base64");
const DIGEST = text(Buffer.alloc(32, 7));

let bench: ApiBench;
beforeEach(() => {
  bench = apiBench();
});
const make = async (body: object = {}): Promise<string> =>
  `${KEYS}/${textOf(await bench.must("POST", KEYS, { unprotected: true, ...body }), "id")}`;
const status = async (method: string, path: string, body?: object): Promise<readonly unknown[]> => {
  const answer = await bench.call(method, path, body);
  return [answer.status, answer.body.precondition ?? answer.body.type];
};
const BAD = [400, "invalid_arguments"];

const CREATIONS: readonly (readonly [what: string, body: object])[] = [
  ["two usages", { usage: { symmetric_encryption: "aes_256_gcm", asymmetric_signing: "ec_p256_sha256" } }],
  ["an algorithm of another usage", { usage: { symmetric_encryption: "rsa_oaep_2048_sha256" } }],
  ["an algorithm that is none", { usage: { asymmetric_signing: "dsa" } }],
  ["a rotation under 24 hours", { rotation_policy: { rotation_period: "86399s" } }],
  ["a rotation over 876000 hours", { rotation_policy: { rotation_period: "3153600001s" } }],
  ["material from outside for signing", { origin: "external", usage: { asymmetric_signing: "rsa_pss_2048_sha256" } }],
];

describe("a key", () => {
  it.each(CREATIONS)("is refused with %s", async (_, body) => {
    expect(await status("POST", KEYS, body)).toEqual(BAD);
  });

  it("is one of symmetric encryption when nothing is said", async () => {
    for (const body of [{}, { usage: { symmetric_encryption: "unknown_symmetric_encryption" } }])
      expect((await bench.must("POST", KEYS, body)).usage).toEqual({ symmetric_encryption: "aes_256_gcm" });
  });

  it("is not deleted while it is protected", async () => {
    const key = await make({ unprotected: false });
    expect(await status("DELETE", key)).toEqual([412, "protected_resource"]);
    await bench.must("POST", `${key}/unprotect`);
    await bench.must("DELETE", key);
  });
});

type Act = readonly [method: string, verb: string, body?: object];
const ENCRYPT: Act = ["POST", "/encrypt", { plaintext: text("x") }];
const STATES: readonly (readonly [
  state: string,
  create: object,
  way: readonly Act[],
  refused: readonly Act[],
  by: string,
])[] = [
  [
    "disabled",
    {},
    [["POST", "/disable"]],
    [ENCRYPT, ["POST", "/rotate"], ["POST", "/generate-data-key"]],
    "key_not_enabled",
  ],
  ["scheduled_for_deletion", {}, [["DELETE", ""]], [ENCRYPT, ["POST", "/rotate"]], "key_not_enabled"],
  [
    "scheduled_for_deletion",
    {},
    [["DELETE", ""]],
    [
      ["POST", "/enable"],
      ["POST", "/disable"],
    ],
    "key_state",
  ],
  ["scheduled_for_deletion", {}, [["DELETE", ""]], [["PATCH", "", { name: "n" }]], "scheduled_for_deletion"],
  ["pending_key_material", { origin: "external" }, [], [ENCRYPT], "key_not_enabled"],
  ["pending_key_material", { origin: "external" }, [], [["POST", "/enable"]], "key_state"],
  ["enabled", {}, [], [["POST", "/restore"]], "not_scheduled_for_deletion"],
  [
    "enabled",
    {},
    [],
    [
      ["POST", "/import-key-material", { key_material: text("m") }],
      ["POST", "/delete-key-material"],
    ],
    "key_origin",
  ],
];

describe("in its state", () => {
  it.each(STATES)("a key that is %s (%o after %o) refuses %o by %s", async (state, create, way, refused, by) => {
    const key = await make(create);
    for (const [method, verb, body] of way) await bench.must(method, `${key}${verb}`, body);
    expect((await bench.must("GET", key)).state).toBe(state);
    for (const [method, verb, body] of refused) expect(await status(method, `${key}${verb}`, body)).toEqual([412, by]);
  });

  it("a key with material from outside does not rotate, and comes back to what it was", async () => {
    const key = await make({ origin: "external" });
    await bench.must("POST", `${key}/import-key-material`, { key_material: text("m".repeat(32)) });
    expect(await status("POST", `${key}/rotate`)).toEqual([412, "key_origin"]);
    await bench.must("POST", `${key}/delete-key-material`);
    await bench.must("DELETE", key);
    expect((await bench.must("POST", `${key}/restore`)).state).toBe("pending_key_material");
  });
});

describe("encryption", () => {
  it.each([
    ["nothing", ""],
    ["more than 65535 bytes", "x".repeat(65_536)],
  ])("takes no %s", async (_, plain) => {
    expect(await status("POST", `${await make()}/encrypt`, { plaintext: text(plain) })).toEqual(BAD);
  });

  it("is told anew after a rotation, and opens what is older", async () => {
    const key = await make();
    const { ciphertext } = await bench.must("POST", `${key}/encrypt`, { plaintext: text("x") });
    expect((await bench.must("POST", `${key}/decrypt`, { ciphertext })).ciphertext).toBeNull();
    await bench.must("POST", `${key}/rotate`);
    const opened = await bench.must("POST", `${key}/decrypt`, { ciphertext });
    expect(opened.plaintext).toBe(text("x"));
    const again = await bench.must("POST", `${key}/decrypt`, { ciphertext: opened.ciphertext });
    expect([again.plaintext, again.ciphertext]).toEqual([text("x"), null]);
  });

  it("with a public key knows no associated data, and opens what is older than a rotation", async () => {
    const key = await make({ usage: { asymmetric_encryption: "rsa_oaep_2048_sha256" } });
    const input = { plaintext: text("x"), associated_data: text("y") };
    expect(await status("POST", `${key}/encrypt`, input)).toEqual(BAD);
    const { ciphertext } = await bench.must("POST", `${key}/encrypt`, { plaintext: text("x") });
    await bench.must("POST", `${key}/rotate`);
    expect((await bench.must("POST", `${key}/decrypt`, { ciphertext })).plaintext).toBe(text("x"));
  });
});

describe("signatures", () => {
  it.each(["ml_dsa_44", "ml_dsa_65", "ml_dsa_87", "rsa_pss_2048_sha256", "rsa_pkcs1_2048_sha256"])(
    "of %s are the key's, and of the digest",
    async (asymmetric_signing) => {
      const key = await make({ usage: { asymmetric_signing } });
      const { signature } = await bench.must("POST", `${key}/sign`, { digest: DIGEST });
      const verify = async (digest: string): Promise<unknown> =>
        (await bench.must("POST", `${key}/verify`, { digest, signature })).valid;
      expect(await verify(DIGEST)).toBe(true);
      expect(await verify(text(Buffer.alloc(32, 8)))).toBe(false);
      const other = await make({ usage: { asymmetric_signing } });
      expect((await bench.must("POST", `${other}/verify`, { digest: DIGEST, signature })).valid).toBe(false);
    },
  );
});

describe("signatures on elliptic curves", () => {
  it.each([
    ["ec_p256_sha256", "sha256"],
    ["ec_p384_sha384", "sha384"],
  ])("%s are what others verify over the message", async (asymmetric_signing, hash) => {
    const key = await make({ usage: { asymmetric_signing } });
    const pem = textOf(await bench.must("GET", `${key}/public-key`), "pem");
    for (const message of ["a", "b", "c", "d"]) {
      const digest = createHash(hash).update(message).digest("base64");
      const signature = textOf(await bench.must("POST", `${key}/sign`, { digest }), "signature");
      expect(verify(hash, Buffer.from(message), pem, Buffer.from(signature, "base64"))).toBe(true);
      expect((await bench.must("POST", `${key}/verify`, { digest, signature })).valid).toBe(true);
      const broken = Buffer.from(signature, "base64");
      broken[broken.length - 1] = (broken.at(-1) ?? 0) ^ 1;
      const input = { digest, signature: broken.toString("base64") };
      expect((await bench.must("POST", `${key}/verify`, input)).valid).toBe(false);
    }
    expect(await status("POST", `${key}/sign`, { digest: text("short") })).toEqual(BAD);
  });

  it("of others are taken", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    for (const message of ["a", "b", "c", "d"]) {
      const digest = createHash("sha256").update(message).digest();
      const signature = sign("sha256", Buffer.from(message), privateKey);
      expect(verifiesEcdsa(publicKey, digest, signature)).toBe(true);
      expect(verifiesEcdsa(publicKey, createHash("sha256").update("z").digest(), signature)).toBe(false);
      expect(verifiesEcdsa(publicKey, digest, signature.subarray(1))).toBe(false);
    }
  });
});

describe("lists", () => {
  it("of keys are sorted by name, and filtered by usage and by deletion", async () => {
    await make({ name: "b" });
    await make({ name: "a", usage: { asymmetric_signing: "ec_p256_sha256" } });
    await bench.must("DELETE", await make({ name: "c" }));
    const names = async (query: string): Promise<unknown> => {
      const { keys } = await bench.must("GET", `${KEYS}?${query}`);
      return Array.isArray(keys) ? keys.map(({ name }: { name: string }) => name) : keys;
    };
    expect(await names("")).toEqual(["a", "b"]);
    expect(await names("usage=asymmetric_signing")).toEqual(["a"]);
    expect(await names("scheduled_for_deletion=true")).toEqual(["c"]);
  });

  it("of algorithms have one recommended for each usage", async () => {
    const { algorithms } = await bench.must("GET", `${REGION}/algorithms`);
    const recommended = Array.isArray(algorithms)
      ? algorithms.filter((a: { recommended: boolean }) => a.recommended)
      : [];
    expect(recommended.map((a: { usage: string; name: string }) => `${a.usage} ${a.name}`)).toEqual([
      "symmetric_encryption aes_256_gcm",
      "asymmetric_encryption rsa_oaep_3072_sha256",
      "asymmetric_signing ec_p256_sha256",
    ]);
    const few = await bench.must("GET", `${REGION}/algorithms?usages=symmetric_encryption`);
    expect(few.algorithms).toEqual([{ usage: "symmetric_encryption", name: "aes_256_gcm", recommended: true }]);
  });
});
