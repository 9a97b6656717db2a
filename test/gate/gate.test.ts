import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { verdictSchema } from "../../judge/reports/verdict-schema.ts";
import { RULE_IDS } from "../../policy-packs/bastide/rules/ids.ts";
import { preview, stackExport, step, wireResource } from "../harness/engine-files.ts";

const root = resolve(import.meta.dirname, "../..");
const scratch = mkdtempSync(join(tmpdir(), "bastide-gate-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const programs = join(import.meta.dirname, "programs");
const examples = join(root, "docs/rules/examples");

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line as people run it, in a process of its own. */
function bastide(args: readonly string[], stdin: string | Buffer = ""): Promise<Ran> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(root, "cli/main.ts"), ...args], {
      cwd: scratch,
      env: { ...process.env, NO_COLOR: "1" },
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk.toString("utf8");
    });
    child.stderr.on("data", (chunk: Buffer) => {
      stderr += chunk.toString("utf8");
    });
    child.on("close", (code) => done({ code, stdout, stderr }));
    child.stdin.on("error", () => {});
    child.stdin.end(stdin);
  });
}

const verdictOf = ({ stdout }: Ran) => verdictSchema.parse(JSON.parse(stdout));
const BUCKET = "scaleway:object/bucket:Bucket";
const abroad = stackExport([wireResource(BUCKET, "data", { id: "nl-ams/data", inputs: { region: "nl-ams" } })]);

describe("bastide gate", () => {
  it("passes rehearsal: every rule decided, nothing waived, nothing unjudged", { timeout: 120_000 }, async () => {
    const ran = await bastide(["gate", "--stack", "rehearsal", "--json"]);
    expect(ran.stderr).toBe("");
    expect(ran.code).toBe(0);
    const { outcome, counts, findings, advisories, notSeen } = verdictOf(ran);
    expect(outcome).toBe("pass");
    expect(counts).toMatchObject({ undecided: 0, waived: 0, notJudged: 0, rules: RULE_IDS.length });
    // Restore tests are jobs of the platform layer; without it they are advised.
    expect(findings.map((f: { rule: string; enforcement: string }) => `${f.rule} ${f.enforcement}`)).toEqual(
      Array(counts.fail).fill("DR-07 advisory"),
    );
    expect(counts.resources).toBeGreaterThan(300);
    expect(advisories).toEqual(expect.arrayContaining(["law read from the working tree", "node egress unfiltered"]));
    expect(notSeen).toEqual(["default-providers", "deletes", "provider-defaults"]);
  });

  it("passes the platform with what it stands on: workloads, policies and all", { timeout: 240_000 }, async () => {
    const ran = await bastide(["gate", "--stack", "rehearsal.platform", "--json"]);
    expect(ran.code).toBe(0);
    const { outcome, counts, findings } = verdictOf(ran);
    expect(outcome).toBe("pass");
    expect(counts).toMatchObject({ undecided: 0, waived: 0, notJudged: 0 });
    expect(counts.resources).toBeGreaterThan(900);
    expect(new Set(findings.map((f: { enforcement: string }) => f.enforcement))).toEqual(new Set(["advisory"]));
  });

  it("blocks a program with one hole, naming the rule and the resource", { timeout: 60_000 }, async () => {
    const ran = await bastide(["gate", "--stack", "NET-10-failing", "--program", examples]);
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(/^FAIL/);
    expect(ran.stdout).toMatch(
      /NET-10 {2}violation, critical[\s\S]*research {2}\(scaleway:kubernetes\/cluster:Cluster\)/,
    );
  });

  it("never takes a program that prints a verdict at its word", { timeout: 60_000 }, async () => {
    const ran = await bastide([
      "gate",
      "--stack",
      "prints-a-verdict",
      "--program",
      join(programs, "hostile"),
      "--json",
    ]);
    expect(ran.code).toBe(3);
    expect(ran.stdout).toBe("");
  });

  it("judges nothing when a program declares nothing", { timeout: 60_000 }, async () => {
    const empty = join(scratch, "empty");
    mkdirSync(empty, { recursive: true });
    writeFileSync(join(empty, "Pulumi.yaml"), "name: empty\nruntime: nodejs\n");
    writeFileSync(join(empty, "index.mjs"), "export const nothing = 1;\n");
    const ran = await bastide(["gate", "--stack", "dev", "--program", empty]);
    expect([1, 2, 3]).toContain(ran.code);
    expect(ran.stdout).not.toMatch(/^PASS/);
  });

  it.each([
    ["an unknown environment", ["--stack", "nowhere"], 2],
    ["several formats and no folder", ["--stack", "rehearsal", "--format", "json,sarif"], 2],
    ["an unknown format", ["--stack", "rehearsal", "--format", "pdf"], 2],
    ["a day that is none", ["--stack", "rehearsal", "--now", "tomorrow"], 2],
    ["a profile for our own environment", ["--stack", "rehearsal", "--profile", "eu"], 2],
    ["a law that is nowhere", ["--stack", "rehearsal", "--law", "no-such-branch"], 2],
    ["a folder without a program", ["--stack", "dev", "--program", tmpdir()], 2],
    ["no stack", [], 2],
  ])("refuses %s", async (_, args, code) => expect((await bastide(["gate", ...args])).code).toBe(code));
});

describe("bastide judge", () => {
  it("reads standard input, plain or gzip, and says the same", async () => {
    const args = ["judge", "-", "--json", "--now", "2026-11-23"];
    const [plain, packed] = await Promise.all([bastide(args, abroad), bastide(args, gzipSync(abroad))]);
    expect(plain.code).toBe(1);
    expect(packed.stdout).toBe(plain.stdout);
    expect(verdictOf(plain).findings.map((f) => f.rule)).toContain("LOC-01");
  });

  it("writes every report, and nothing on standard output", async () => {
    const out = join(scratch, "out");
    const ran = await bastide(["judge", "-", "--out", out], abroad);
    expect(ran.code).toBe(1);
    expect(ran.stdout).toBe("");
    expect(readdirSync(out).sort()).toEqual([
      "codequality.json",
      "controls.csv",
      "junit.xml",
      "report.html",
      "report.md",
      "verdict.json",
      "verdict.sarif",
    ]);
    expect(readFileSync(join(out, "report.md"), "utf8")).toContain("LOC-01");
  });

  it("lets a profile decide where a foreign estate may rest", async () => {
    const tagged = { region: "nl-ams", tags: { "data-class": "public", tier: "data", env: "prod", owner: "x" } };
    const state = stackExport([wireResource(BUCKET, "data", { id: "nl-ams/data", inputs: tagged, outputs: tagged })]);
    const [french, european] = await Promise.all(
      ["fr-health", "eu"].map((profile) => bastide(["judge", "-", "--json", "--profile", profile], state)),
    );
    const rulesOf = (ran: Ran | undefined) => (ran === undefined ? [] : verdictOf(ran).findings.map((f) => f.rule));
    expect(rulesOf(french)).toContain("LOC-01");
    expect(rulesOf(european)).not.toContain("LOC-01");
  });

  it.each([
    ["a file that is not there", ["nowhere.json"], "", 2],
    ["a truncated file", ["-"], abroad.slice(0, 100), 2],
    ["something packed badly", ["-"], Buffer.from([0x1f, 0x8b, 0, 0]), 2],
    [
      "the preview of a program that failed",
      ["-"],
      preview([step("create", wireResource(BUCKET, "b"))], { diagnostics: [{ severity: "error", message: "x" }] }),
      3,
    ],
    ["no file", [], "", 2],
  ])("refuses %s", async (_, args, stdin, code) => {
    const ran = await bastide(["judge", ...args], stdin);
    expect(ran.code).toBe(code);
    expect(ran.stdout).toBe("");
  });

  it("is red when a report can't be written", async () => {
    const file = join(scratch, "a-file");
    writeFileSync(file, "");
    chmodSync(file, 0o400);
    const ran = await bastide(["judge", "-", "--out", join(file, "inside")], abroad);
    expect(ran.code).toBe(3);
    expect(ran.stderr).toContain("a report can't be written");
  });
});
