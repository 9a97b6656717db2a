import { createHash } from "node:crypto";
import type { Key, Tags } from "./model/common.ts";

/**
 * One law for names. A *key* is identity: the logical name of a resource, `<component>-<place>-<part>`, frozen for ever (a
 * golden test holds it) and free of the environment's name, which the stack already says. A *name* is a label on Scaleway:
 * `<slug>-<environment>-<key>`, unique in the world for buckets and registries because the slug is the operator's. *Tags* say
 * class, tier, environment and owner. None is ever derived from another resource's label.
 */
export interface NamingScope {
  readonly slug: string;
  readonly environment: string;
}

/** Longest name that every Scaleway resource takes: that of a bucket. */
export const LONGEST_NAME = 63;
const DIGEST_LENGTH = 8;

export const keyOf = (...parts: readonly string[]): Key => parts.join("-");

/**
 * At most 63 characters. A longer name keeps its beginning and ends in a digest of the whole, so that two long names that
 * begin alike still differ.
 */
export function nameOf(scope: NamingScope, key: Key): string {
  const whole = `${scope.slug}-${scope.environment}-${key}`;
  if (whole.length <= LONGEST_NAME) return whole;
  const digest = createHash("sha256").update(whole).digest("hex").slice(0, DIGEST_LENGTH);
  return `${whole.slice(0, LONGEST_NAME - DIGEST_LENGTH - 1).replace(/-+$/, "")}-${digest}`;
}

/** Tags that the planner wishes for one resource; what is left out is the environment's own. */
export interface TagWish extends Pick<Tags, "tier"> {
  readonly dataClass?: Tags["data-class"];
  readonly owner?: string;
  readonly extra?: Readonly<Record<string, string>>;
}

export const tagsOf = (
  environment: { readonly env: string; readonly synthetic: boolean; readonly owner: string },
  wish: TagWish,
): Tags => ({
  ...wish.extra,
  "data-class": wish.dataClass ?? "technical",
  tier: wish.tier,
  env: environment.env,
  owner: wish.owner ?? environment.owner,
  ...(environment.synthetic ? { synthetic: "true" } : {}),
});
