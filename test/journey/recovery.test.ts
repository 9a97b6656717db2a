import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLocalScaleway } from "../../local/scaleway/server.ts";
import { callApi } from "../harness/api-client.ts";
import { type Clone, makeClone, type Running } from "../harness/clone.ts";

/** Killed at any moment, started again, destroyed: nothing is made twice, nothing is lost, nothing stays. */
let clone: Clone;
const env = (): Readonly<Record<string, string>> => ({ BASTIDE_WORK: clone.work });
const UP = ["up", "--stack", "rehearsal", "--local"];

beforeAll(() => {
  clone = makeClone();
});
afterAll(() => clone.remove());

const parentOf = (pid: string): string | undefined => {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ")[1];
  } catch {
    return undefined;
  }
};

/** A process and everything below it, whatever group it put itself in. */
function family(pid: number): readonly number[] {
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const below = (parent: string): readonly string[] => [
    parent,
    ...all.filter((p) => parentOf(p) === parent).flatMap(below),
  ];
  return below(String(pid)).map(Number);
}

async function killEverything(running: Running): Promise<void> {
  for (const pid of family(running.process.pid ?? 0)) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // Gone already.
    }
  }
  await running.finished;
}

const query = (sql: string): readonly Record<string, unknown>[] => {
  const database = new DatabaseSync(join(clone.work, "local", "scaleway.sqlite"), { readOnly: true });
  try {
    return database.prepare(sql).all();
  } finally {
    database.close();
  }
};

/** Records at which it is killed: about half of what a calm run makes. */
const HALFWAY = 150;

describe("a run that is killed with everything it started", () => {
  it("goes on when started again", async () => {
    const running = clone.start(UP, env());
    await running.waitFor(/apply rehearsal\.foundation/);
    await new Promise<void>((done, fail) => {
      const timer = setInterval(() => {
        const made = Number(query("SELECT count(*) AS n FROM records")[0]?.n);
        if (made >= HALFWAY) {
          clearInterval(timer);
          done();
        }
      }, 50);
      void running.finished.then(({ output }) => {
        clearInterval(timer);
        fail(new Error(`ended before it could be killed:\n${output}`));
      });
    });
    await killEverything(running);
    const again = await clone.run(UP, env());
    expect(again.code, again.output).toBe(0);
    const twice = query(
      "SELECT kind, name, locality, project, count(*) AS n FROM records WHERE name <> '' AND kind NOT IN ('ipam.ip', 'iam.api-key', 'block.volume', 'vpc.route') GROUP BY 1, 2, 3, 4 HAVING n > 1",
    );
    expect(twice).toEqual([]);
    const still = await clone.run(["preview", "--stack", "rehearsal", "--local"], env());
    expect(still.code, still.output).toBe(0);
    expect(still.output.match(/; no change/g)).toHaveLength(2);
  });
});

/** URNs that a destroy without consent names. */
async function blockers(): Promise<readonly string[]> {
  const refused = await clone.run(["destroy", "--stack", "rehearsal", "--local"], env());
  expect(refused.code).toBe(1);
  return [...refused.output.matchAll(/^ {2}(urn:\S+) {2}\[destroy\.no-consent\]/gm)].map((m) => m[1] ?? "");
}

function consentFor(destroy: readonly string[], more: Readonly<Record<string, string>> = {}): string {
  const file = join(clone.root, "consent.json");
  writeFileSync(
    file,
    JSON.stringify({
      schema: "bastide.consent/1",
      destroy,
      owner: "journey test",
      reason: "end of the rehearsal",
      expires: "2099-01-01T00:00:00Z",
      ...more,
    }),
  );
  return file;
}

describe("destroy", () => {
  const DESTROY = ["destroy", "--stack", "rehearsal", "--local"];

  it("without a consent lists what blocks and deletes nothing", async () => {
    const before = query("SELECT count(*) AS n FROM records");
    expect((await blockers()).length).toBeGreaterThan(20);
    expect(query("SELECT count(*) AS n FROM records")).toEqual(before);
  });

  it("with a consent that misses one URN is blocked by that one", async () => {
    const [spared, ...named] = await blockers();
    const refused = await clone.run([...DESTROY, "--consent", consentFor(named)], env());
    expect(refused.code).toBe(1);
    expect(refused.output).toContain(spared);
    expect(refused.output).not.toContain(`${named[0]} `);
  });

  it("with an expired consent is an input error", async () => {
    const refused = await clone.run(
      [...DESTROY, "--consent", consentFor(await blockers(), { expires: "2020-01-01T00:00:00Z" })],
      env(),
    );
    expect(refused.code).toBe(2);
  });

  it("with a consent that names each URN leaves an empty Scaleway once the scheduled deletions are due", async () => {
    const destroyed = await clone.run([...DESTROY, "--consent", consentFor(await blockers())], env());
    expect(destroyed.code, destroyed.output).toBe(0);
    expect(destroyed.output).toContain("what remains");
    expect(destroyed.output).toContain("seven days");
    const local = await startLocalScaleway({
      dataDir: join(clone.work, "local"),
      extraRegions: [{ name: "fr-second", zones: ["fr-second-1", "fr-second-2", "fr-second-3"] }],
    });
    try {
      local.clock.advance(8 * 24 * 3600 * 1000);
      for (const region of ["fr-par", "fr-second"]) {
        const listed = await callApi(
          local.env,
          `/key-manager/v1alpha1/regions/${region}/keys?scheduled_for_deletion=true`,
        );
        expect(listed).toMatchObject({ total_count: 0 });
      }
    } finally {
      await local.stop();
    }
    // What a fresh organization has: its owner, the owner's key, the default project, the default VPCs somebody listed.
    const seeds = "'iam.user', 'iam.api-key', 'account.project', 'vpc.vpc'";
    expect(query(`SELECT kind, name FROM records WHERE kind NOT IN (${seeds})`)).toEqual([]);
    expect(query("SELECT name FROM records WHERE kind = 'account.project'")).toEqual([{ name: "default" }]);
  });
});
