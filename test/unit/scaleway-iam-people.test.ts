import { beforeEach, describe, expect, it } from "vitest";
import { passwordAt } from "../../local/scaleway/services/iam/one-time-password.ts";
import { type ApiBench, apiBench, PROJECT_ID, textOf } from "../harness/scaleway-api.ts";

/** IAM as people meet it: the organization's settings, second factors, sessions, logs, clones of policies. */
const IAM = "/iam/v1alpha1";
const ORGANIZATION = `${IAM}/organizations/${PROJECT_ID}`;

let bench: ApiBench;
beforeEach(() => {
  bench = apiBench();
});
const status = async (method: string, path: string, body?: object): Promise<readonly unknown[]> => {
  const answer = await bench.call(method, path, body);
  return [answer.status, answer.body.precondition ?? answer.body.type];
};
const member = async (): Promise<string> => {
  const profile = { email: "m@example.org", username: "m" };
  return textOf(await bench.must("POST", `${IAM}/users`, { member: profile }), "id");
};

describe("one-time passwords", () => {
  // RFC 6238, appendix B: SHA-1, the last six of its eight digits.
  const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  it.each([
    [59, "287082"],
    [1111111109, "081804"],
    [1234567890, "005924"],
    [20000000000, "353130"],
  ])("at %i s are those of the standard", (seconds, password) => {
    expect(passwordAt(SECRET, seconds * 1000)).toBe(password);
  });

  it("are a user's second factor once one was typed in right", async () => {
    const user = `${IAM}/users/${await member()}`;
    expect(await status("POST", `${user}/validate-mfa-otp`, { one_time_password: "000000" })).toEqual([
      412,
      "mfa_not_created",
    ]);
    const secret = textOf(await bench.must("POST", `${user}/mfa-otp`), "secret");
    const late = passwordAt(secret, bench.clock.now() - 90_000);
    expect(await status("POST", `${user}/validate-mfa-otp`, { one_time_password: late })).toEqual([
      400,
      "invalid_arguments",
    ]);
    const now = passwordAt(secret, bench.clock.now());
    const { recovery_codes } = await bench.must("POST", `${user}/validate-mfa-otp`, { one_time_password: now });
    expect(recovery_codes).toHaveLength(10);
    const shown = await bench.must("GET", user);
    expect([shown.mfa, shown.two_factor_enabled, "otp_secret" in shown]).toEqual([true, true, false]);
    await bench.must("DELETE", `${user}/mfa-otp`);
    expect((await bench.must("GET", user)).mfa).toBe(false);
  });
});

describe("the organization", () => {
  it("limits how long API keys live", async () => {
    const { id: application_id } = await bench.must("POST", `${IAM}/applications`, { name: "a" });
    await bench.must("PATCH", `${ORGANIZATION}/security-settings`, { max_api_key_expiration_duration: "86400s" });
    const key = (expires_at?: string) => status("POST", `${IAM}/api-keys`, { application_id, expires_at });
    expect(await key()).toEqual([400, "invalid_arguments"]);
    expect(await key("2026-01-03T00:00:00Z")).toEqual([400, "invalid_arguments"]);
    expect(await key("2026-01-01T12:00:00Z")).toEqual([200, undefined]);
  });

  it("gives members a week to renew their first password, where it asks for that", async () => {
    const id = await member();
    const periods = async () => (await bench.must("GET", `${IAM}/grace-periods?user_id=${id}`)).grace_periods;
    expect(await periods()).toEqual([]);
    await bench.must("PATCH", `${ORGANIZATION}/security-settings`, { enforce_password_renewal: true });
    expect(await periods()).toEqual([
      { type: "update_password", created_at: "2026-01-01T00:00:00.000000Z", expires_at: "2026-01-08T00:00:00.000000Z" },
    ]);
    await bench.must("POST", `${IAM}/users/${id}/update-password`, { password: "another one" });
    expect(await periods()).toEqual([]);
  });

  it("is given an alias once, and no sign-in by SAML", async () => {
    expect((await bench.must("PUT", `${ORGANIZATION}/alias`, { alias: "bastide" })).alias).toBe("bastide");
    expect(await status("PUT", `${ORGANIZATION}/alias`, { alias: "other" })).toEqual([412, "alias_already_set"]);
    expect(await status("PATCH", `${ORGANIZATION}/login-methods`, { login_saml_enabled: true })).toEqual([
      412,
      "saml_not_configured",
    ]);
    expect(await status("GET", `${IAM}/organizations/${IAM.length}`)).toEqual([404, "not_found"]);
  });

  it("is the only one that anything is made in", async () => {
    const organization_id = "33333333-3333-4333-8333-333333333333";
    expect(await status("POST", `${IAM}/applications`, { name: "a", organization_id })).toEqual([
      403,
      "permissions_denied",
    ]);
  });
});

describe("logs", () => {
  it("tell of principals what the trail has: what was done, not what was refused", async () => {
    const { id } = await bench.must("POST", `${IAM}/applications`, { name: "a" });
    await bench.must("PATCH", `${IAM}/applications/${String(id)}`, { name: "b" });
    await bench.call("DELETE", `${IAM}/applications/none`);
    await bench.must("DELETE", `${IAM}/applications/${String(id)}`);
    await bench.must("POST", "/vpc/v2/regions/fr-par/vpcs", { name: "v" });
    const { logs } = await bench.must("GET", `${IAM}/logs`);
    const told = Array.isArray(logs) ? logs : [];
    expect(told.map(({ action, resource_type, resource_id }) => [action, resource_type, resource_id])).toEqual(
      ["created", "updated", "deleted"].map((action) => [action, "application", id]),
    );
    expect(await bench.must("GET", `${IAM}/logs/${told[0].id}`)).toEqual(told[0]);
    expect((await bench.must("GET", `${IAM}/logs?action=deleted`)).total_count).toBe(1);
  });
});

describe("a policy's clone", () => {
  it("has its rules and its principal, under another name and other ids", async () => {
    const { id: application_id } = await bench.must("POST", `${IAM}/applications`, { name: "a" });
    const rules = [{ permission_set_names: ["VPCReadOnly"], project_ids: [PROJECT_ID] }];
    const original = await bench.must("POST", `${IAM}/policies`, { name: "p", application_id, rules });
    const clone = await bench.must("POST", `${IAM}/policies/${String(original.id)}/clone`);
    expect([clone.name === "p", clone.id === original.id, clone.application_id, clone.nb_rules]).toEqual([
      false,
      false,
      application_id,
      1,
    ]);
    expect((await bench.must("GET", `${IAM}/policies?policy_ids=${String(clone.id)}`)).total_count).toBe(1);
  });
});

describe("a session", () => {
  it("is made for a user, listed until it is revoked, and expires", async () => {
    const user_id = await member();
    const { jwt, token } = await bench.must("POST", `${IAM}/jwts`, { user_id, referrer: "" });
    const { jti } = jwt as { jti: string };
    const claims = JSON.parse(Buffer.from(String(token).split(".")[1] ?? "", "base64url").toString("utf8"));
    expect([claims.jti, claims.aud]).toEqual([jti, user_id]);
    const count = async (query: string) => (await bench.must("GET", `${IAM}/jwts?${query}`)).total_count;
    expect([await count(`audience_id=${user_id}`), await count("expired=true")]).toEqual([1, 0]);
    bench.clock.advance(8 * 86_400_000);
    expect(await count("expired=true")).toBe(1);
    await bench.must("DELETE", `${IAM}/jwts/${jti}`);
    expect(await count("")).toBe(0);
  });
});
