import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Field, Fields, PackageShape, ResourceShape } from "./shapes.ts";

/** Reads what the installed @pulumiverse/scaleway declares: code for names and secrets, declarations for types. */
export function readNpmPackage(folder: string): PackageShape {
  const resources = new Map<string, ResourceShape>();
  const functions = new Map<string, { readonly inputs: Fields; readonly outputs: Fields }>();
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    if (!file.endsWith(".js") || file.includes("node_modules")) continue;
    const code = readFileSync(join(folder, file), "utf8");
    const declared = (): string => withoutComments(readFileSync(join(folder, file.replace(/\.js$/, ".d.ts")), "utf8"));
    const query = /runtime\.invoke\("([^"]+)"/.exec(code)?.[1];
    if (query !== undefined) functions.set(query, queryShape(declared()));
    const token = /static __pulumiType = '([^']+)'/.exec(code)?.[1];
    if (token === undefined) continue;
    resources.set(token, resourceShape(token, code, declared()));
  }
  const types = new Map<string, Fields>();
  for (const side of ["input", "output"]) {
    const text = withoutComments(readFileSync(join(folder, "types", `${side}.d.ts`), "utf8"));
    for (const [name, fields] of interfacesOf(text)) types.set(`${side}s.${name}`, fields);
  }
  return { resources, functions, types };
}

function queryShape(text: string): { readonly inputs: Fields; readonly outputs: Fields } {
  const all = interfacesOf(text);
  const ending = (end: string): Fields =>
    all.find(([name]) => name.endsWith(end) && !name.endsWith(`Output${end}`))?.[1] ?? {};
  return { inputs: ending("Args"), outputs: ending("Result") };
}

function resourceShape(token: string, code: string, text: string): ResourceShape {
  const name = /^export declare class (\w+) /m.exec(text)?.[1] ?? "";
  const args = new Map(interfacesOf(text)).get(`${name}Args`) ?? {};
  const body = bodyAfter(text, `export declare class ${name} `);
  const outputs = members(body).filter((m) => m.startsWith("readonly "));
  const assigned = [...code.matchAll(/resourceInputs\["(\w+)"\] = (.*);/g)];
  return {
    token,
    aliases: [...code.matchAll(/\{ type: "([^"]+)" \}/g)].map((m) => m[1] ?? ""),
    inputs: args,
    outputs: Object.fromEntries(outputs.map(field)),
    secretInputs: unique(assigned.filter((a) => a[2]?.includes("pulumi.secret(")).map((a) => a[1] ?? "")),
    defaults: Object.fromEntries(
      assigned.flatMap((a) => [...(a[2] ?? "").matchAll(/getEnv\("(\w+)"\)/g)].map((m) => [a[1] ?? "", m[1] ?? ""])),
    ),
    secretOutputs: unique(listed(/additionalSecretOutputs: \[([^\]]*)\]/.exec(code)?.[1])),
  };
}

const unique = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();
const listed = (text: string | undefined): readonly string[] => (text ?? "").match(/\w+/g) ?? [];
const withoutComments = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\//g, "");

/** Interfaces of a declaration file, those in namespaces as `namespace.Name`. */
function interfacesOf(text: string): readonly (readonly [string, Fields])[] {
  const found: [string, Fields][] = [];
  const collect = (part: string, prefix: string): void => {
    for (const m of part.matchAll(/\b(interface|namespace) (\w+) \{/g)) {
      const body = bodyAt(part, m.index + m[0].length - 1);
      if (m[1] === "namespace") collect(body, `${m[2]}.`);
      else if (depthAt(part, m.index) === 0)
        found.push([`${prefix}${m[2]}`, Object.fromEntries(members(body).map(field))]);
    }
  };
  collect(text, "");
  return found;
}

const depthAt = (text: string, end: number): number => {
  let depth = 0;
  for (let i = 0; i < end; i += 1) depth += text[i] === "{" ? 1 : text[i] === "}" ? -1 : 0;
  return depth;
};

function bodyAfter(text: string, start: string): string {
  const at = text.indexOf(start);
  if (at < 0) throw new Error(`no declaration "${start}"`);
  return bodyAt(text, text.indexOf("{", at));
}

/** Text between the brace at `open` and the one that closes it. */
function bodyAt(text: string, open: number): string {
  let depth = 0;
  for (let i = open; i < text.length; i += 1) {
    if (text[i] === "{") depth += 1;
    if (text[i] === "}") depth -= 1;
    if (depth === 0) return text.slice(open + 1, i);
  }
  throw new Error("unbalanced braces in a declaration file");
}

/** Members of a class or interface, on one line each. */
function members(body: string): readonly string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < body.length; i += 1) {
    if ("{([".includes(body[i] ?? "")) depth += 1;
    if ("})]".includes(body[i] ?? "")) depth -= 1;
    if (body[i] === ";" && depth === 0) {
      found.push(body.slice(start, i).replaceAll(/\s+/g, " ").trim());
      start = i + 1;
    }
  }
  return found;
}

/** `name?: pulumi.Input<pulumi.Input<string>[] | undefined>` → `name`, `string[]`, not required. */
function field(member: string): readonly [string, Field] {
  const [, name = "", mark = "", declared = ""] = /^(?:readonly )?(\w+)(\??): (.*)$/.exec(member) ?? [];
  if (name === "") throw new Error(`unread member: ${member}`);
  const bare = declared.replaceAll(/pulumi\.(Input|Output)</g, "").replaceAll(">", "");
  const type = bare
    .replaceAll(" | undefined", "")
    .replaceAll(/\{ ?\[key: string\]: ([^;]*?);? ?\}/g, "{[key: string]: $1}");
  return [name, { type: type.trim(), required: mark === "" && !bare.includes("| undefined") }];
}
