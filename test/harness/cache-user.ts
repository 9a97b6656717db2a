import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { obtainEntry } from "../../local/toolchain/cache.ts";

/**
 * A process that obtains the entry `tool`/`k1` of a cache, for tests with several of them: `cache-user.ts CACHE LOG MS`.
 * Its builder writes half of a file, takes MS milliseconds, then writes the rest; LOG gets a line for each thing that happens.
 */
const [cache = "", log = "", ms = "0"] = process.argv.slice(2);
const say = (line: string): void => appendFileSync(log, `${line}\n`);

const folder = await obtainEntry(
  cache,
  { part: "tool", key: "k1" },
  async (into) => {
    writeFileSync(join(into, "tool"), "half");
    say(`building ${process.pid}`);
    await sleep(Number(ms));
    writeFileSync(join(into, "tool"), "half and half");
  },
  { report: (event) => say(event.kind) },
);
say(`done ${folder}`);
