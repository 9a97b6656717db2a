import { createHash, randomBytes } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Bodies } from "../../local/scaleway/s3/body.ts";
import { CHECKSUMS, checksumOf, compositeChecksum, isChecksumName } from "../../local/scaleway/s3/checksum.ts";
import { DataKeys } from "../../local/scaleway/s3/data-keys.ts";
import { prepareTables } from "../../local/scaleway/s3/database.ts";
import { readCustomerKey, type WantedEncryption, wantedEncryption } from "../../local/scaleway/s3/encryption.ts";

/** Bytes at rest: cut into chunks, sealed under data keys, checked. */
const MIB = 2 ** 20;
const open = () => {
  const database = new DatabaseSync(":memory:");
  prepareTables(database);
  return { database, bodies: new Bodies(database) };
};

describe("bodies", () => {
  it.each([
    ["plain", undefined],
    ["sealed", randomBytes(32)],
  ])("%s: any range reads as the same slice", (_what, dataKey) => {
    const { bodies } = open();
    const contents = [randomBytes(2 * MIB + 3), Buffer.alloc(0), randomBytes(5), randomBytes(MIB)];
    const segments = contents.map((content) => bodies.write(content, dataKey));
    const whole = Buffer.concat(contents);
    const near = fc.constantFrom(0, 1, MIB - 1, MIB, 2 * MIB, 2 * MIB + 2, 2 * MIB + 3, 2 * MIB + 8, whole.length - 1);
    fc.assert(
      fc.property(near, near, (a, b) => {
        const [first, last] = [Math.min(a, b), Math.max(a, b)];
        return bodies.read(segments, dataKey, first, last).equals(whole.subarray(first, last + 1));
      }),
      { numRuns: 40 },
    );
    expect(bodies.readAll(segments, dataKey).equals(whole)).toBe(true);
  });

  it("sealed: a changed or exchanged chunk is noticed, and so is another key", () => {
    const { database, bodies } = open();
    const key = randomBytes(32);
    const segment = bodies.write(randomBytes(2 * MIB), key);
    expect(() => bodies.readAll([segment], randomBytes(32))).toThrow();
    database.exec("UPDATE s3_chunk SET number = 1 - number + 10; UPDATE s3_chunk SET number = number - 10");
    expect(() => bodies.readAll([segment], key)).toThrow();
    const other = bodies.write(Buffer.from("some text"), key);
    const stored = database.prepare("SELECT data FROM s3_chunk WHERE body_id = ?").get(other.bodyId)?.data;
    const changed = stored instanceof Uint8Array ? stored.map((byte, i) => (i === 14 ? byte ^ 1 : byte)) : null;
    database.prepare("UPDATE s3_chunk SET data = ? WHERE body_id = ?").run(changed, other.bodyId);
    expect(() => bodies.readAll([other], key)).toThrow();
  });

  it("deleted leave no row", () => {
    const { database, bodies } = open();
    bodies.delete([bodies.write(randomBytes(2 * MIB), undefined)]);
    expect(
      database.prepare("SELECT (SELECT count(*) FROM s3_chunk) + (SELECT count(*) FROM s3_body) AS left").get(),
    ).toEqual({ left: 0 });
  });
});

describe("data keys", () => {
  const holder = { region: "fr-par", caller: undefined, from: { ip: "127.0.0.1", userAgent: "" } };
  const customer = { key: randomBytes(32), md5: "" };
  const never = { wrap: () => undefined, unwrap: () => undefined };
  const flip = {
    wrap: (_: unknown, key: Uint8Array) => key.map((b) => b ^ 1),
    unwrap: (_: unknown, key: Uint8Array) => key.map((b) => b ^ 1),
  };

  it.each<[string, WantedEncryption]>([
    ["native", { kind: "native" }],
    ["kms", { kind: "kms", keyId: "k", bucketKeyEnabled: true }],
    ["customer", { kind: "customer", key: customer }],
  ])("%s: opened again are the ones that sealed", (_what, wanted) => {
    const keys = new DataKeys(open().database, flip);
    const { applied, dataKey } = keys.create(wanted, holder);
    expect(dataKey?.length).toBe(32);
    expect(JSON.stringify(applied)).not.toContain(dataKey?.toString("base64"));
    expect(keys.open(applied, wanted.kind === "customer" ? customer : undefined, holder)).toEqual(dataKey);
  });

  it("under a Key Manager key need its consent, to write and to read", () => {
    const { database } = open();
    const kms = { kind: "kms", keyId: "k", bucketKeyEnabled: false } as const;
    const denied = expect.objectContaining({ code: "AccessDenied" });
    expect(() => new DataKeys(database, never).create(kms, holder)).toThrow(denied);
    const { applied } = new DataKeys(database, flip).create(kms, holder);
    expect(() => new DataKeys(database, never).open(applied, undefined, holder)).toThrow(denied);
  });
});

describe("encryption headers", () => {
  const sse = "x-amz-server-side-encryption";
  const key = randomBytes(32);
  const own = { [`${sse}-customer-algorithm`]: "AES256", [`${sse}-customer-key`]: key.toString("base64") };

  it("name a customer's key, whose MD5 may be left out", () => {
    const md5 = createHash("md5").update(key).digest("base64");
    expect(readCustomerKey(own)).toEqual({ key, md5 });
    expect(readCustomerKey({ ...own, [`${sse}-customer-key-md5`]: md5 })).toEqual({ key, md5 });
    expect(readCustomerKey({})).toBeUndefined();
  });

  it.each<[string, Record<string, string>]>([
    ["another MD5", { ...own, [`${sse}-customer-key-md5`]: "AAAAAAAAAAAAAAAAAAAAAA==" }],
    ["another algorithm", { ...own, [`${sse}-customer-algorithm`]: "AES128" }],
    ["a short key", { ...own, [`${sse}-customer-key`]: "c2hvcnQ=" }],
    ["no key", { [`${sse}-customer-algorithm`]: "AES256" }],
    ["two kinds at once", { ...own, [sse]: "aws:kms" }],
    ["a key id without KMS", { [sse]: "AES256", [`${sse}-aws-kms-key-id`]: "k" }],
    ["KMS without a key", { [sse]: "aws:kms" }],
    ["a kind that is not there", { [sse]: "aws:kms:dsse" }],
  ])("with %s are refused", (_what, headers) => {
    expect(() => wantedEncryption(headers, undefined)).toThrow(expect.objectContaining({ code: "InvalidArgument" }));
  });

  it("win over the bucket's default", () => {
    const byDefault = { algorithm: "aws:kms", keyId: "bucket", bucketKeyEnabled: true } as const;
    expect(wantedEncryption({}, byDefault)).toEqual({ kind: "kms", keyId: "bucket", bucketKeyEnabled: true });
    expect(wantedEncryption({ [sse]: "AES256" }, byDefault)).toEqual({ kind: "native" });
    expect(wantedEncryption({ [sse]: "aws:kms" }, byDefault)).toEqual({
      kind: "kms",
      keyId: "bucket",
      bucketKeyEnabled: true,
    });
    expect(wantedEncryption(own, byDefault).kind).toBe("customer");
  });
});

describe("checksums", () => {
  it.each([
    ["crc32", "cbf43926"],
    ["crc32c", "e3069283"],
    ["crc64nvme", "ae8b14860a799888"],
    ["sha1", "f7c3bc1d808e04732adf679965ccc34ca7ae3441"],
  ])("%s of 123456789 is its check value", (name, expected) => {
    if (!isChecksumName(name)) throw new Error(name);
    expect(Buffer.from(checksumOf(name, Buffer.from("123456789")), "base64").toString("hex")).toBe(expected);
  });

  it("of parts are the checksum of their checksums", () => {
    const parts = ["a", "b"].map((text) => checksumOf("sha256", Buffer.from(text)));
    const raw = Buffer.concat(parts.map((part) => Buffer.from(part, "base64")));
    expect(compositeChecksum("sha256", parts)).toBe(`${checksumOf("sha256", raw)}-2`);
    expect(Object.keys(CHECKSUMS)).toHaveLength(5);
  });
});
