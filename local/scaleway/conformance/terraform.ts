import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { cacheFolder, compile, type GoModule, isBuilt, moduleFolder, withSources } from "./go-module.ts";

/** What runs the acceptance tests where there is no Terraform: OpenTofu, built from its module like everything else here. */
const OPEN_TOFU = { path: "github.com/opentofu/opentofu", version: "v1.12.6" } as const satisfies GoModule;

/** Terraform on PATH, or OpenTofu on PATH, which the tests take as well. */
export function onPath(path = process.env.PATH ?? ""): string | undefined {
  for (const name of ["terraform", "tofu"])
    for (const folder of path.split(delimiter)) if (existsSync(join(folder, name))) return join(folder, name);
  return undefined;
}

/** OpenTofu in the cache; built there when absent (some minutes). */
export async function openTofu(say: (line: string) => void): Promise<string> {
  const file = join(await cacheFolder(`opentofu-${OPEN_TOFU.version}`), "tofu");
  if (await isBuilt(file)) return file;
  say(`building OpenTofu ${OPEN_TOFU.version} from source (some minutes, once)`);
  const version = OPEN_TOFU.version.slice(1);
  await withSources(await moduleFolder(OPEN_TOFU), (sources) => compile(sources, ["build", "./cmd/tofu"], file));
  say(`OpenTofu ${version} is in the cache`);
  return file;
}

/** The program that runs the tests: what is on PATH, else OpenTofu from source. */
export const terraform = async (say: (line: string) => void): Promise<string> => onPath() ?? (await openTofu(say));

/** Its version, for the table. */
export const terraformVersion = (program: string): string =>
  execFileSync(program, ["version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] })
    .split("\n")
    .find((line) => /^(Terraform|OpenTofu) v/.test(line)) ?? "";

/** What the test framework has to be told of OpenTofu: whose registry its providers are named after, and that it is no Terraform. */
export const tofuVariables = (program: string): Readonly<Record<string, string>> =>
  terraformVersion(program).startsWith("OpenTofu")
    ? {
        TF_ACC_PROVIDER_NAMESPACE: "hashicorp",
        TF_ACC_PROVIDER_HOST: "registry.opentofu.org",
        TF_ACC_OPENTOFU: "true",
      }
    : {};
