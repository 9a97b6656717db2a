import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { scalewayApi } from "../../plugins/bastide/client.ts";
import { readCredentials } from "../../plugins/bastide/credentials.ts";
import { type ScalewayDouble, scalewayDouble } from "../harness/key-manager-double.ts";
import { SECRET_KEY } from "../harness/plugin-bench.ts";

let double: ScalewayDouble;
beforeEach(async () => {
  double = await scalewayDouble();
});
afterEach(() => double.close());

const GOOD = { SCW_ACCESS_KEY: "SCWBASTIDE0000000000", SCW_SECRET_KEY: SECRET_KEY };
const pause = async (): Promise<void> => undefined;
const get = (env: Record<string, string>): Promise<unknown> =>
  scalewayApi({ env, version: "0", pause }).send({ method: "GET", path: "/x", answer: z.object({ ok: z.boolean() }) });
const messageOf = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => undefined,
    (e: unknown) => e,
  );
  return error instanceof Error ? `${error.message}\n${error.stack}` : "no error";
};

describe("credentials", () => {
  it("tell every fault and show no value", () => {
    const bad = { SCW_ACCESS_KEY: "AKIAIOSFODNN7", SCW_SECRET_KEY: "hunter2hunter2", SCW_API_URL: "https://u:pass@h" };
    let text = "";
    try {
      readCredentials(bad);
    } catch (error) {
      text = String(error);
    }
    for (const variable of Object.keys(bad)) expect(text).toContain(variable);
    for (const value of Object.values(bad)) expect(text).not.toContain(value);
  });

  it("are asked for at the first call only, and by name", async () => {
    const api = scalewayApi({ env: {}, version: "0", pause });
    const call = api.send({ method: "GET", path: "/x", answer: z.unknown() });
    expect(await messageOf(call)).toMatch(/SCW_ACCESS_KEY.*not set.*SCW_SECRET_KEY.*not set/s);
  });
});

describe("errors of the API", () => {
  it("never carry the secret key, even if the other side echoes it", async () => {
    for (const body of [{ message: `bad token ${SECRET_KEY}`, type: "denied_authentication" }, `page ${SECRET_KEY}`]) {
      double.instead.push({ method: "GET", answer: { status: 401, body } });
      const text = await messageOf(get({ ...GOOD, SCW_API_URL: double.url }));
      expect(text).toMatch(/401/);
      expect(text).not.toContain(SECRET_KEY);
    }
  });

  it.each([
    [
      {
        status: 404,
        body: { message: "resource is not found", resource: "key", resource_id: "k1", type: "not_found" },
      },
      "GET /x: 404 not_found: resource is not found (key k1); fix: run `pulumi refresh`",
    ],
    [
      {
        status: 412,
        body: {
          message: "precondition is not respected",
          help_message: "cannot delete a protected key",
          type: "precondition_failed",
        },
      },
      "GET /x: 412 precondition_failed: precondition is not respected: cannot delete a protected key; fix: undo",
    ],
    [
      {
        status: 400,
        body: {
          details: [{ argument_name: "name", help_message: "too long", reason: "constraint" }],
          message: "invalid argument(s)",
          type: "invalid_arguments",
        },
      },
      "GET /x: 400 invalid_arguments: invalid argument(s): argument_name name, help_message too long, reason constraint; fix: correct",
    ],
    [
      {
        status: 403,
        body: { type: "quotas_exceeded", details: [{ resource: "KeyManagerKeys", quota: 100, current: 100 }] },
      },
      "GET /x: 403 quotas_exceeded: resource KeyManagerKeys, quota 100, current 100; fix: ask Scaleway",
    ],
  ])("say status, type, words, resource and fix: %#", async (answer, says) => {
    double.instead.push({ method: "GET", answer });
    expect(await messageOf(get({ ...GOOD, SCW_API_URL: double.url }))).toContain(says);
  });

  it("are told from answers of another shape", async () => {
    double.instead.push({ method: "GET", answer: { status: 200, body: { ok: "yes" } } });
    const text = await messageOf(get({ ...GOOD, SCW_API_URL: double.url }));
    expect(text).toMatch(/GET \/x: the answer is not understood: ok: /);
  });

  it("do not wait for an hour because a server asks to", async () => {
    double.instead.push({ method: "GET", answer: { status: 429, headers: { "retry-after": "3600" } } });
    expect(await messageOf(get({ ...GOOD, SCW_API_URL: double.url }))).toMatch(/429/);
    expect(double.seen).toHaveLength(1);
  });

  it("name the address family of trouble when nobody answers", async () => {
    const { url } = double;
    await double.close();
    expect(await messageOf(get({ ...GOOD, SCW_API_URL: url }))).toMatch(/no answer: .*ECONNREFUSED.*HTTPS_PROXY/);
    double = await scalewayDouble();
  });
});
