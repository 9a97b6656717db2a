import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { repoRoot } from "../cli/paths.ts";
import { renderEvent } from "../local/toolchain/events.ts";
import { ensureToolchain } from "../local/toolchain/toolchain.ts";
import { type Program, time } from "./measure.ts";

/** The least that Pulumi's engine takes, and the least that it takes with a policy pack. */
export interface EmptyPreviews {
  readonly bare: Program;
  readonly withTrivialPack: Program;
}

const NODEJS = "runtime:\n  name: nodejs\n  options:\n    typescript: false\nmain: index.js\n";

/** One rule that looks at the stack and never objects. */
const TRIVIAL_PACK = `import { PolicyPack } from "@pulumi/policy";
new PolicyPack("trivial", {
  policies: [
    { name: "nothing", description: "never objects", enforcementLevel: "mandatory", validateStack: () => {} },
  ],
});
`;

/** \`pulumi preview\` of a program that registers nothing, with a state of its own in a file; with and without a pack of one rule. */
export async function emptyPreview(folder: string): Promise<EmptyPreviews> {
  const toolchain = await ensureToolchain({
    repoRoot,
    workDir: join(folder, "work"),
    progress: (event) => process.stderr.write(`${renderEvent(event)}\n`),
  });
  const state = join(folder, "state");
  mkdirSync(state);
  const cwd = nodeFolder(
    join(folder, "program"),
    "Pulumi.yaml",
    `name: empty\n${NODEJS}`,
    'import "@pulumi/pulumi";\n',
  );
  const pack = nodeFolder(
    join(folder, "pack"),
    "PulumiPolicy.yaml",
    "description: one rule\nruntime: nodejs\nmain: index.js\n",
    TRIVIAL_PACK,
  );
  const env = {
    ...process.env,
    ...toolchain.env(),
    PULUMI_BACKEND_URL: pathToFileURL(state).href,
    PULUMI_CONFIG_PASSPHRASE: "bench",
  };
  const pulumi = (...args: readonly string[]): Program => ({ command: toolchain.pulumi, args, cwd, env });
  await time(pulumi("stack", "init", "bench", "--non-interactive"));
  const preview = ["preview", "--stack", "bench", "--non-interactive"];
  return { bare: pulumi(...preview), withTrivialPack: pulumi(...preview, "--policy-pack", pack) };
}

/** A folder that the engine runs by Node, with this clone's packages. */
function nodeFolder(folder: string, project: string, yaml: string, index: string): string {
  mkdirSync(folder);
  writeFileSync(join(folder, project), yaml);
  writeFileSync(
    join(folder, "package.json"),
    '{ "name": "empty", "version": "0.0.1", "type": "module", "main": "index.js" }\n',
  );
  writeFileSync(join(folder, "index.js"), index);
  symlinkSync(join(repoRoot, "node_modules"), join(folder, "node_modules"));
  return folder;
}
