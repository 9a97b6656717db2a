import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { rulesDigest } from "../../judge/kit/judge.ts";
import { KIT_RULES } from "../../judge/kit/kit-rules.ts";
import type { RuleData } from "../../judge/kit/rule.ts";
import { byKey } from "../../kernel/order.ts";
import { packDigest } from "../../policy-packs/bastide/pack-digest.ts";
import { committedRules } from "../../policy-packs/bastide/rules/index.ts";
import { toolVersion } from "../judge/provenance.ts";
import { repoRoot } from "../paths.ts";

export interface Packed {
  readonly tarball: string;
  readonly sha256: string;
  readonly packDigest: string;
}

/** Modules that are bundled whole, each under the path that it has here: what looks for files beside itself finds them. */
const ENTRIES: Readonly<Record<string, string>> = {
  "cli/main.js": "cli/packed.ts",
  "cli/gate/child/main.js": "cli/gate/child/main.ts",
  "policy-packs/bastide/index.js": "policy-packs/bastide/pack.ts",
};

/** Not bundled: the judged program's own copy must be the one in use. */
const EXTERNAL = [/^@pulumi\//, /^@pulumiverse\//, /^google-protobuf/, /^node:/];

/**
 * The judge as one JavaScript tarball: command line, gate and policy pack, without a dependency to install, with the list of
 * rules and a checksum beside it. Node refuses to strip types under `node_modules`, so others get JavaScript.
 */
export async function pack(out: string): Promise<Packed> {
  const stage = join(out, "package");
  rmSync(out, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  const digest = packDigest();
  for (const [file, input] of Object.entries(ENTRIES)) await bundle(join(repoRoot, input), join(stage, file), digest);
  cpSync(
    join(repoRoot, "policy-packs/bastide/PulumiPolicy.yaml"),
    join(stage, "policy-packs/bastide/PulumiPolicy.yaml"),
  );
  cpSync(join(repoRoot, "policy-packs/bastide/package.json"), join(stage, "policy-packs/bastide/package.json"));
  cpSync(join(repoRoot, "docs/rules/examples"), join(stage, "docs/rules/examples"), { recursive: true });
  cpSync(join(repoRoot, "docs/adopting.md"), join(stage, "README.md"));
  cpSync(join(repoRoot, "docs/schema"), join(stage, "docs/schema"), { recursive: true });
  cpSync(join(repoRoot, "LICENSE"), join(stage, "LICENSE"));
  writeFileSync(join(stage, "package.json"), `${JSON.stringify(manifest(digest), null, 2)}\n`);
  writeFileSync(join(stage, "RULES.json"), rulesFile());
  writeFileSync(join(stage, "CHANGES.md"), changes(readReleased()));
  return seal(out, stage, digest);
}

async function bundle(input: string, file: string, digest: string): Promise<void> {
  const build = await rolldown({
    input,
    platform: "node",
    external: EXTERNAL,
    transform: { define: { PACK_DIGEST_AT_BUILD: JSON.stringify(digest) } },
    logLevel: "warn",
  });
  await build.write({ file, format: "esm", codeSplitting: false, minify: false });
  await build.close();
}

const manifest = (digest: string) => ({
  name: "bastide-judge",
  version: toolVersion(),
  description: "Judge of Pulumi programs on Scaleway: offline gate, policy pack, reports",
  license: "Apache-2.0",
  type: "module",
  bin: { bastide: "cli/main.js" },
  engines: { node: ">=24" },
  bastide: { pack: digest },
});

const ruleRow = ({ id, title, severity, enforcement, waivable, controls }: RuleData) => ({
  id,
  title,
  severity,
  enforcement,
  waivable,
  controls,
});

/** Every rule that a verdict of this version can name. */
export const rulesFile = (): string => {
  const all: readonly RuleData[] = [...committedRules(), ...Object.values(KIT_RULES)];
  const rules = [...all].sort(byKey((r) => r.id)).map(ruleRow);
  return `${JSON.stringify({ version: toolVersion(), digest: rulesDigest(committedRules()), rules }, null, 2)}\n`;
};

interface Released {
  readonly version: string;
  readonly rules: readonly ReturnType<typeof ruleRow>[];
}

/** The rules of the last release, kept beside the pack; none before the first. */
function readReleased(): Released | undefined {
  const file = join(repoRoot, "policy-packs/bastide/released.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/** What changed in the rules since the last release: an adopter's gate can turn red by these lines only. */
export function changes(before: Released | undefined): string {
  const now: Released = JSON.parse(rulesFile());
  const old = new Map((before?.rules ?? []).map((r) => [r.id, r]));
  const lines = now.rules.flatMap((r) => {
    const was = old.get(r.id);
    if (was === undefined) return [`- new: \`${r.id}\` ${r.title} (${r.severity}, ${r.enforcement})`];
    const differing = (["title", "severity", "enforcement", "waivable"] as const).filter((k) => was[k] !== r[k]);
    return differing.map((k) => `- \`${r.id}\`: ${k} was "${String(was[k])}", is "${String(r[k])}"`);
  });
  const gone = [...old.keys()].filter((id) => !now.rules.some((r) => r.id === id));
  const head = `# Rules of ${now.version}, compared with ${before?.version ?? "nothing: the first release"}`;
  return `${[head, "", ...lines, ...gone.map((id) => `- gone: \`${id}\``)].join("\n")}\n`;
}

function seal(out: string, stage: string, digest: string): Packed {
  const name = `bastide-judge-${toolVersion()}.tgz`;
  // The same sources give the same bytes: names in order, no owner, no clock.
  execFileSync("tar", [
    "--sort=name",
    "--owner=0",
    "--group=0",
    "--numeric-owner",
    "--mtime=@0",
    "--mode=u=rwX,go=rX",
    "-C",
    out,
    "-cf",
    join(out, "package.tar"),
    "package",
  ]);
  execFileSync("gzip", ["-n", "-9", join(out, "package.tar")]);
  const tarball = join(out, name);
  renameSync(join(out, "package.tar.gz"), tarball);
  rmSync(stage, { recursive: true });
  const sha256 = createHash("sha256").update(readFileSync(tarball)).digest("hex");
  writeFileSync(`${tarball}.sha256`, `${sha256}  ${name}\n`);
  return { tarball, sha256, packDigest: digest };
}
