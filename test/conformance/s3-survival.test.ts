import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { openStore } from "../../local/scaleway/core/store.ts";
import { Bodies } from "../../local/scaleway/s3/body.ts";
import { Versions } from "../../local/scaleway/s3/version-table.ts";

/** Killed with SIGKILL in the midst of writing, object storage keeps what it promised, and nothing half-made. */
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Lines that the writer printed before it was killed, `milliseconds` after its first promise. */
function promisesUntilKilled(dataDir: string, milliseconds: number): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const writer = spawn(process.execPath, [join(import.meta.dirname, "s3-writer.ts"), dataDir], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let text = "";
    writer.stdout.on("data", (chunk) => {
      if (text === "") setTimeout(() => writer.kill("SIGKILL"), milliseconds);
      text += String(chunk);
    });
    writer.on("error", reject);
    writer.on("exit", (_code, signal) =>
      signal === "SIGKILL"
        ? resolve(text.split("\n").slice(0, -1))
        : reject(new Error(`writer ended by itself: ${text}`)),
    );
  });
}

it.each([3, 17, 60, 141, 333])("killed %i ms after its first promise", async (milliseconds) => {
  const dataDir = mkdtempSync(join(tmpdir(), "s3-survival-"));
  folders.push(dataDir);
  const promises = await promisesUntilKilled(dataDir, milliseconds);
  expect(promises.length).toBeGreaterThan(0);
  const { database, close } = openStore(dataDir);
  const [versions, bodies] = [new Versions(database), new Bodies(database)];
  const stored = [...versions.list("survivor", "", "")];
  const gone = new Set(promises.filter((line) => line.startsWith("gone ")).map((line) => line.split(" ")[2]));
  for (const line of promises.filter((promise) => promise.startsWith("200 "))) {
    const [, key = "", version = "", md5] = line.split(" ");
    const found = versions.find("survivor", key, version);
    // The deletion after the last promise may have been done without being told.
    if (gone.has(version)) expect(found).toBeUndefined();
    else if (found !== undefined || line !== promises.at(-1))
      expect(found).toMatchObject({ kind: "object", etag: md5 });
  }
  for (const version of stored) {
    if (version.kind !== "object") throw new Error("the writer makes no markers");
    expect(createHash("md5").update(bodies.readAll(version.segments, undefined)).digest("hex")).toBe(version.etag);
  }
  expect(database.prepare("SELECT count(*) AS bodies FROM s3_body").get()).toEqual({ bodies: stored.length });
  expect(database.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
  close();
});
