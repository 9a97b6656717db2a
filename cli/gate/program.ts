import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { inputError } from "../../kernel/errors.ts";

/** A Pulumi program of nodejs on disk, found as the engine finds it. */
export interface Program {
  readonly root: string;
  readonly entry: string;
  readonly project: string;
}

const projectFile = z.object({
  name: z.string().min(1),
  runtime: z.union([z.string(), z.object({ name: z.string() })]),
  main: z.string().optional(),
  stackConfigDir: z.string().optional(),
  config: z.record(z.string(), z.unknown()).nullish(),
});
type ProjectFile = z.infer<typeof projectFile>;

const packageFile = z.object({ main: z.string().optional() });
const stackFile = z.object({ config: z.record(z.string(), z.unknown()).nullish() }).nullable();

const fault = (path: string, got: string, want: string, fix: string) =>
  inputError("the program can't be run", [{ code: "gate.program", path, got, want, fix }]);

/** The program in a folder. Input errors (exit 2): no `Pulumi.yaml`, another runtime, no entry module. */
export function findProgram(folder: string): Program {
  const root = existsSync(folder) ? realpathSync(folder) : resolve(folder);
  const project = readProject(root);
  const runtime = typeof project.runtime === "string" ? project.runtime : project.runtime.name;
  if (runtime !== "nodejs") {
    throw fault(
      "Pulumi.yaml: runtime",
      runtime,
      "nodejs",
      "judge a `pulumi preview --json` file of this program instead",
    );
  }
  return { root, entry: entryModule(root, project), project: project.name };
}

/**
 * Plain configuration of a stack: defaults of `Pulumi.yaml`, then `Pulumi.<stack>.yaml`. Encrypted values are left out: the
 * gate has no passphrase, and a program that needs one must be judged by its preview.
 */
export function stackConfig(program: Program, stack: string): Readonly<Record<string, string>> {
  const project = readProject(program.root);
  const file = join(program.root, project.stackConfigDir ?? "", `Pulumi.${stack}.yaml`);
  const own = existsSync(file) ? (stackFile.parse(parse(readFileSync(file, "utf8")))?.config ?? {}) : {};
  return Object.fromEntries(
    [...Object.entries(defaults(project)), ...Object.entries(own)].flatMap(([key, value]): [string, string][] => {
      const name = key.includes(":") ? key : `${program.project}:${key}`;
      return isEncrypted(value) ? [] : [[name, typeof value === "string" ? value : JSON.stringify(value)]];
    }),
  );
}

function defaults(project: ProjectFile): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(project.config ?? {}).flatMap(([key, declared]): [string, unknown][] => {
      if (typeof declared !== "object" || declared === null) return [[key, declared]];
      const value = Reflect.get(declared, "default") ?? Reflect.get(declared, "value");
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

const isEncrypted = (value: unknown): boolean => typeof value === "object" && value !== null && "secure" in value;

function readProject(root: string): ProjectFile {
  const file = ["Pulumi.yaml", "Pulumi.yml"].map((name) => join(root, name)).find((path) => existsSync(path));
  if (file === undefined)
    throw fault(root, "no Pulumi.yaml", "the folder of a Pulumi program", "name it with --program");
  const parsed = projectFile.safeParse(parse(readFileSync(file, "utf8")));
  if (parsed.success) return parsed.data;
  const first = parsed.error.issues[0];
  throw fault(
    `Pulumi.yaml: ${first?.path.join(".") ?? ""}`,
    first?.message ?? "",
    "a Pulumi project",
    "see pulumi.com/docs",
  );
}

/** `main` of the project file, else of `package.json`, else `index`: as the engine's language host looks. */
function entryModule(root: string, project: ProjectFile): string {
  const base = resolve(root, project.main ?? ".");
  const isFolder = existsSync(base) && statSync(base).isDirectory();
  const named = isFolder ? packageMain(base) : undefined;
  const candidates = isFolder
    ? [...(named === undefined ? [] : [join(base, named)]), ...INDEX.map((name) => join(base, name))]
    : [base, ...[".js", ".mjs", ".cjs", ".ts", ".mts"].map((suffix) => `${base}${suffix}`)];
  const entry = candidates.find((path) => existsSync(path) && statSync(path).isFile());
  if (entry === undefined) throw fault(base, "no entry module", "index.js or index.ts", "set `main` in Pulumi.yaml");
  return realpathSync(entry);
}

const INDEX = ["index.js", "index.mjs", "index.cjs", "index.ts", "index.mts"];

function packageMain(folder: string): string | undefined {
  const file = join(folder, "package.json");
  if (!existsSync(file)) return undefined;
  const parsed = packageFile.safeParse(JSON.parse(readFileSync(file, "utf8")));
  return parsed.success ? parsed.data.main : undefined;
}

/** The folder whose visible files the program may read: its own, or the one above when `main` leads out of it. */
export const readableRoot = (program: Program): string =>
  program.entry.startsWith(`${program.root}/`) ? program.root : dirname(program.entry);
