import type { Key, Tags } from "../model/common.ts";
import type { Json } from "../model/json.ts";
import { FROM_FOUNDATION, type Manifest, type ObjectSpec } from "../model/platform.ts";
import { keyOf } from "../naming.ts";

/**
 * Where a part's objects go and what they all carry. Labels repeat the estate's tags under the same names, so that the judge
 * reads class, tier, environment and owner of a Kubernetes object as it reads those of a Scaleway resource.
 */
export interface PartScope {
  readonly region: string;
  /** Name of the part; part of every logical name. */
  readonly part: string;
  readonly namespace: string;
  readonly tags: Tags;
}

export interface ObjectWish {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Everything beside apiVersion, kind and metadata. */
  readonly body: Readonly<Record<string, Json>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  /** An object of the whole cluster. */
  readonly clusterWide?: true;
  readonly holdsData?: true;
}

/** Secret by which nodes pull from the environment's registry, in every namespace; `secret-sync` keeps it. */
export const PULL_SECRET = "registry";

export const PART_OF = "app.kubernetes.io/part-of";
export const NAME_LABEL = "app.kubernetes.io/name";

/** Labels that select the pods of one workload. */
export const selectorOf = (name: string): Readonly<Record<string, string>> => ({ [NAME_LABEL]: name });

/** Logical name `platform-<region>-<part>-<kind>-<name>`: frozen, like all keys. */
export const objectKey = (scope: Pick<PartScope, "region" | "part">, kind: string, name: string): Key =>
  keyOf("platform", scope.region, scope.part, kind.toLowerCase(), name);

export function object(scope: PartScope, wish: ObjectWish): ObjectSpec {
  const manifest: Manifest = {
    apiVersion: wish.apiVersion,
    kind: wish.kind,
    metadata: {
      name: wish.name,
      ...(wish.clusterWide === undefined ? { namespace: scope.namespace } : {}),
      labels: { ...definedTags(scope.tags), [PART_OF]: scope.part, ...wish.labels },
      ...(wish.annotations === undefined ? {} : { annotations: wish.annotations }),
    },
    ...wish.body,
  };
  return {
    key: objectKey(scope, wish.kind, wish.name),
    manifest,
    ...(wish.holdsData === undefined ? {} : { holdsData: wish.holdsData }),
  };
}

export const definedTags = (tags: Tags): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(tags).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));

/** A value that the foundation's outputs hold, by its path in them. */
export const fromFoundation = (path: string): Json => ({ [FROM_FOUNDATION]: path });
