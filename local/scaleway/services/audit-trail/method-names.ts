import type { Route } from "../../core/routes.ts";
import { METHODS, RESOURCE_TYPES } from "./names.data.ts";

/** What Audit Trail calls an operation: the API it belongs to, its method, and the resource that it is about. */
export interface OperationNames {
  /** `secret-manager` */
  readonly product: string;
  /** `scaleway.secret_manager.v1beta1.Api` */
  readonly service: string;
  /** `CreateSecret` */
  readonly method: string;
  /** `secret_manager_secret`; undefined where Audit Trail has no word for it. */
  readonly resourceType: string | undefined;
}

const ACRONYMS = new Set(["acl", "api", "dhcp", "ip", "nic", "ssh", "vpc", "id"]);

/** `private-networks` → `PrivateNetwork`, `api-keys` → `APIKey`. */
export const pascal = (text: string): string =>
  text
    .split(/[-_]/)
    .map((word) => (ACRONYMS.has(word) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1)))
    .join("");

const singular = (plural: string): string => plural.replace(/ies$/, "y").replace(/s$/, "");

const BY_METHOD: Readonly<Record<Route["method"], string>> = {
  GET: "Get",
  POST: "Create",
  PUT: "Set",
  PATCH: "Update",
  DELETE: "Delete",
};

/** Derived as Scaleway's SDK names its methods; the few that are called otherwise stand in `names.data.ts`. */
export function namesOf({ method, path }: Pick<Route, "method" | "path">): OperationNames {
  const [, product = "", version = "", ...rest] = path.split("/");
  const words = rest.filter((word) => !/^(regions|zones|:region|:zone)$/.test(word));
  const collections = words.filter((word, index) => !word.startsWith(":") && (words[index + 1] ?? ":").startsWith(":"));
  const isVerb = words.length > 1 && words.at(-2)?.startsWith(":") === true && words.at(-1)?.startsWith(":") === false;
  const last = words.at(-1) ?? "";
  const verb = isVerb && (method === "POST" || method === "PUT") && !last.endsWith("s") ? last : undefined;
  const collection = (verb === undefined ? collections : collections.filter((word) => word !== verb)).at(-1) ?? "";
  const derived =
    verb === undefined
      ? `${BY_METHOD[method]}${pascal(method === "PUT" ? collection : singular(collection))}`
      : `${pascal(verb)}${pascal(singular(collection))}`;
  return {
    product,
    service: `scaleway.${product.replaceAll("-", "_")}.${version}.Api`,
    method: METHODS[`${method} ${path}`] ?? derived,
    resourceType: RESOURCE_TYPES[`${product}/${collection}`],
  };
}
