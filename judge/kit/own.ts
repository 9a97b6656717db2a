import type { RawResource } from "../facts/raw.ts";
import { isAnySource, isPrivate, isWithin, leadsOutside } from "./ranges.ts";
import { decide, fail, notApplicable, pass, undecided } from "./result.ts";
import { type Rule, resourceRule, rule } from "./rule.ts";

/**
 * What rules of an operator's own are made with. A module of `--rules DIR` exports `rules(kit)`: it imports nothing of Bastide's
 * at run time, so that the same file works beside a clone and beside the packed judge.
 */
export const KIT = {
  rule,
  resourceRule,
  pass,
  fail,
  undecided,
  notApplicable,
  decide,
  isPrivate,
  isAnySource,
  isWithin,
  leadsOutside,
} as const;
export type Kit = typeof KIT;

/** An own rule with an estate that it refuses and one that it accepts: both are tried whenever it is loaded. */
export interface OwnRule {
  readonly rule: Rule;
  readonly refuses: readonly ExampleResource[];
  readonly accepts: readonly ExampleResource[];
}

/** A resource of an example: type, logical name and inputs; everything else is made up. */
export type ExampleResource = Pick<RawResource, "type" | "name" | "inputs"> & { readonly id?: string };

/** What a module of `--rules DIR` exports. */
export type OwnRules = (kit: Kit) => readonly OwnRule[];
