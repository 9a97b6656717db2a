import { mkdirSync, mkdtempSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { removeHalfWritten } from "../../cli/engine/half-written.ts";
import { openStack, type Stack } from "../../cli/engine/stack.ts";
import { builtToolchain } from "../harness/built-toolchain.ts";

/** What a kill leaves of a file that the real engine's backend writes in place. */
let work: string;
let state: string;
let stack: Stack;
const ATTRS = "stacks/bastide/half.written.json.attrs";

beforeAll(async () => {
  const { binDir } = await builtToolchain();
  work = mkdtempSync(join(tmpdir(), "bastide-half-"));
  state = join(work, "state");
  mkdirSync(state);
  stack = openStack("half.written", {
    pulumi: join(binDir, "pulumi"),
    env: {
      PATH: binDir,
      HOME: work,
      PULUMI_HOME: join(work, "home"),
      PULUMI_BACKEND_URL: `file://${state}`,
      PULUMI_CONFIG_PASSPHRASE: "one of a test",
      PULUMI_SKIP_UPDATE_CHECK: "true",
    },
    configDir: join(work, "settings"),
  });
  await stack.ensure();
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe("an engine killed while it wrote down what a file of its state is", () => {
  it("leaves a state that it can't read, which is read as it was once that is taken away", async () => {
    const before = await stack.exportState();
    expect(removeHalfWritten(state)).toEqual([]);
    truncateSync(join(state, ".pulumi", ATTRS), 0);
    await expect(stack.exportState()).rejects.toThrow();
    expect(removeHalfWritten(state)).toEqual([ATTRS]);
    expect(await stack.exportState()).toBe(before);
  });
  it("and there is nothing to take away where no state is", () => {
    expect(removeHalfWritten(join(work, "nowhere"))).toEqual([]);
  });
});
