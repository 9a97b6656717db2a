import { describe, expect, it } from "vitest";
import { localApi } from "../harness/local-api.ts";

const KEYS = "/key-manager/v1alpha1/regions/fr-par/keys";
const DAY = 24 * 3600 * 1000;
const symmetric = { usage: { symmetric_encryption: "aes_256_gcm" }, unprotected: true };
const base64 = (text: string): string => Buffer.from(text).toString("base64");

describe("Key Manager", () => {
  it("keeps a deleted key for seven days, then forgets it", async () => {
    const { call, platform } = localApi();
    const { body: key } = await call("POST", KEYS, { name: "k", ...symmetric });
    expect((await call("DELETE", `${KEYS}/${key.id}`)).status).toBe(204);
    expect((await call("GET", `${KEYS}/${key.id}`)).body.state).toBe("scheduled_for_deletion");
    expect((await call("GET", KEYS)).body.total_count).toBe(0);
    expect((await call("GET", `${KEYS}?scheduled_for_deletion=true`)).body.total_count).toBe(1);
    platform.clock.advance(7 * DAY - 1000);
    expect((await call("GET", `${KEYS}/${key.id}`)).status).toBe(200);
    platform.clock.advance(1000);
    expect((await call("GET", `${KEYS}/${key.id}`)).status).toBe(404);
  });

  it("does not use a key that is scheduled for deletion, and does again once it is restored", async () => {
    const { call } = localApi();
    const { body: key } = await call("POST", KEYS, { name: "k", ...symmetric });
    const encrypt = () => call("POST", `${KEYS}/${key.id}/encrypt`, { plaintext: base64("x") });
    await call("DELETE", `${KEYS}/${key.id}`);
    expect((await encrypt()).status).toBe(412);
    expect((await call("POST", `${KEYS}/${key.id}/restore`)).body.state).toBe("enabled");
    expect((await encrypt()).status).toBe(200);
  });

  it("refuses to delete a protected key", async () => {
    const { call } = localApi();
    const { body: key } = await call("POST", KEYS, { name: "k", usage: symmetric.usage });
    expect(key.protected).toBe(true);
    expect((await call("DELETE", `${KEYS}/${key.id}`)).status).toBe(412);
    await call("POST", `${KEYS}/${key.id}/unprotect`);
    expect((await call("DELETE", `${KEYS}/${key.id}`)).status).toBe(204);
  });

  it("decrypts after a rotation, and only with the same associated data", async () => {
    const { call } = localApi();
    const { body: key } = await call("POST", KEYS, { name: "k", ...symmetric });
    const associated_data = base64("context");
    const { body } = await call("POST", `${KEYS}/${key.id}/encrypt`, { plaintext: base64("clear"), associated_data });
    await call("POST", `${KEYS}/${key.id}/rotate`);
    const decrypt = (data: string) =>
      call("POST", `${KEYS}/${key.id}/decrypt`, { ciphertext: body.ciphertext, associated_data: data });
    expect((await decrypt(associated_data)).body.plaintext).toBe(base64("clear"));
    expect(await decrypt(base64("other"))).toMatchObject({
      status: 400,
      body: { details: [{ argument_name: "ciphertext", help_message: "cipher: message authentication failed" }] },
    });
  });

  it.each(["rsa_pss_2048_sha256", "rsa_pkcs1_2048_sha256"])("signs digests with %s", async (algorithm) => {
    const { call } = localApi();
    const make = async (): Promise<string> =>
      (await call("POST", KEYS, { usage: { asymmetric_signing: algorithm }, unprotected: true })).body.id;
    const [one, two] = [await make(), await make()];
    const digest = Buffer.alloc(32, 7).toString("base64");
    const { signature } = (await call("POST", `${KEYS}/${one}/sign`, { digest })).body;
    const verify = async (id: string, of: string): Promise<boolean> =>
      (await call("POST", `${KEYS}/${id}/verify`, { digest: of, signature })).body.valid;
    expect(await verify(one, digest)).toBe(true);
    expect(await verify(one, Buffer.alloc(32, 8).toString("base64"))).toBe(false);
    expect(await verify(two, digest)).toBe(false);
  });

  it("has signatures that OpenSSL accepts as RSA-PSS of the message behind the digest", async () => {
    const { createHash, constants, verify } = await import("node:crypto");
    const { call } = localApi();
    const { body: key } = await call("POST", KEYS, { usage: { asymmetric_signing: "rsa_pss_2048_sha256" } });
    const message = Buffer.from("a message");
    const digest = createHash("sha256").update(message).digest("base64");
    const { signature } = (await call("POST", `${KEYS}/${key.id}/sign`, { digest })).body;
    const { pem } = (await call("GET", `${KEYS}/${key.id}/public-key`)).body;
    const pss = { key: pem, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
    expect(verify("sha256", message, pss, Buffer.from(signature, "base64"))).toBe(true);
  });

  it("waits for imported material and stands still without it", async () => {
    const { call } = localApi();
    const { body: key } = await call("POST", KEYS, { ...symmetric, origin: "external" });
    expect(key.state).toBe("pending_key_material");
    const use = () => call("POST", `${KEYS}/${key.id}/generate-data-key`, { algorithm: "aes_256_gcm" });
    expect((await use()).status).toBe(412);
    const imported = await call("POST", `${KEYS}/${key.id}/import-key-material`, {
      key_material: base64("m".repeat(32)),
    });
    expect(imported.body).toMatchObject({ state: "enabled", rotation_count: 1 });
    expect((await use()).status).toBe(200);
    expect((await call("POST", `${KEYS}/${key.id}/delete-key-material`)).status).toBe(204);
    expect((await use()).status).toBe(412);
  });
});
