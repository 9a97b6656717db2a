import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openClock } from "../../local/scaleway/core/clock.ts";
import { openIds } from "../../local/scaleway/core/ids.ts";
import { openStore } from "../../local/scaleway/core/store.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "bastide-store-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe("store", () => {
  it("keeps all of a transaction or nothing", () => {
    const store = openStore(dir);
    store.transaction(() => store.meta.set("a", "1"));
    expect(() =>
      store.transaction(() => {
        store.meta.set("a", "2");
        throw new Error("halfway");
      }),
    ).toThrow("halfway");
    expect(store.meta.get("a")).toBe("1");
    store.close();
    const again = openStore(dir);
    expect(again.meta.get("a")).toBe("1");
    again.close();
  });

  it("is readable by its owner only", () => {
    const store = openStore(dir);
    expect(statSync(join(dir, "scaleway.sqlite")).mode & 0o077).toBe(0);
    store.close();
  });

  it("survives SIGKILL in the midst of writing: whole transactions, in order", async () => {
    const writer = join(import.meta.dirname, "../harness/store-writer.ts");
    const child = spawn(process.execPath, [writer, dir], { stdio: ["ignore", "pipe", "inherit"] });
    let told = "";
    await new Promise<void>((resolve, reject) => {
      child.on("error", reject);
      child.stdout.on("data", (chunk: Buffer) => {
        told += chunk.toString();
        if (told.split("\n").length > 20) child.kill("SIGKILL");
      });
      child.on("close", () => resolve());
    });
    const acknowledged = Math.max(
      ...told
        .split("\n")
        .filter((line) => /^\d+$/.test(line))
        .map(Number),
    );
    const store = openStore(dir);
    const [left, right] = [Number(store.meta.get("left")), Number(store.meta.get("right"))];
    expect(left).toBe(right);
    expect(left).toBeGreaterThanOrEqual(acknowledged);
    store.close();
  });
});

describe("clock", () => {
  it("stands still with its machine, moves by what it is told, and remembers", () => {
    const store = openStore(dir);
    const clock = openClock(store, () => 1_000);
    expect(clock.now()).toBe(1_000);
    clock.advance(500);
    expect(clock.now()).toBe(1_500);
    expect(clock.stamp()).toBe("1970-01-01T00:00:01.500000Z");
    store.close();
    const again = openStore(dir);
    expect(openClock(again, () => 1_000).now()).toBe(1_500);
    again.close();
  });

  it("never goes back", () => {
    const store = openStore(undefined);
    const clock = openClock(store);
    expect(() => clock.advance(-1)).toThrow(RangeError);
    expect(() => clock.advance(Number.NaN)).toThrow(RangeError);
    store.close();
  });
});

describe("ids", () => {
  const draw = (seed: string): readonly string[] => {
    const store = openStore(undefined);
    const ids = openIds(store, seed);
    return [ids.uuid(), ids.uuid(), ids.accessKey(), ids.hex(3)];
  };

  it("follow from the seed", () => {
    expect(draw("s")).toEqual(draw("s"));
    expect(draw("s")[0]).not.toBe(draw("t")[0]);
  });

  it("have Scaleway's forms and never repeat, across restarts", () => {
    const first = openStore(dir);
    const seen = Array.from({ length: 50 }, () => openIds(first).uuid());
    first.close();
    const second = openStore(dir);
    seen.push(...Array.from({ length: 50 }, () => openIds(second).uuid()));
    expect(new Set(seen).size).toBe(100);
    for (const id of seen) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(openIds(second).accessKey()).toMatch(/^SCW[A-Z0-9]{17}$/);
    second.close();
  });
});
