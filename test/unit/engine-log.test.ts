import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openStack } from "../../cli/engine/stack.ts";

/** An engine that ends well and leaves a log that a full disk cut short says nothing of what it did. */
const folder = mkdtempSync(join(tmpdir(), "bastide-engine-log-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const START = '{"preludeEvent":{}}';
const SUMMARY = '{"summaryEvent":{"resourceChanges":{"create":2}}}';

/** A stand-in for the engine's command line: writes these lines to its event log, and ends with this code. */
function engine(name: string, log: string, code: number): string {
  const file = join(folder, name);
  const script = [
    'while [ $# -gt 0 ]; do [ "$1" = --event-log ] && log=$2; shift; done',
    `printf '%s' '${log}' > "$log"`,
  ];
  writeFileSync(file, ["#!/bin/sh", ...script, `exit ${code}`, ""].join("\n"));
  chmodSync(file, 0o755);
  return file;
}

const preview = (name: string, log: string, code = 0) =>
  openStack(`log-${name}.bootstrap`, { pulumi: engine(name, log, code), env: {} }).preview("law.json");

describe("an engine that ends well", () => {
  it("is taken at its word when its log goes to the end", async () => {
    expect((await preview("whole", `${START}\n${SUMMARY}\n`)).changes).toEqual({ create: 2 });
  });

  it.each([
    ["empty", ""],
    ["without its end", `${START}\n`],
    ["cut in the middle of a line", `${START}\n${SUMMARY.slice(0, 20)}`],
  ])("is not believed with a log that is %s", async (name, log) => {
    await expect(preview(name.replaceAll(" ", "-"), log)).rejects.toThrow(/engine\.log-cut/);
  });

  it("tells its own error when it fails", async () => {
    expect((await preview("failed", "", 255)).code).toBe(255);
  });
});
