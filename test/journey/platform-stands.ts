import { execFileSync } from "node:child_process";
import { lstatSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Clone, Finished, Running } from "../harness/clone.ts";
import { ask, type Way } from "../harness/through-proxy.ts";

const STACK = "rehearsal.platform";
const CLUSTER = "scaleway:kubernetes/cluster:Cluster";

const state = z.object({
  deployment: z.object({
    resources: z.array(z.object({ type: z.string(), outputs: z.record(z.string(), z.unknown()).default({}) })),
  }),
});

/** One more research space, in the words of the settings. */
const ONE_MORE = `{
      name: "one-more",
      permit: "DR-2026-0003",
      owner: "univ-south",
      domains: ["snds-base"],
      until: "2036-12-31",
    },
  ],
  flows: [`;

/**
 * Registers what is to be true of the platform that a start left on its clone: who gets in, what runs left behind, a run that is killed,
 * and the end. The clone is there once the tests run.
 */
export function platformStands(clone: () => Clone, started: () => Finished): void {
  const env = (): Readonly<Record<string, string>> => ({ BASTIDE_WORK: clone().work });
  const run = (...args: readonly string[]): Promise<Finished> => clone().run(args, env());

  /** Every file that runs left behind, but those of the local Scaleway, which may know its own clusters' tokens. */
  const filesIn = (folder: string): readonly string[] =>
    readdirSync(folder).flatMap((name) => {
      const path = join(folder, name);
      if (path === join(clone().work, "local")) return [];
      const found = lstatSync(path);
      // Launchers are links to the toolchain, which no run writes.
      return found.isDirectory() ? filesIn(path) : found.isFile() ? [path] : [];
    });

  /** Tokens of the admin kubeconfigs that Kapsule hands out. */
  function adminTokens(): readonly string[] {
    const database = new DatabaseSync(join(clone().work, "local", "scaleway.sqlite"), { readOnly: true });
    const rows = database.prepare("SELECT body FROM records WHERE kind = 'k8s.cluster'").all();
    database.close();
    return rows.map((row) => String(JSON.parse(String(row.body)).token));
  }

  describe("the clusters' admin tokens", () => {
    it("are in no output, state or report", () => {
      const tokens = adminTokens();
      expect(tokens).toHaveLength(2);
      const file = join(clone().work, "state", ".pulumi", "stacks", "bastide", `${STACK}.json`);
      expect(readFileSync(file, "utf8")).toContain("bastide-kube-credential");
      for (const token of tokens) {
        expect(started().output).not.toContain(token);
        const base64 = Buffer.from(token).toString("base64").slice(0, -3);
        for (const path of filesIn(clone().work)) {
          const text = readFileSync(path, "utf8");
          expect(text.includes(token) || text.includes(base64), path).toBe(false);
        }
      }
    });
  });

  describe("bastide tunnel", () => {
    let local: Way;
    let tunnel: Running;
    let proxy = "";
    let api = "";

    beforeAll(async () => {
      const text = readFileSync(join(clone().work, "out", "rehearsal", "foundation.state.json"), "utf8");
      const [cluster] = state.parse(JSON.parse(text)).deployment.resources.filter((r) => r.type === CLUSTER);
      api = String(cluster?.outputs.apiserverUrl);
      const daemon = await run("local", "start", "--json");
      expect(daemon.code, daemon.output).toBe(0);
      const { env: variables } = z
        .object({ env: z.record(z.string(), z.string()) })
        .parse(JSON.parse(/\{[\s\S]*\}/.exec(daemon.output)?.[0] ?? ""));
      local = { url: variables.HTTPS_PROXY ?? "", env: variables };
      tunnel = clone().start(["tunnel", "--stack", "rehearsal", "--local", "--json"], env());
      await tunnel.waitFor(/HTTPS_PROXY": "([^"]+)"/);
    });
    afterAll(async () => {
      tunnel?.process.kill("SIGINT");
      await run("local", "stop");
    });

    it("leads to an API server under its own name and authority, and there to what its caller may see", async () => {
      proxy = /HTTPS_PROXY": "([^"]+)"/.exec(tunnel.output())?.[1] ?? "";
      const key = local.env.SCW_SECRET_KEY ?? "";
      const { status, body } = await ask(local, "GET", `${api}/api/v1/pods`, key, undefined, proxy);
      expect(status).toBe(200);
      expect(body.items.length).toBeGreaterThan(10);
      expect((await ask(local, "GET", `${api}/api/v1/pods`, "nobody", undefined, proxy)).status).toBe(401);
    });

    it("is the only way there: without it the cluster's ACL resets the connection", async () => {
      await expect(ask(local, "GET", `${api}/version`, local.env.SCW_SECRET_KEY ?? "")).rejects.toThrow(
        /hang up|ECONNRESET|disconn/,
      );
    });

    it("closes with its command", async () => {
      tunnel.process.kill("SIGINT");
      expect((await tunnel.finished).code).toBe(0);
      await expect(ask(local, "GET", `${api}/version`, "", undefined, proxy)).rejects.toThrow(/ECONNREFUSED/);
    });
  });

  describe("one research space more", () => {
    it("replaces and deletes nothing; the run that makes it is killed, and the next one goes on", async () => {
      clone().edit("stacks/environments/rehearsal.ts", "],\n  flows: [", ONE_MORE);
      const killed = clone().start(["up", "--stack", STACK, "--local"], env());
      await killed.waitFor(/apply rehearsal\.platform[\s\S]*\d+ resources/);
      for (const pid of family(killed.process.pid ?? 0)) kill(pid);
      await killed.finished;
      const again = await run("up", "--stack", STACK, "--local");
      expect(again.code, again.output).toBe(0);
      for (const { output } of [await killed.finished, again]) expect(output).not.toMatch(/to (replace|delete)/);
      const still = await run("preview", "--stack", STACK, "--local");
      expect(still.code, still.output).toBe(0);
      expect(still.output).toContain("; no change");
    });
  });

  describe("destroy of the platform", () => {
    it("wants a consent for what holds data, and then leaves nothing", async () => {
      const refused = await run("destroy", "--stack", STACK, "--local");
      expect(refused.code, refused.output).toBe(1);
      const named = [...refused.output.matchAll(/^ {2}(urn:\S+) {2}\[destroy\.no-consent\]/gm)].map((m) => m[1] ?? "");
      expect(named.length).toBeGreaterThan(0);
      const consent = join(clone().work, "consent.json");
      writeFileSync(
        consent,
        JSON.stringify({
          schema: "bastide.consent/1",
          destroy: named,
          owner: "platform-team",
          reason: "end of the rehearsal",
          expires: "2099-01-01T00:00:00Z",
        }),
      );
      const destroyed = await run("destroy", "--stack", STACK, "--local", "--consent", consent);
      expect(destroyed.code, destroyed.output).toBe(0);
      const after = await run("destroy", "--stack", STACK, "--local");
      expect(after.code, after.output).toBe(0);
    });
  });
}

/** A process and everything below it, whatever group it put itself in. */
function family(root: number): readonly number[] {
  const parents = execFileSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const below = (parent: number): readonly number[] => [
    parent,
    ...parents.flatMap(([pid = 0, ppid = 0]) => (ppid === parent ? below(pid) : [])),
  ];
  return below(root);
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // Gone already.
  }
}
