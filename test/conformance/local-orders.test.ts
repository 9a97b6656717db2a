import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startLocal, stopLocal } from "../../local/scaleway/commands.ts";
import { faultPlanSchema } from "../../local/scaleway/faults/plan.ts";
import { orderLocal } from "../../local/scaleway/orders.ts";
import { callApi } from "../harness/api-client.ts";

/** Faults, losses and time of a local Scaleway that runs, and of one that does not; each test ends what it started. */
let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "bastide-orders-"));
});
afterEach(async () => {
  await stopLocal(dataDir);
  rmSync(dataDir, { recursive: true, force: true });
});

const VPCS = "/vpc/v2/regions/fr-par/vpcs";
const DAY = 86_400_000;
const plan = faultPlanSchema.parse({
  schema: "bastide.faults/1",
  faults: [{ name: "busy", on: { service: "vpc" }, when: { calls: [1] }, fault: { kind: "error", status: 500 } }],
});

describe("orders", () => {
  it("are taken by one that runs: a plan from its start, cleared, losses and their end", async () => {
    const { env } = await startLocal({ dataDir, faults: plan });
    expect(await callApi(env, VPCS)).toMatchObject({ message: "a fault on demand" });
    expect(await callApi(env, VPCS)).toMatchObject({ total_count: 1 });
    expect(await orderLocal(dataDir, { do: "look" })).toMatchObject({
      stormy: true,
      calls: 2,
      struck: [{ call: 1, fault: "busy", kind: "error", operation: "GET /vpc/v2/regions/{}/vpcs" }],
    });
    expect(await orderLocal(dataDir, { do: "calm" })).toMatchObject({ stormy: false });
    expect(await orderLocal(dataDir, { do: "lose", locality: "fr-par" })).toMatchObject({ lost: ["fr-par"] });
    expect(await callApi(env, VPCS)).toMatchObject({ message: "fr-par is unavailable" });
    await orderLocal(dataDir, { do: "regain", locality: "fr-par" });
    expect(await callApi(env, VPCS)).toMatchObject({ total_count: 1 });
  });

  it("move its time, which stands still while it is held and goes on when it is let go", async () => {
    const { env } = await startLocal({ dataDir });
    const before = await orderLocal(dataDir, { do: "hold" });
    const { time } = await orderLocal(dataDir, { do: "advance", ms: 90 * DAY });
    expect(Date.parse(time) - Date.parse(before.time)).toBe(90 * DAY);
    expect((await orderLocal(dataDir, { do: "look" })).time).toBe(time);
    const made = await callApi(env, VPCS);
    expect(made).toMatchObject({ vpcs: [{ created_at: time.replace("Z", "000Z") }] });
    const { held, time: later } = await orderLocal(dataDir, { do: "release" });
    expect(held).toBe(false);
    expect(Date.parse(later) - Date.parse(time)).toBeLessThan(10_000);
    await expect(orderLocal(dataDir, { do: "set-time", time: before.time })).rejects.toThrow(/only goes forward/);
  });

  it("without one that runs change what the next one finds, except faults, which are of a run", async () => {
    await expect(orderLocal(dataDir, { do: "look" })).rejects.toThrow(/no local Scaleway runs/);
    await startLocal({ dataDir });
    await stopLocal(dataDir);
    await expect(orderLocal(dataDir, { do: "storm", plan })).rejects.toThrow(/no local Scaleway runs/);
    await orderLocal(dataDir, { do: "lose", locality: "fr-par-1" });
    const extra = [{ name: "fr-second", zones: ["fr-second-1"] }];
    await orderLocal(dataDir, { do: "lose", locality: "fr-second" }, extra);
    await expect(orderLocal(dataDir, { do: "lose", locality: "fr-moon" }, extra)).rejects.toThrow(/fr-second-1/);
    const { env } = await startLocal({ dataDir, extraRegions: extra });
    expect(await callApi(env, "/vpc/v2/regions/fr-second/vpcs")).toMatchObject({ message: "fr-second is unavailable" });
    expect(await callApi(env, VPCS)).toMatchObject({ total_count: 1 });
  });

  it("are the owner's alone", async () => {
    const { url } = await startLocal({ dataDir });
    const answer = await fetch(new URL("/bastide/orders", url), { method: "POST", body: '{"do":"calm"}' });
    expect(answer.status).toBe(401);
  });
});
