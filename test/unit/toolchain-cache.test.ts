import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Builder, cacheFolder, inspectEntry, obtainEntry } from "../../local/toolchain/cache.ts";
import type { ToolchainEvent } from "../../local/toolchain/events.ts";

const name = { part: "tool", key: "k1" };
const userProgram = join(import.meta.dirname, "..", "harness", "cache-user.ts");

let cache: string;
let events: ToolchainEvent[];
let children: ChildProcess[];
const report = (event: ToolchainEvent): void => void events.push(event);

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "bastide-cache-"));
  events = [];
  children = [];
});
afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(cache, { recursive: true, force: true });
});

/** A builder that counts how often it ran. */
function counting(text = "a program"): { readonly build: Builder; readonly runs: () => number } {
  let runs = 0;
  const build: Builder = async (into) => {
    runs += 1;
    writeFileSync(join(into, "tool"), text);
  };
  return { build, runs: () => runs };
}

const obtain = (build: Builder, signal?: AbortSignal): Promise<string> =>
  obtainEntry(cache, name, build, { report, signal });
const drafts = (): readonly string[] => readdirSync(join(cache, "tool")).filter((f) => f.startsWith(".building-"));

/** Starts the program of test/harness on this cache; `log` tells what it did. */
function startUser(ms: number): { readonly child: ChildProcess; readonly log: string; readonly ended: Promise<void> } {
  const log = join(cache, `log-${children.length}`);
  writeFileSync(log, "");
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", userProgram, cache, log, `${ms}`], {
    stdio: "inherit",
  });
  children.push(child);
  return { child, log, ended: new Promise((resolve) => child.on("exit", () => resolve())) };
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error("the awaited state did not come within 10 s");
    await sleep(20);
  }
}

describe("an entry of the toolchain cache", () => {
  test("is built once, then taken as it is", async () => {
    const builder = counting();
    const folder = await obtain(builder.build);
    expect(await obtain(builder.build)).toBe(folder);
    expect(builder.runs()).toBe(1);
    expect(readFileSync(join(folder, "tool"), "utf8")).toBe("a program");
    expect(statSync(folder).mode & 0o777).toBe(0o755);
    expect(drafts()).toEqual([]);
  });

  test("does not exist before its build has ended", async () => {
    await obtain(async (into) => {
      writeFileSync(join(into, "tool"), "half");
      expect(await inspectEntry(cache, name)).toEqual({ state: "absent" });
      writeFileSync(join(into, "tool"), "whole");
    });
    expect(await inspectEntry(cache, name)).toMatchObject({ state: "whole" });
  });

  test("is not left behind by a build that fails, nor by one that makes nothing", async () => {
    await expect(
      obtain(async (into) => {
        writeFileSync(join(into, "tool"), "half");
        throw new Error("no proxy");
      }),
    ).rejects.toThrow("no proxy");
    await expect(obtain(async () => undefined)).rejects.toThrow("made no file");
    expect(await inspectEntry(cache, name)).toEqual({ state: "absent" });
    expect(drafts()).toEqual([]);
    await obtain(counting().build);
  });

  const damages: readonly (readonly [string, (folder: string) => void, string])[] = [
    ["cut short", (f) => writeFileSync(join(f, "tool"), "a pro"), "5 bytes, not 9"],
    ["altered at the same length", (f) => writeFileSync(join(f, "tool"), "a virusss"), "other bytes"],
    ["without its file", (f) => rmSync(join(f, "tool")), "tool is missing"],
    ["without a manifest", (f) => rmSync(join(f, "manifest.json")), "manifest"],
    ["with a torn manifest", (f) => writeFileSync(join(f, "manifest.json"), '{"schema":'), "manifest"],
    [
      "with another entry's manifest",
      (f) => {
        const path = join(f, "manifest.json");
        writeFileSync(path, readFileSync(path, "utf8").replace('"k1"', '"k2"'));
      },
      "that of k2",
    ],
  ];
  test.each(damages)("%s is noticed, said and built again", async (_, damage, why) => {
    const builder = counting();
    const folder = await obtain(builder.build);
    damage(folder);
    expect(await inspectEntry(cache, name)).toMatchObject({ state: "corrupted", why: expect.stringContaining(why) });
    await obtain(builder.build);
    expect(builder.runs()).toBe(2);
    expect(events).toContainEqual({ kind: "corrupted", part: "tool", why: expect.stringContaining(why) });
    expect(readFileSync(join(folder, "tool"), "utf8")).toBe("a program");
  });

  test("asked for twice at once in one process is built once", async () => {
    const builder = counting();
    const slow: Builder = async (into) => {
      await builder.build(into);
      await sleep(300);
    };
    const [first, second] = await Promise.all([obtain(slow), obtain(slow)]);
    expect(first).toBe(second);
    expect(builder.runs()).toBe(1);
  });

  test("asked for by two processes at once is built by one, the other waits and says for whom", async () => {
    const first = startUser(800);
    await until(() => readFileSync(first.log, "utf8").includes("building"));
    const builder = counting();
    const folder = await obtain(builder.build);
    expect(builder.runs()).toBe(0);
    expect(readFileSync(join(folder, "tool"), "utf8")).toBe("half and half");
    const waits = events.filter((e) => e.kind === "waiting");
    expect(waits).toEqual([{ kind: "waiting", part: "tool", holder: `process ${first.child.pid}` }]);
    await first.ended;
  });

  test("whose builder was killed is built by the next one, which removes what was left", async () => {
    const first = startUser(60_000);
    await until(() => readFileSync(first.log, "utf8").includes("building"));
    expect(drafts()).toHaveLength(1);
    first.child.kill("SIGKILL");
    await first.ended;
    expect(drafts()).toHaveLength(1);
    const builder = counting();
    const folder = await obtain(builder.build);
    expect(builder.runs()).toBe(1);
    expect(readFileSync(join(folder, "tool"), "utf8")).toBe("a program");
    expect(drafts()).toEqual([]);
  });

  test("frees a waiting process when the one that builds is killed", async () => {
    const first = startUser(60_000);
    await until(() => readFileSync(first.log, "utf8").includes("building"));
    const builder = counting();
    const waiting = obtain(builder.build);
    await until(() => events.some((e) => e.kind === "waiting"));
    first.child.kill("SIGKILL");
    await waiting;
    expect(builder.runs()).toBe(1);
  });

  test("ends the wait when the user interrupts it", async () => {
    const first = startUser(60_000);
    await until(() => readFileSync(first.log, "utf8").includes("building"));
    const interrupt = new AbortController();
    const waiting = obtain(counting().build, interrupt.signal);
    await until(() => events.some((e) => e.kind === "waiting"));
    interrupt.abort();
    await expect(waiting).rejects.toThrow(/abort/i);
  });
});

describe("the cache's place", () => {
  test("is BASTIDE_CACHE, else the user's cache folder", () => {
    expect(cacheFolder({ BASTIDE_CACHE: "/a", XDG_CACHE_HOME: "/b" })).toBe("/a");
    expect(cacheFolder({ BASTIDE_CACHE: "", XDG_CACHE_HOME: "/b" })).toBe("/b/bastide");
    expect(cacheFolder({})).toMatch(/\/\.cache\/bastide$/);
  });

  test("that can't be written ends in an error with the fix", async () => {
    writeFileSync(join(cache, "file"), "");
    const inside = join(cache, "file", "cache");
    await expect(obtainEntry(inside, name, counting().build, { report })).rejects.toMatchObject({
      exit: 3,
      faults: [
        { code: "toolchain.cache-unwritable", path: "BASTIDE_CACHE", fix: expect.stringContaining("BASTIDE_CACHE") },
      ],
    });
    expect(existsSync(inside)).toBe(false);
  });
});
