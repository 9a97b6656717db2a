import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { killRun } from "../survival/kill.ts";
import { kills } from "../survival/scenarios.ts";
import { stormRun, stormRuns } from "../survival/storm.ts";
import { makeWorld, type World } from "../survival/world.ts";

/** A sample of `npm run survival`: one kill and one storm. */
const home = mkdtempSync(join(tmpdir(), "bastide-survival-"));
let world: World;
beforeAll(async () => {
  world = await makeWorld("small", home, () => undefined);
});
afterAll(() => {
  world?.clone.remove();
  rmSync(home, { recursive: true, force: true });
});

describe("an `up` that is cut off", () => {
  it("by the death of its provider goes on where it was", async () => {
    const kill = kills("1", "small", 2)[1];
    if (kill?.victim !== "provider") throw new Error("no such kill");
    const { faults } = await killRun(kill, world);
    expect(faults).toEqual([]);
  });
  it("by a storm of lost answers goes on, and its doubles are named and removed", async () => {
    const lost = stormRuns("1", "small").find(({ storm }) => storm === "lost");
    if (lost === undefined) throw new Error("no such storm");
    const { faults } = await stormRun(lost, world);
    expect(faults).toEqual([]);
  });
});
