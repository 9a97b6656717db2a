import { z } from "zod";
import { byText, sortedUnique } from "../../kernel/order.ts";
import { type RawResource, UNKNOWN } from "../facts/raw.ts";
import { decodeProperties, isUnknownMark } from "./marks.ts";

/** `urn:pulumi:<stack>::<project>::<qualified type>::<name>`. */
export const URN = /^urn:pulumi:[^:]+(?:::.+){3}$/s;

const urn = z.string().startsWith("urn:pulumi:").regex(URN, "is not a URN");

/** Properties of a resource. Only their being an object is checked here: what is in them is decoded, and was not written by us. */
export const properties = z.custom<Readonly<Record<string, unknown>>>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "expected an object of properties",
);

/** The engine writes a resource's type into its URN: where the two differ, it was not the engine that wrote. */
const typeAgrees = (r: { readonly urn: string; readonly type: string }): boolean => urnParts(r.urn).type === r.type;

/**
 * One resource as the engine writes it, in a checkpoint, a stack export or a preview's step (`apitype.ResourceV3`).
 * Fields that no judgement rests on are let through unread, so that a later engine's additions don't make a file foreign.
 */
const written = z.object({
  urn,
  type: z.string().min(1),
  custom: z.boolean().default(false),
  delete: z.boolean().default(false),
  id: z.string().optional(),
  inputs: properties.default({}),
  outputs: properties.default({}),
  parent: z.string().optional(),
  provider: z.string().optional(),
  dependencies: z.array(z.string()).nullish(),
  propertyDependencies: z.record(z.string(), z.array(z.string()).nullable()).nullish(),
  protect: z.boolean().default(false),
  retainOnDelete: z.boolean().default(false),
  replaceOnChanges: z.array(z.string()).nullish(),
  sourcePosition: z.string().optional(),
  external: z.boolean().default(false),
  importID: z.string().optional(),
  created: z.string().optional(),
  modified: z.string().optional(),
});
export const engineResource = written.refine(typeAgrees, { path: ["type"], error: "is not the type in its URN" });
export type EngineResource = z.infer<typeof engineResource>;

/** The parts of a URN: `urn:pulumi:<stack>::<project>::<qualified type>::<name>`; the name may itself hold `::`. */
export interface UrnParts {
  readonly stack: string;
  readonly project: string;
  readonly type: string;
  readonly name: string;
}

export function urnParts(text: string): UrnParts {
  const [head, rest] = cut(text);
  const [project, typed] = cut(rest);
  const [qualified, name] = cut(typed);
  return {
    stack: head.slice("urn:pulumi:".length),
    project,
    type: qualified.slice(qualified.lastIndexOf("$") + 1),
    name,
  };
}

/** What stands before the first `::`, and what behind it. */
function cut(text: string): readonly [before: string, behind: string] {
  const at = text.indexOf("::");
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 2)];
}

/** The beginning that all URNs of a stack share, `urn:pulumi:<stack>::<project>`: whole estates have one or two. */
export const ownersIn = (urns: Iterable<string>): readonly string[] => {
  const owners = new Set<string>();
  for (const urn of urns) owners.add(ownerOf(urn));
  return [...owners];
};

/** The beginning of a URN that names its stack and project. */
export function ownerOf(urn: string): string {
  const end = urn.indexOf("::", urn.indexOf("::") + 2);
  return end < 0 ? urn : urn.slice(0, end);
}

/** `<provider URN>::<id>`, as the engine refers to a provider, without the id. */
export function providerUrn(reference: string | undefined): string | undefined {
  if (reference === undefined || reference === "") return undefined;
  const cut = reference.lastIndexOf("::");
  return cut < 0 ? reference : reference.slice(0, cut);
}

/** Most resources of a state have the same options: those share one object. */
const USUAL = [true, false].map((protect) => shownOptions(protect, false, []));

function optionsOf({ protect, retainOnDelete, replaceOnChanges }: EngineResource): RawResource["options"] {
  const usual = retainOnDelete || (replaceOnChanges?.length ?? 0) > 0 ? undefined : USUAL[protect ? 0 : 1];
  return usual ?? shownOptions(protect, retainOnDelete, replaceOnChanges ?? []);
}

function shownOptions(protect: boolean, retainOnDelete: boolean, names: readonly string[]): RawResource["options"] {
  return {
    protect: { visible: true, value: protect },
    retainOnDelete: { visible: true, value: retainOnDelete },
    replaceOnChanges: { visible: true, value: names },
  };
}

/** The engine's resource in canonical shape; inputs without what the provider filled in. */
export function rawResource(r: EngineResource): RawResource {
  const source = sourceOf(r.sourcePosition);
  return {
    urn: r.urn,
    type: r.type,
    name: urnParts(r.urn).name,
    custom: r.custom,
    parent: r.parent === "" ? undefined : r.parent,
    provider: providerUrn(r.provider),
    id: r.id === undefined || r.id === "" || isUnknownMark(r.id) ? UNKNOWN : r.id,
    inputs: decodeProperties(r.inputs, { dropDefaults: true, where: `${r.urn} inputs` }),
    outputs: decodeProperties(r.outputs, { dropDefaults: false, where: `${r.urn} outputs` }),
    propertyDependencies: dependenciesByProperty(r.propertyDependencies ?? {}),
    dependencies: sortedUnique(r.dependencies ?? []),
    options: optionsOf(r),
    ...(source === undefined ? {} : { source }),
    ...(r.external ? { external: true } : {}),
    ...(r.importID === undefined || r.importID === "" ? {} : { importedId: r.importID }),
  };
}

/** Property → URNs, both in canonical order; properties that depend on nothing are left out. */
export function dependenciesByProperty(
  map: Readonly<Record<string, readonly string[] | null>>,
): Readonly<Record<string, readonly string[]>> {
  const ordered: Record<string, readonly string[]> = {};
  for (const name of Object.keys(map).sort(byText)) {
    const urns = map[name] ?? [];
    if (urns.length === 0) continue;
    // As of properties: one of this name is one like any other.
    if (name === "__proto__") Object.defineProperty(ordered, name, { value: sortedUnique(urns), enumerable: true });
    else ordered[name] = sortedUnique(urns);
  }
  return ordered;
}

/** The engine writes `project:///<file relative to the program>#<line>,<column>`; other schemes name this machine. */
function sourceOf(position: string | undefined): { readonly file: string; readonly line: number } | undefined {
  const match = /^project:\/\/\/?([^#]+)#(\d+)(?:,\d+)?$/.exec(position ?? "");
  return match?.[1] === undefined ? undefined : { file: match[1], line: Number(match[2]) };
}
