import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { resetLocal, startLocal, statusLocal, stopLocal } from "../../local/scaleway/commands.ts";
import { openStore } from "../../local/scaleway/core/store.ts";
import { orderLocal } from "../../local/scaleway/orders.ts";
import { findRunning, runningFile } from "../../local/scaleway/running.ts";
import { listSaves, restoreLocal, saveLocal } from "../../local/scaleway/saves.ts";
import { callApi } from "../harness/api-client.ts";

/** `bastide local …` with real processes; each test ends what it started. */
let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "bastide-local-"));
});
afterEach(async () => {
  await stopLocal(dataDir);
  rmSync(dataDir, { recursive: true, force: true });
});

const projects = (env: Readonly<Record<string, string>>): Promise<unknown> => callApi(env, "/account/v3/projects");

describe("local Scaleway as a process", () => {
  it("outlives the command that started it, answers, and is found again", async () => {
    const started = await startLocal({ dataDir, extraRegions: [{ name: "fr-second", zones: ["fr-second-1"] }] });
    expect(started.already).toBe(false);
    expect(await projects(started.env)).toMatchObject({ total_count: 1, projects: [{ name: "default" }] });
    expect(await callApi(started.env, "/vpc/v2/regions/fr-second/vpcs")).toMatchObject({ total_count: 1 });
    expect(await startLocal({ dataDir })).toMatchObject({ already: true, pid: started.pid });
    expect(statusLocal(dataDir)).toMatchObject({ pid: started.pid, url: started.url });
    expect(await stopLocal(dataDir)).toBe(true);
    expect(await stopLocal(dataDir)).toBe(false);
    expect(statusLocal(dataDir)).toBeUndefined();
  });

  it("keeps its keys and what was made over a kill, and forgets all but its authority on reset", async () => {
    const first = await startLocal({ dataDir });
    await callApi(first.env, "/vpc/v2/regions/fr-par/vpcs");
    process.kill(first.pid, "SIGKILL");
    await expect.poll(() => findRunning(dataDir)).toBeUndefined();
    const second = await startLocal({ dataDir });
    expect(second.env.SCW_SECRET_KEY).toBe(first.env.SCW_SECRET_KEY);
    expect(await callApi(second.env, "/vpc/v2/regions/fr-par/vpcs")).toMatchObject({ total_count: 1 });
    expect(await resetLocal(dataDir)).toBe(true);
    const third = await startLocal({ dataDir });
    expect(third.env.SCW_SECRET_KEY).not.toBe(first.env.SCW_SECRET_KEY);
    expect(await projects(third.env)).toMatchObject({ total_count: 1 });
  });

  it("says why it cannot start: port in use, another port asked for, folder taken", async () => {
    const { url } = await startLocal({ dataDir });
    const port = Number(new URL(url).port);
    const other = mkdtempSync(join(tmpdir(), "bastide-local-"));
    try {
      await expect(startLocal({ dataDir: other, port })).rejects.toThrow(/EADDRINUSE/);
      expect(statusLocal(other)).toBeUndefined();
      await expect(startLocal({ dataDir, port: port + 1 })).rejects.toThrow(/runs already/);
      writeFileSync(join(other, "owner.pid"), String(process.ppid));
      await expect(startLocal({ dataDir: other })).rejects.toThrow(/already runs on this data folder/);
    } finally {
      rmSync(other, { recursive: true, force: true });
    }
  });

  it("is not mistaken for whoever got its number, nor for half a file", () => {
    writeFileSync(runningFile(dataDir), JSON.stringify({ pid: process.pid, url: "http://127.0.0.1:1", env: {} }));
    expect(findRunning(dataDir)).toBeUndefined();
    writeFileSync(runningFile(dataDir), '{"pid": 12');
    expect(findRunning(dataDir)).toBeUndefined();
  });
});

describe("saves", () => {
  it("bring the store back, and what goes alongside", async () => {
    const state = join(dataDir, "engine-state");
    const alongside = { state };
    const { env } = await startLocal({ dataDir });
    saveLocal({ dataDir, name: "empty", alongside });
    await callApi(env, "/vpc/v2/regions/fr-par/vpcs");
    mkdirSync(state);
    writeFileSync(join(state, "stack"), "one VPC");
    saveLocal({ dataDir, name: "one-vpc", alongside });
    expect(listSaves(dataDir)).toEqual(["empty", "one-vpc"]);
    expect(() => restoreLocal({ dataDir, name: "empty" })).toThrow(/runs/);
    await stopLocal(dataDir);
    restoreLocal({ dataDir, name: "empty", alongside });
    expect([vpcs(), existsSync(state)]).toEqual([0, false]);
    restoreLocal({ dataDir, name: "one-vpc", alongside });
    expect([vpcs(), readFileSync(join(state, "stack"), "utf8")]).toEqual([1, "one VPC"]);
  });

  it("are put back into one that runs, in a second, and only if it is the same one", async () => {
    const { env } = await startLocal({ dataDir });
    const count = async () => await callApi(env, "/vpc/v2/regions/fr-par/vpcs?is_default=false");
    await orderLocal(dataDir, { do: "hold" });
    saveLocal({ dataDir, name: "before" });
    await orderLocal(dataDir, { do: "advance", ms: 86_400_000 });
    await callApi(env, "/vpc/v2/regions/nl-ams/vpcs");
    const rows = vpcs();
    const started = performance.now();
    const { time, held } = await orderLocal(dataDir, { do: "restore", name: "before" });
    expect(performance.now() - started).toBeLessThan(10_000);
    expect([rows, vpcs(), held]).toEqual([1, 0, true]);
    expect(Date.parse(time) - Date.now()).toBeLessThan(86_000_000);
    expect(await count()).toMatchObject({ total_count: 0 });
    await expect(orderLocal(dataDir, { do: "restore", name: "never" })).rejects.toThrow(/no such save/);
    await resetLocal(dataDir);
    await startLocal({ dataDir });
    await expect(orderLocal(dataDir, { do: "restore", name: "before" })).rejects.toThrow(/before its reset/);
  });

  it("have plain names, and exist", () => {
    expect(() => saveLocal({ dataDir, name: "../out" })).toThrow(/no name for a save/);
    expect(() => saveLocal({ dataDir, name: "early" })).toThrow(/nothing to save/);
    expect(() => restoreLocal({ dataDir, name: "never" })).toThrow(/no such save/);
  });
});

function vpcs(): number {
  const store = openStore(dataDir);
  try {
    return Number(store.database.prepare("SELECT count(*) AS n FROM records WHERE kind = 'vpc.vpc'").get()?.n);
  } finally {
    store.close();
  }
}
