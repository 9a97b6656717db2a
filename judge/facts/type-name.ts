import { SDK } from "./sdk.data.ts";

/** Deprecated tokens of the Scaleway SDK → the canonical ones that reach the same API. Generated from the SDK's own aliases. */
const CANONICAL: ReadonlyMap<string, string> = new Map(
  Object.entries(SDK).flatMap(([token, row]) => row.aliases.map((alias) => [alias, token] as const)),
);

/** A custom resource of the core group is registered by its API version alone: the same objects under another token. */
const BARE_CORE = /^kubernetes:v1:/;

/** The canonical token of a type; its own when it is no deprecated alias. */
export const canonicalType = (type: string): string =>
  CANONICAL.get(type) ?? (type.startsWith("kubernetes:") ? type.replace(BARE_CORE, "kubernetes:core/v1:") : type);

/** The package of a type: `scaleway:network/vpc:Vpc` → `scaleway`; of a provider instance, the package that it serves. */
export const packageOf = (type: string): string =>
  (type.startsWith("pulumi:providers:") ? type.slice("pulumi:providers:".length) : type).split(":")[0] ?? type;

/** The parts of a URN that judgement needs: stack, type and logical name. */
export function urnParts(urn: string): { readonly stack: string; readonly type: string; readonly name: string } {
  const [head = "", , qualified = "", ...name] = urn.split("::");
  const type = qualified.slice(qualified.lastIndexOf("$") + 1);
  return {
    stack: head.slice(head.lastIndexOf(":") + 1),
    type,
    name: name.length === 1 ? (name[0] ?? "") : name.join("::"),
  };
}

/** `<type token>::<logical name>`, as declarations of components refer to a resource of their stack. */
export const refOf = (urn: string): string => {
  const typed = urn.indexOf("::", urn.indexOf("::") + 2) + 2;
  const named = urn.indexOf("::", typed);
  if (typed < 2 || named < 0) {
    const { type, name } = urnParts(urn);
    return `${type}::${name}`;
  }
  return urn.slice(Math.max(typed, urn.lastIndexOf("$", named) + 1));
};

/** True for the provider instance that the engine makes when a program names none: `default`, or `default_<version>`. */
export const isDefaultProvider = (urn: string): boolean => {
  const { type, name } = urnParts(urn);
  return type.startsWith("pulumi:providers:") && /^default($|_)/.test(name);
};
