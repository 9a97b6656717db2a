import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pack } from "../../cli/pack/pack.ts";
import { readEstate } from "../../judge/doors/read.ts";
import { judgeEstate } from "../../judge/kit/judge.ts";
import { stableJson } from "../../kernel/order.ts";
import { RULE_IDS } from "../../policy-packs/bastide/rules/ids.ts";
import { rules } from "../../policy-packs/bastide/rules/index.ts";
import { builtToolchain, repoRoot } from "../harness/built-toolchain.ts";
import { stackExport, stackRoot, urn, wireResource } from "../harness/engine-files.ts";
import { testLaw } from "../harness/law.ts";
import { type PulumiProject, pulumiProject } from "../harness/pulumi-project.ts";
import { T } from "../harness/types.ts";

/**
 * `pulumi policy analyze` on a state, by the pack of this repository and by the packed one in another repository, which has
 * only Pulumi's SDKs beside it, and no network: both say what `bastide judge` says of the same file.
 */
const own = join(repoRoot, "policy-packs", "bastide");
let project: PulumiProject;
let scratch: string;
let packed: string;

const tags = { "data-class": "technical", env: "prod", owner: "office", tier: "compute" };
const provider = wireResource("pulumi:providers:scaleway", "paris", {
  id: "5e0e",
  inputs: { region: "fr-par", zone: "fr-par-1", projectId: "p" },
  outputs: { region: "fr-par", zone: "fr-par-1", projectId: "p" },
  provider: undefined,
});
const bucket = (region: string) => {
  const inputs = { name: "data", region, projectId: "p", tags, versioning: { enabled: true } };
  return wireResource(T.bucket, "data", { id: `${region}/data`, inputs, outputs: inputs });
};
// What a state names by an id that it does not hold is a loose end there; a pack takes it for somebody else's.
const account = { name: "office", organizationId: "o" };
const office = wireResource("scaleway:account/project:Project", "office", {
  id: "p",
  inputs: account,
  outputs: account,
});
const stateOf = (region: string): string => stackExport([stackRoot(), provider, office, bucket(region)]);

/** What one bucket can't show is another's to judge; what may not be lowered stays. */
const law = testLaw({
  coveredElsewhere: { "EVD-05": "preview-file", G12: "gate", "SUP-02": "gate" },
  levels: Object.fromEntries(RULE_IDS.filter((id) => !/^(LOC|NET)/.test(id)).map((id) => [id, "advisory" as const])),
});

beforeAll(async () => {
  const toolchain = await builtToolchain();
  project = pulumiProject(toolchain, { npm_config_offline: "true" });
  scratch = mkdtempSync(join(tmpdir(), "bastide-analyze-"));
  const { tarball } = await pack(join(scratch, "out"));
  const theirs = join(scratch, "theirs");
  mkdirSync(theirs);
  writeFileSync(join(theirs, "package.json"), '{ "name": "theirs", "private": true }');
  const env = { ...process.env, npm_config_offline: "true", PATH: `${dirname(process.execPath)}:${process.env.PATH}` };
  execFileSync("npm", ["install", "--offline", "--no-audit", "--no-fund", tarball], { cwd: theirs, env });
  // Every program of nodejs has the SDK; the pack takes it, and the policy SDK, from there.
  symlinkSync(join(repoRoot, "node_modules", "@pulumi"), join(theirs, "node_modules", "@pulumi"));
  packed = join(theirs, "node_modules", "bastide-judge", "policy-packs", "bastide");
  project.write("law.json", stableJson({ bastide: { law } }));
  for (const region of ["fr-par", "nl-ams"]) project.write(`${region}.json`, stateOf(region));
}, 180_000);

afterAll(() => {
  project?.remove();
  if (scratch !== undefined) rmSync(scratch, { recursive: true, force: true });
});

const analyze = async (region: string, folder: string) => {
  const ran = await project.pulumi(
    ...["policy", "analyze", "--file", `${region}.json`, "--policy-pack", folder],
    ...["--policy-pack-config", "law.json", "--color", "never"],
  );
  const told = [...ran.output.matchAll(/\[(mandatory|advisory)\] \[severity: \w+\] {2}(\S+) {2}\(([^)]*)\)/g)];
  return { ...ran, told: told.map(([, level, rule, on]) => `${level} ${rule} ${on?.split(": ").at(-1)}`).sort() };
};

/** The judge's own findings on the same text. */
const judged = (region: string): readonly string[] => {
  const root = urn("pulumi:pulumi:Stack", "theirs-trial.foundation");
  const { findings } = judgeEstate(readEstate(stateOf(region), "state.json"), law, rules, {
    now: new Date().toISOString(),
  });
  return findings
    .map((f) => `${f.enforcement} ${f.rule} ${(f.subject === "stack" ? root : f.subject).split("::").at(-1)}`)
    .sort();
};

describe("pulumi policy analyze", () => {
  it.each([
    ["this repository's pack", () => own],
    ["the packed one, in another repository", () => packed],
  ])("with %s refuses a state with a hole, and passes it without", { timeout: 120_000 }, async (_, folder) => {
    const bad = await analyze("nl-ams", folder());
    expect(bad.code, bad.output).not.toBe(0);
    expect(bad.told).toContain("mandatory LOC-01 data");
    expect(new Set(bad.told)).toEqual(new Set(judged("nl-ams")));
    const good = await analyze("fr-par", folder());
    expect(good.code, good.output).toBe(0);
    expect(new Set(good.told)).toEqual(new Set(judged("fr-par")));
  });
});
