import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changes, type Packed, pack } from "../../cli/pack/pack.ts";
import { verdictSchema } from "../../judge/reports/verdict-schema.ts";
import { packDigest } from "../../policy-packs/bastide/pack-digest.ts";
import { stackExport, wireResource } from "../harness/engine-files.ts";

/** What others install: packed here, put into another repository without a network, and used there. */
const root = resolve(import.meta.dirname, "../..");
const scratch = mkdtempSync(join(tmpdir(), "bastide-pack-"));
const theirs = join(scratch, "their-repository");
let packed: Packed;

const env = {
  ...process.env,
  NO_COLOR: "1",
  PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ""}`,
  npm_config_offline: "true",
  npm_config_registry: "http://127.0.0.1:9",
};
const bastide = (...args: readonly string[]) =>
  spawnSync(join(theirs, "node_modules", ".bin", "bastide"), args, { cwd: theirs, env, encoding: "utf8" });

beforeAll(async () => {
  packed = await pack(join(scratch, "out"));
  mkdirSync(theirs);
  writeFileSync(join(theirs, "package.json"), '{ "name": "theirs", "private": true }');
  execFileSync("npm", ["install", "--offline", "--no-audit", "--no-fund", packed.tarball], { cwd: theirs, env });
  const tags = { "data-class": "technical", tier: "data", env: "prod", owner: "x" };
  const bucket = { name: "data", region: "nl-ams", tags };
  const resource = wireResource("scaleway:object/bucket:Bucket", "data", { id: "nl-ams/data", inputs: bucket });
  writeFileSync(join(theirs, "state.json"), stackExport([resource]));
}, 120_000);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe("the packed judge", () => {
  it("has its checksum beside it, and needs no package", () => {
    const sum = createHash("sha256").update(readFileSync(packed.tarball)).digest("hex");
    expect(readFileSync(`${packed.tarball}.sha256`, "utf8")).toMatch(new RegExp(`^${sum} {2}bastide-judge-`));
    const manifest = JSON.parse(readFileSync(join(theirs, "node_modules/bastide-judge/package.json"), "utf8"));
    expect(manifest.dependencies).toBeUndefined();
    expect(manifest.bastide.pack).toBe(packDigest());
  });

  it("judges a state there, and names the rule and the resource", () => {
    const ran = bastide("judge", "state.json", "--json", "--now", "2026-11-23");
    expect(ran.status).toBe(1);
    const verdict = verdictSchema.parse(JSON.parse(ran.stdout));
    expect(verdict.law.pack).toBe(packed.packDigest);
    expect(verdict.findings.filter((f) => f.rule === "LOC-01").map((f) => f.got)).toContain("nl-ams");
  });

  it("gates a program there", { timeout: 60_000 }, () => {
    const program = join(scratch, "program");
    cpSync(join(root, "docs/rules/examples"), program, { recursive: true });
    symlinkSync(join(root, "node_modules"), join(program, "node_modules"));
    const ran = bastide("gate", "--stack", "NET-10-failing", "--program", program, "--now", "2026-11-23");
    expect(ran.stderr).toBe("");
    expect(ran.status).toBe(1);
    expect(ran.stdout).toContain("NET-10  violation");
  });

  it("takes a law and rules of theirs, and lets old findings wait", () => {
    const law = bastide("law", "--profile", "eu");
    expect(law.status).toBe(0);
    writeFileSync(join(theirs, "law.json"), law.stdout);
    mkdirSync(join(theirs, "rules"));
    const own = readFileSync(join(root, "docs/own-rules/example.ts"), "utf8");
    writeFileSync(
      join(theirs, "rules/own.mjs"),
      own
        .replace(/import type.*\n/, "")
        .replace(/: Kit\b/, "")
        .replace(/: readonly OwnRule\[\]/, ""),
    );
    const args = ["judge", "state.json", "--json", "--now", "2026-11-23", "--rules", "rules", "--law", "law.json"];
    const first = bastide(
      ...args,
      "--write-baseline",
      "old.json",
      "--baseline-owner",
      "us",
      "--baseline-until",
      "2027-01-31",
    );
    expect(first.stderr).toContain("findings written to old.json");
    const rulesOf = (ran: typeof first, outcome: string) =>
      verdictSchema
        .parse(JSON.parse(ran.stdout))
        .findings.filter((f) => f.outcome === outcome)
        .map((f) => f.rule);
    expect(rulesOf(first, "fail")).toContain("ACME-01");
    const second = bastide(...args, "--baseline", "old.json");
    expect(rulesOf(second, "waived")).toContain("ACME-01");
    expect(rulesOf(second, "fail")).not.toContain("ACME-01");
  });

  it("explains its rules, and refuses what is no input", () => {
    expect(bastide("explain", "NET-10").stdout).toContain("Refused");
    expect(bastide("judge", "nowhere.json").status).toBe(2);
    expect(bastide("judge", "state.json", "--write-baseline", "x.json").status).toBe(2);
  });
});

it("the list of changes tells what is new, gone, and otherwise", () => {
  const gone = {
    id: "OLD-01",
    title: "t",
    severity: "low",
    enforcement: "advisory",
    waivable: true,
    controls: [],
  } as const;
  const lowered = { ...gone, id: "LOC-01", title: "every located resource stands in a region of the profile" };
  const text = changes({ version: "0.0.9", rules: [gone, lowered] });
  expect(text).toContain("- gone: `OLD-01`");
  expect(text).toContain('- `LOC-01`: severity was "low", is "critical"');
  expect(text).toContain("- new: `NET-10`");
  expect(changes(undefined)).toContain("the first release");
});
