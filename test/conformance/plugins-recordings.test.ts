import { describe, expect, it } from "vitest";
import { recordingsOf } from "../../local/scaleway/conformance/replay/recordings.ts";
import { parseDuration } from "../../plugins/bastide/duration.ts";
import { checkKey } from "../../plugins/bastide/key-inputs.ts";
import { createBody, keyAnswer, keyInputs, keyList, keyOutputs } from "../../plugins/bastide/key-wire.ts";

/** The first-party plug-in against the traffic that Scaleway's provider recorded on the real Key Manager. */
const calls = recordingsOf("keymanager")
  .flatMap(({ name, interactions }) => interactions.map((i) => ({ name, ...i })))
  .filter(({ request }) =>
    /\/key-manager\/v1alpha1\/regions\/[^/]+\/keys(\/[0-9a-f-]{36})?$/.test(request.url.pathname),
  );
const json = (body: Buffer): Record<string, unknown> => JSON.parse(body.toString("utf8"));

const singles = calls.filter(
  ({ request, response }) =>
    response.code === 200 &&
    request.method !== "DELETE" &&
    !(request.method === "GET" && request.url.pathname.endsWith("/keys")),
);
const creations = singles.filter(({ request }) => request.method === "POST");

describe("recorded keys", () => {
  it("are there", () => {
    expect(singles.length).toBeGreaterThan(40);
    expect(creations.length).toBeGreaterThan(15);
  });

  it("are all understood, and their inputs pass our check", () => {
    for (const { name, response } of singles) {
      const key = keyAnswer.parse(json(response.body));
      expect(key.protection_level, name).toBe("software");
      const inputs = JSON.parse(JSON.stringify(keyInputs(key, {})));
      expect(checkKey({}, inputs), name).toEqual({ inputs, failures: [] });
      expect(keyOutputs(key, {}), name).toMatchObject({ protected: key.protected, createdAt: key.created_at });
    }
  });

  it("were asked for with the body that we would send, the level apart", () => {
    for (const { name, request, response } of creations) {
      const sent = json(request.body);
      const key = keyAnswer.parse(json(response.body));
      const {
        protection_level: level,
        rotation_policy: policy,
        ...ours
      } = json(Buffer.from(JSON.stringify(createBody(keyInputs(key, {})))));
      expect(level, name).toBe("software");
      const { rotation_policy: sentPolicy, ...theirs } = sent;
      // Go writes no tags as null and no choice of origin as unknown; the answer shows what that means.
      expect({ ...ours }, name).toEqual({ ...theirs, tags: theirs.tags ?? [], origin: ours.origin });
      const period = (p: unknown): number | undefined => parseDuration(String(Object(p).rotation_period));
      expect(period(policy), name).toBe(period(sentPolicy));
    }
  });

  it("are listed in the shape that we read", () => {
    const lists = calls.filter(({ request }) => request.method === "GET" && request.url.pathname.endsWith("/keys"));
    expect(lists.length).toBeGreaterThan(0);
    for (const { name, response } of lists) expect(keyList.safeParse(json(response.body)).error, name).toBeUndefined();
  });

  it("are deleted with 204 and no body", () => {
    const deletions = calls.filter(({ request, response }) => request.method === "DELETE" && response.code < 300);
    expect(deletions.length).toBeGreaterThan(10);
    for (const { name, response } of deletions) expect([response.code, response.body.length], name).toEqual([204, 0]);
  });
});
