import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ownRules } from "../../cli/judge/own-rules.ts";
import { takeLaw } from "../../cli/judge/trusted-place.ts";
import { judgeEstate } from "../../judge/kit/judge.ts";
import { stableJson } from "../../kernel/order.ts";
import { NOW } from "../harness/law.ts";
import { raw, rawEstate, tagList } from "../harness/raw.ts";
import { T } from "../harness/types.ts";

/** Where the law is taken from, and what a change of it does: design, law 5. */
const root = resolve(import.meta.dirname, "../..");
const scratch = mkdtempSync(join(tmpdir(), "bastide-law-"));
const trusted = join(scratch, "trusted");
const FR = { environment: "rehearsal", profile: "fr-health" } as const;

/** A clone as the protected branch has it: this tree's own law. */
beforeAll(() => {
  mkdirSync(trusted);
  for (const part of ["kernel", "stacks", "judge", "policy-packs", "package.json"]) {
    cpSync(join(root, part), join(trusted, part), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(trusted, "node_modules"));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const vpc = raw(T.vpc, "v", { region: "fr-par", tags: tagList() });
const changesUnder = async (law: string, more: object = {}) => {
  const bench = await takeLaw({ ...FR, law, ...more });
  const verdict = judgeEstate(rawEstate([vpc]), bench.law, bench.rules, { now: NOW, lawChanges: bench.changes });
  return verdict.findings.filter((f) => f.rule === "EVD-06").map((f) => f.property);
};

describe("the law of the change and the law of the trusted place", () => {
  it("are the same when nothing was changed", async () => expect(await changesUnder(trusted)).toEqual([]));

  it("differ by a waiver that the change brings along: it excuses nothing, and is told", async () => {
    const mine = join(trusted, "stacks", "waivers", "theirs.yaml");
    writeFileSync(mine, "schema: bastide.waiver/1\nenvironment: rehearsal\nrule: NET-01\n");
    expect(await changesUnder(trusted)).toEqual(["law.waivers"]);
    rmSync(mine);
  });

  it("differ by an attestation, and by a line of a rule", async () => {
    const file = join(trusted, "stacks", "attestations", "z.yaml");
    writeFileSync(file, "nonsense: [");
    const rule = join(trusted, "policy-packs", "bastide", "rules", "ids.ts");
    const before = execFileSync("cat", [rule], { encoding: "utf8" });
    writeFileSync(rule, `${before}// changed\n`);
    expect(await changesUnder(trusted)).toEqual(["law.attestations", "law.pack"]);
    rmSync(file);
    writeFileSync(rule, before);
  });

  it("differ by a baseline that grew in the change", async () => {
    const baseline = (rules: readonly string[]) =>
      stableJson({
        schema: "bastide.baseline/1",
        issued: "2026-11-01",
        expires: "2027-01-31",
        owner: "platform",
        findings: rules.map((rule) => ({ rule, subject: "stack", property: "" })),
      });
    const mine = join(root, "out", "baseline-of-a-test.json");
    mkdirSync(join(root, "out"), { recursive: true });
    writeFileSync(mine, baseline(["NET-01", "NET-02"]));
    mkdirSync(join(trusted, "out"), { recursive: true });
    writeFileSync(join(trusted, "out", "baseline-of-a-test.json"), baseline(["NET-01"]));
    try {
      const bench = await takeLaw({ ...FR, law: trusted, baseline: mine });
      expect(bench.law.baseline?.findings.map((f) => f.rule)).toEqual(["NET-01"]);
      expect(bench.changes?.map((c) => c.part)).toEqual(["baseline"]);
    } finally {
      rmSync(mine);
    }
  });

  it("compiled into a file say when the judge at hand is another", async () => {
    const { law } = await takeLaw({ ...FR });
    const file = join(scratch, "law.json");
    writeFileSync(file, stableJson(law));
    expect(await changesUnder(file)).toEqual([]);
    writeFileSync(file, stableJson({ ...law, pack: "0".repeat(64) }));
    expect(await changesUnder(file)).toEqual(["law.pack"]);
  });

  it("of a commit is the law of that commit", async () => {
    const head = execFileSync("git", ["-C", root, "rev-parse", "HEAD"], { encoding: "utf8" }).trim();
    const bench = await takeLaw({ ...FR, law: head });
    expect(bench.law.environment).toBe("rehearsal");
    expect(bench.changes).toBeDefined();
  });

  it.each(["no-such-branch", join(scratch, "nowhere"), tmpdir()])("do not come from %s", async (law) => {
    await expect(takeLaw({ ...FR, law })).rejects.toThrow("there is no law there");
  });
});

describe("rules of one's own", () => {
  const folderOf = (name: string, text: string): string => {
    const folder = join(scratch, name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "rule.mjs"), text);
    return folder;
  };
  const made = (id: string, outcome: string, accepted = "pass") => `
    export const rules = ({ rule, pass, fail }) => [{
      rule: rule({ id: "${id}", title: "t", severity: "low", enforcement: "mandatory", waivable: true, controls: ["ISO:A.5.9"],
        rationale: "r", remedy: "f",
        judge: (e) => e.resources.map((r) => (r.name === "bad" ? ${outcome} : ${accepted})({ subject: r.urn, property: "p", want: 1 }, 2)) }),
      refuses: [{ type: "scaleway:network/vpc:Vpc", name: "bad", inputs: {} }],
      accepts: [{ type: "scaleway:network/vpc:Vpc", name: "good", inputs: {} }],
    }];`;

  it("are judged beside ours, from the shipped example", async () => {
    const bench = await takeLaw({ ...FR, rules: join(root, "docs", "own-rules") });
    const bucket = raw(T.bucket, "b", { name: "b", region: "fr-par", tags: { owner: "x" } });
    const verdict = judgeEstate(rawEstate([bucket]), bench.law, bench.rules, { now: NOW });
    expect(verdict.findings).toContainEqual(expect.objectContaining({ rule: "ACME-01", subject: bucket.urn }));
    const plain = await takeLaw({ ...FR });
    expect(bench.law.pack).not.toBe(plain.law.pack);
  });

  it.each([
    ["that take one of our ids", made("NET-01", "fail"), "an id that is not taken"],
    ["under one of our prefixes", made("NET-99", "fail"), "a prefix that is not one of Bastide's"],
    ["that refuse nothing", made("OWN-01", "pass"), "a violation"],
    ["that accept nothing", made("OWN-01", "fail", "fail"), "passes only"],
    ["that crash", made("OWN-01", "nobody"), "a violation"],
    ["that do not load", "export const rules = (", "a module that loads"],
    ["that are none", "export const rule = 1;", "export const rules"],
    ["that return something else", "export const rules = () => 7;", "a list of"],
  ])("are refused %s", async (name, text, want) => {
    await expect(ownRules(folderOf(name.replaceAll(" ", "-"), text))).rejects.toThrow(want);
  });

  it("are refused from an empty folder", async () => {
    mkdirSync(join(scratch, "empty"));
    await expect(ownRules(join(scratch, "empty"))).rejects.toThrow("modules that export `rules`");
  });
});
