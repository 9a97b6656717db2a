import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { NOTHING_KNOWN, type PackageFacts, type ProgramFacts } from "../../judge/facts/program.ts";
import type { RawEstate } from "../../judge/facts/raw.ts";
import { byText } from "../../kernel/order.ts";
import { type Program, stackConfig } from "./program.ts";

/** What a door can't show unless somebody looks at the program's folder: see `withProgram`. */
const PACKAGES = "packages";

/** An estate of the gate with what the program's folder tells: its settings files and its lock file. */
export function withProgram(estate: RawEstate, program: Program, stacks: readonly string[]): RawEstate {
  const { backend, secretsProvider } = stateSettings(program.root, stacks);
  const config = Object.assign({}, ...stacks.map((stack) => stackConfig(program, stack)));
  return showing(estate, { backend, secretsProvider, config, packages: packageFacts(program.root) });
}

/** An estate of a run of the engine with what its environment tells. */
export function withRunFacts(
  estate: RawEstate,
  root: string,
  env: Readonly<Record<string, string | undefined>>,
): RawEstate {
  const passphrase = env.PULUMI_CONFIG_PASSPHRASE ?? env.PULUMI_CONFIG_PASSPHRASE_FILE;
  return showing(estate, {
    ...NOTHING_KNOWN,
    backend: env.PULUMI_BACKEND_URL,
    secretsProvider: passphrase === undefined ? undefined : "passphrase",
    packages: packageFacts(root),
  });
}

const showing = (estate: RawEstate, program: ProgramFacts): RawEstate => ({
  ...estate,
  program: { ...estate.program, ...program },
  notSeen: program.packages === undefined ? estate.notSeen : estate.notSeen.filter((spot) => spot !== PACKAGES),
});

const projectFile = z.object({
  backend: z.object({ url: z.string().optional() }).nullish(),
  stackConfigDir: z.string().optional(),
});
const stackFile = z.object({ secretsprovider: z.string().optional(), encryptionsalt: z.string().optional() }).nullish();

/** `backend.url` of the project file; what the stacks' files say of their secrets, the worst first. */
function stateSettings(root: string, stacks: readonly string[]): Pick<ProgramFacts, "backend" | "secretsProvider"> {
  const project = projectFile.safeParse(yaml(join(root, "Pulumi.yaml")) ?? yaml(join(root, "Pulumi.yml")));
  const folder = join(root, project.data?.stackConfigDir ?? "");
  const providers = stacks.flatMap((stack) => {
    const file = stackFile.safeParse(yaml(join(folder, `Pulumi.${stack}.yaml`))).data;
    return file?.secretsprovider ?? (file?.encryptionsalt === undefined ? [] : "passphrase");
  });
  return {
    backend: project.data?.backend?.url,
    secretsProvider: providers.find((p) => p !== "passphrase") ?? providers[0],
  };
}

const yaml = (file: string): unknown => (existsSync(file) ? parse(readFileSync(file, "utf8")) : undefined);

const dependencies = z.record(z.string(), z.string()).nullish();
const packageFile = z.object({ dependencies, optionalDependencies: dependencies });
const npmLock = z.object({
  packages: z.record(
    z.string(),
    z.object({ integrity: z.string().optional(), link: z.boolean().optional(), resolved: z.string().optional() }),
  ),
});

const LOCKS = ["package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock"];

/** How the packages of the folder are pinned; `undefined` where it is no npm package at all. */
export function packageFacts(root: string): PackageFacts | undefined {
  const file = join(root, "package.json");
  if (!existsSync(file)) return undefined;
  const parsed = packageFile.safeParse(JSON.parse(readFileSync(file, "utf8")));
  const wanted = { ...parsed.data?.dependencies, ...parsed.data?.optionalDependencies };
  const lockFile = LOCKS.find((name) => existsSync(join(root, name))) ?? null;
  return {
    lockFile,
    ranges: Object.entries(wanted)
      .filter(([, version]) => !/^(npm:[^@]*@?[^@]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
      .map(([name, version]) => `${name}@${version}`)
      .sort(byText),
    withoutChecksum: lockFile?.endsWith(".json") === true ? unchecked(join(root, lockFile)) : [],
  };
}

/** Packages of an npm lock file that come from somewhere and have no checksum. */
function unchecked(file: string): readonly string[] {
  const lock = npmLock.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (!lock.success) return ["(a lock file of another form)"];
  return Object.entries(lock.data.packages)
    .filter(([name, p]) => name.startsWith("node_modules/") && p.link !== true && p.integrity === undefined)
    .map(([name]) => name)
    .sort(byText);
}
