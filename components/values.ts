import { type Input, type Output, output } from "@pulumi/pulumi";
import type { Tags } from "../blueprint/model/common.ts";
import { byText } from "../kernel/order.ts";

/**
 * The bare uuid of a located id (`fr-par/6170692e-…` → `6170692e-…`), for the few fields that the provider passes on as they
 * are: the key of a bucket's encryption, conditions of IAM policies.
 */
export const bareId = (id: Input<string>): Output<string> =>
  output(id).apply((text) => text.slice(text.lastIndexOf("/") + 1));

/** Tags as the list of `k=v` that all resources but buckets take, in canonical order. */
export const tagList = (tags: Tags): string[] =>
  Object.entries(tagMap(tags))
    .map(([key, value]) => `${key}=${value}`)
    .sort(byText);

/** Tags as the map that buckets take. */
export const tagMap = (tags: Tags): Record<string, string> =>
  Object.fromEntries(Object.entries(tags).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
