import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";

/** What a program depends on, read from its package.json, its lock file and what is installed. */
export interface Dependency {
  readonly name: string;
  readonly version: string;
}

const record = z.record(z.string(), z.string()).default({});
const manifest = z.object({
  version: z.string().default(""),
  dependencies: record,
  devDependencies: record,
  pulumi: z
    .object({ resource: z.boolean().optional(), name: z.string().optional(), version: z.string().optional() })
    .optional(),
});
type Manifest = z.infer<typeof manifest>;
const lock = z.object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) });

const readManifest = (folder: string): Manifest | undefined => {
  const file = join(folder, "package.json");
  return existsSync(file) ? manifest.parse(JSON.parse(readFileSync(file, "utf8"))) : undefined;
};

/** Folders from this one up to the root. */
const upwards = (folder: string): readonly string[] =>
  dirname(folder) === folder ? [folder] : [folder, ...upwards(dirname(folder))];

const rootOf = (directory: string): string =>
  upwards(directory).find((f) => existsSync(join(f, "package.json"))) ?? directory;

const installed = (root: string, name: string): Manifest | undefined => {
  for (const folder of upwards(root)) {
    const found = readManifest(join(folder, "node_modules", name));
    if (found !== undefined) return found;
  }
  return undefined;
};

/**
 * Resource plug-ins that the program's direct dependencies stand for. No download address is given, whatever the package
 * says: this host never makes the engine fetch anything.
 */
export function requiredPlugins(directory: string): readonly Dependency[] {
  const root = rootOf(directory);
  return Object.keys(readManifest(root)?.dependencies ?? {}).flatMap((name) => {
    const found = installed(root, name);
    if (found?.pulumi?.resource !== true) return [];
    return [
      { name: found.pulumi.name ?? name.replace(/^@[^/]+\//, ""), version: found.pulumi.version ?? found.version },
    ];
  });
}

/** Packages of the program: direct ones by what is installed, transitive ones by the lock file. */
export function programDependencies(directory: string, transitive: boolean): readonly Dependency[] {
  const root = rootOf(directory);
  const lockFile = join(root, "package-lock.json");
  if (transitive && existsSync(lockFile)) {
    const { packages } = lock.parse(JSON.parse(readFileSync(lockFile, "utf8")));
    return Object.entries(packages).flatMap(([path, { version }]) =>
      path === "" || version === undefined ? [] : [{ name: path.split("node_modules/").at(-1) ?? path, version }],
    );
  }
  const { dependencies = {}, devDependencies = {} } = readManifest(root) ?? {};
  return Object.entries({ ...devDependencies, ...dependencies }).map(([name, range]) => ({
    name,
    version: installed(root, name)?.version || range,
  }));
}
