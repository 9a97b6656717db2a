import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { byText, sortedUnique } from "../../kernel/order.ts";

/**
 * What the npm package of the provider says about its resources, read from its declarations and constructors. The judge keeps
 * a copy as data (`judge/facts/sdk.data.ts`); a test compares both, so that an upgraded package turns it red.
 */
export interface SurfaceRow {
  readonly aliases: readonly string[];
  readonly args: readonly string[];
  readonly required: readonly string[];
  readonly located: readonly ("region" | "zone")[];
  readonly tags?: "list" | "map";
  readonly secrets: readonly string[];
  /** Input that names the project; absent for what belongs to none, or to that of something else. */
  readonly project?: "projectId" | "defaultProjectId";
}

const root = dirname(createRequire(import.meta.url).resolve("@pulumiverse/scaleway/package.json"));

/** Resource classes of one folder of the package; deprecated classes stand in its root with tokens `scaleway:index/…`. */
function classFiles(folder: string): readonly string[] {
  return readdirSync(join(root, folder))
    .filter((f) => f.endsWith(".js") && f !== "index.js")
    .map((f) => join(folder, f.slice(0, -3)));
}

const read = (path: string): string => readFileSync(join(root, path), "utf8");
const tokenOf = (js: string): string | undefined => /static __pulumiType = '([^']+)'/.exec(js)?.[1];

/** Properties of an interface's body at its own depth: name, optional mark and type text. */
export function membersOf(body: string): readonly { name: string; optional: boolean; type: string }[] {
  const code = body.replace(/\/\*[\s\S]*?\*\//g, "");
  return [...code.matchAll(/^ {4}(\w+)(\??): ([\s\S]*?);$/gm)].map(([, name = "", mark, type = ""]) => ({
    name,
    optional: mark === "?",
    type,
  }));
}

function rowOf(path: string, js: string): SurfaceRow {
  const dts = read(`${path}.d.ts`);
  const body = /export interface \w+Args \{\n([\s\S]*?)\n\}/.exec(dts)?.[1] ?? "";
  const members = membersOf(body);
  const tags = members.find((m) => m.name === "tags")?.type;
  const listed = (pattern: RegExp): readonly string[] =>
    [...(pattern.exec(js)?.[1] ?? "").matchAll(/"([^"]+)"/g)].map((m) => m[1] ?? "");
  const inputs = [...js.matchAll(/resourceInputs\["(\w+)"\] = args\?\.\w+ \? pulumi\.secret/g)].map((m) => m[1] ?? "");
  return {
    aliases: sortedUnique(listed(/aliases: \[([^\]]*)\]/)),
    args: members.map((m) => m.name).sort(byText),
    required: members
      .filter((m) => !m.optional)
      .map((m) => m.name)
      .sort(byText),
    located: (["region", "zone"] as const).filter((l) => members.some((m) => m.name === l)),
    ...(tags === undefined ? {} : { tags: tags.includes("[key: string]") ? "map" : "list" }),
    ...projectOf(members.map((m) => m.name)),
    secrets: sortedUnique([...inputs, ...listed(/additionalSecretOutputs: \[([^\]]*)\]/)]),
  };
}

function projectOf(names: readonly string[]): Pick<SurfaceRow, "project"> {
  const project = (["projectId", "defaultProjectId"] as const).find((name) => names.includes(name));
  return project === undefined ? {} : { project };
}

const rowsOf = (paths: readonly string[]): readonly (readonly [string, SurfaceRow])[] =>
  paths.flatMap((path) => {
    const js = read(`${path}.js`);
    const token = tokenOf(js);
    return token?.startsWith("scaleway:") ? [[token, rowOf(path, js)] as const] : [];
  });

/**
 * Rows of every canonical resource token of the installed package, sorted by token. A class in the package's root is
 * deprecated when another names its token as an alias; one that nobody names (File Storage) is canonical.
 */
export function readSurface(): Readonly<Record<string, SurfaceRow>> {
  const folders = readdirSync(root, { withFileTypes: true })
    .filter((d) => d.isDirectory() && !["config", "types", "node_modules"].includes(d.name))
    .map((d) => d.name);
  const rows = rowsOf(folders.flatMap(classFiles));
  const aliases = new Set(rows.flatMap(([, row]) => row.aliases));
  const rest = rowsOf(classFiles(".")).filter(([token]) => !aliases.has(token));
  return Object.fromEntries([...rows, ...rest].sort(([a], [b]) => byText(a, b)));
}

/** Tokens of the classes in the package's root. */
export const readRootTokens = (): readonly string[] => sortedUnique(rowsOf(classFiles(".")).map(([token]) => token));

/** Members of every nested input type, by module and name, e.g. `network.GatewayNetworkIpamConfig`. */
export function readNestedInputs(): Readonly<Record<string, readonly string[]>> {
  const found: Record<string, readonly string[]> = {};
  for (const [, module = "", body = ""] of read("types/input.d.ts").matchAll(
    /^export declare namespace (\w+) \{\n([\s\S]*?)^\}/gm,
  )) {
    for (const [, name = "", inner = ""] of body.matchAll(/^ {4}interface (\w+) \{\n([\s\S]*?)^ {4}\}/gm)) {
      const members = membersOf(inner.replace(/^ {4}/gm, ""));
      found[`${module}.${name}`] = members.map((m) => m.name);
    }
  }
  return found;
}
