import { describe, expect, it } from "vitest";
import { localApi } from "../harness/local-api.ts";

const IAM = "/iam/v1alpha1";
const SECRETS = "/secret-manager/v1beta1/regions/fr-par/secrets";

describe("API keys", () => {
  it("are refused with 401 once they expire", async () => {
    const { call, platform } = localApi();
    const { body: application } = await call("POST", `${IAM}/applications`, { name: "app" });
    const expires_at = "2026-01-01T03:00:00+02:00";
    const { body: key } = await call("POST", `${IAM}/api-keys`, { application_id: application.id, expires_at });
    expect(key.expires_at).toBe("2026-01-01T01:00:00Z");
    expect((await call("GET", `${IAM}/applications`, undefined, key.secret_key)).status).toBe(200);
    platform.clock.advance(3600 * 1000);
    expect(await call("GET", `${IAM}/applications`, undefined, key.secret_key)).toMatchObject({
      status: 401,
      body: { type: "denied_authentication", reason: "expired" },
    });
  });

  it("tell their secret once, and go with their application", async () => {
    const { call } = localApi();
    const { body: application } = await call("POST", `${IAM}/applications`, { name: "app" });
    const { body: key } = await call("POST", `${IAM}/api-keys`, { application_id: application.id });
    expect((await call("GET", `${IAM}/api-keys/${key.access_key}`)).body.secret_key).toBeNull();
    await call("DELETE", `${IAM}/applications/${application.id}`);
    expect((await call("GET", `${IAM}/api-keys/${key.access_key}`)).status).toBe(404);
    expect((await call("GET", `${IAM}/applications`, undefined, key.secret_key)).status).toBe(401);
  });
});

describe("users", () => {
  it("leave their groups when they go; the owner stays", async () => {
    const { call, seed } = localApi();
    const member = { email: "a@example.org", username: "a" };
    const { body: user } = await call("POST", `${IAM}/users`, { member });
    const { body: group } = await call("POST", `${IAM}/groups`, { name: "g" });
    await call("POST", `${IAM}/groups/${group.id}/add-member`, { user_id: user.id });
    expect((await call("POST", `${IAM}/users`, { member })).status).toBe(409);
    expect((await call("DELETE", `${IAM}/users/${user.id}`)).status).toBe(204);
    expect((await call("GET", `${IAM}/groups/${group.id}`)).body.user_ids).toEqual([]);
    expect((await call("DELETE", `${IAM}/users/${seed.ownerId}`)).status).toBe(412);
  });
});

describe("names", () => {
  it("of projects are taken once", async () => {
    const { call } = localApi();
    expect((await call("POST", "/account/v3/projects", { name: "p" })).status).toBe(200);
    expect((await call("POST", "/account/v3/projects", { name: "p" })).status).toBe(409);
  });

  it("of secrets are taken once in a path, of registries once in a region", async () => {
    const { call } = localApi();
    const status = async (path: string, input: unknown): Promise<number> => (await call("POST", path, input)).status;
    expect(await status(SECRETS, { name: "s" })).toBe(200);
    expect(await status(SECRETS, { name: "s" })).toBe(409);
    expect(await status(SECRETS, { name: "s", path: "/other" })).toBe(200);
    expect(await status("/registry/v1/regions/fr-par/namespaces", { name: "r" })).toBe(200);
    expect(await status("/registry/v1/regions/fr-par/namespaces", { name: "r" })).toBe(409);
    expect(await status("/registry/v1/regions/nl-ams/namespaces", { name: "r" })).toBe(200);
  });
});

describe("secrets", () => {
  it("that are protected cannot be deleted", async () => {
    const { call } = localApi();
    const { body: secret } = await call("POST", SECRETS, { name: "s", protected: true });
    expect((await call("DELETE", `${SECRETS}/${secret.id}`)).status).toBe(412);
    await call("POST", `${SECRETS}/${secret.id}/unprotect`);
    expect((await call("DELETE", `${SECRETS}/${secret.id}`)).status).toBe(204);
  });

  it("of a type take only data of its shape, and show no data but by access", async () => {
    const { call } = localApi();
    const { body: secret } = await call("POST", SECRETS, { name: "s", type: "key_value" });
    const put = (value: unknown) =>
      call("POST", `${SECRETS}/${secret.id}/versions`, { data: Buffer.from(JSON.stringify(value)).toString("base64") });
    expect((await put({ key: {} })).body.details[0].reason).toBe("format");
    expect((await put({ key: "value" })).body).not.toHaveProperty("data");
    const { body } = await call("GET", `${SECRETS}/${secret.id}/versions/latest/access`);
    expect(JSON.parse(Buffer.from(body.data, "base64").toString())).toEqual({ key: "value" });
  });
});
