import type { NamespaceArgs } from "@pulumi/kubernetes/core/v1/namespace.js";
import type { meta } from "@pulumi/kubernetes/types/input.js";
import { type Known, known } from "../../../../kernel/known.ts";
import type { Reading } from "../../fact-base.ts";
import type { ManifestFact } from "../../fact-kubernetes.ts";
import { groupOf, KINDS, type KindRow } from "../../kubernetes-kinds.data.ts";
import type { Member, ObjectKeys } from "../../plain.ts";
import type { RawObject, RawResource, RawValue } from "../../raw.ts";
import { type Sight, topLevelValue } from "../../raw-property.ts";
import { type Reader, readerOf } from "../../reader.ts";
import type { Decoder } from "../decoder.ts";

/** What every object has. */
export type WithMetadata = Pick<NamespaceArgs, "metadata">;

export type Inner<A extends object> = Known<Reader<A> | undefined>;

/** One step into an object that may be absent or unknown. */
export const down = <A extends object, K extends ObjectKeys<A>>(from: Inner<A>, key: K): Inner<Member<A, K>> =>
  !from.known ? from : from.value === undefined ? known(undefined) : from.value.object(key);

/** What a part of an object says, `absent` where the part is not there. */
export const inside = <A extends object, T>(
  from: Inner<A>,
  read: (part: Reader<A>) => Known<T>,
  absent: T,
): Known<T> => (!from.known ? from : from.value === undefined ? known(absent) : read(from.value));

/** The same with the path that a finding names. */
export const reading = <A extends object, T>(
  from: Inner<A>,
  property: string,
  read: (part: Reader<A>) => Known<T>,
  absent: T,
): Reading<T> => ({ property, value: inside(from, read, absent) });

export const nameOf = (metadata: Inner<meta.v1.ObjectMeta>): Known<string | undefined> =>
  inside(metadata, (m) => m.text("name"), undefined);

/** Top-level properties of the object, as this door shows them; not the engine's bookkeeping. */
function manifestOf(raw: RawResource, sight: Sight): RawObject {
  const names = Object.keys({ ...raw.outputs, ...raw.inputs }).filter((name) => !name.startsWith("__"));
  const entries = names.flatMap((name): readonly (readonly [string, RawValue])[] => {
    const value = topLevelValue(raw, name, sight);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(entries);
}

function manifestFact(row: KindRow, served: string, patch: boolean, raw: RawResource, sight: Sight): ManifestFact {
  const read = readerOf<WithMetadata>(raw, raw.type, sight);
  const metadata = read.object("metadata");
  const { group, version } = groupOf(served);
  return {
    kind: "manifest",
    urn: raw.urn,
    group,
    version,
    object: row.kind,
    patch,
    cluster: raw.provider ?? "",
    namespace: reading(metadata, "metadata.namespace", (m) => m.text("namespace"), undefined),
    namespaced: row.namespaced,
    name: nameOf(metadata),
    labels: reading(metadata, "metadata.labels", (m) => m.map("labels"), {}),
    annotations: reading(metadata, "metadata.annotations", (m) => m.map("annotations"), {}),
    manifest: manifestOf(raw, sight),
    suppliers: raw.propertyDependencies,
  };
}

/** The manifest of every decoded kind, under each of its tokens. */
export const manifestDecoders: readonly Decoder[] = KINDS.flatMap((row) =>
  row.served.flatMap((served) => {
    const type = `kubernetes:${served}:${row.kind}`;
    const plain: Decoder = { type, decode: (raw, sight) => [manifestFact(row, served, false, raw, sight)] };
    const patch: Decoder = {
      type: `${type}Patch`,
      decode: (raw, sight) => [manifestFact(row, served, true, raw, sight)],
    };
    return row.patched === true ? [plain, patch] : [plain];
  }),
);

/** Tokens of a decoded kind, patches left out. */
export const tokensOf = (kind: string): readonly string[] =>
  KINDS.filter((row) => row.kind === kind).flatMap((row) => row.served.map((s) => `kubernetes:${s}:${kind}`));
