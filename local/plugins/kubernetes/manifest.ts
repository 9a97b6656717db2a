import { createHash } from "node:crypto";
import { isRecord, isUnknown, type Props } from "../../../plugins/engine/values.ts";

/** What names an object of Kubernetes. */
export interface Identity {
  readonly apiVersion: string;
  readonly kind: string;
  /** Undefined: of the whole cluster, or not said. */
  readonly namespace: string | undefined;
  readonly name: string;
}

export const AUTONAMED = "pulumi.com/autonamed";
export const SKIP_AWAIT = "pulumi.com/skipAwait";
export const TIMEOUT_SECONDS = "pulumi.com/timeoutSeconds";
export const PATCH_FORCE = "pulumi.com/patchForce";
export const PROPAGATION = "pulumi.com/deletionPropagationPolicy";

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

export const recordAt = (value: unknown, ...path: readonly string[]): Props => {
  let at = value;
  for (const key of path) at = isRecord(at) ? at[key] : undefined;
  return isRecord(at) ? at : {};
};

export const annotationOf = (object: unknown, name: string): string | undefined =>
  text(recordAt(object, "metadata", "annotations")[name]);

export function identityOf(object: Props): Identity {
  const { name, namespace } = recordAt(object, "metadata");
  return {
    apiVersion: text(object.apiVersion) ?? "",
    kind: text(object.kind) ?? "",
    namespace: isUnknown(namespace) ? undefined : text(namespace),
    name: text(name) ?? "",
  };
}

/** `namespace/name`, or the name alone, as the official plug-in's ids. */
export const idOf = ({ namespace, name }: Pick<Identity, "namespace" | "name">): string =>
  namespace === undefined ? name : `${namespace}/${name}`;

export const labelOf = (identity: Identity): string => `${identity.kind} ${idOf(identity)}`;

/** Type token of a URN. */
export const typeOf = (urn: string): string => urn.split("::")[2]?.split("$").at(-1) ?? "";

/** `kubernetes:apps/v1:Deployment` → `apps/v1` and `Deployment`; the core group has no name on the wire. */
export function gvkOf(urn: string): Pick<Identity, "apiVersion" | "kind"> {
  const [, group = "", kind = ""] = typeOf(urn).split(":");
  return { apiVersion: group.replace(/^core\//, ""), kind };
}

/** The name of an import's id. */
export function identityFromId(urn: string, id: string): Identity {
  const parts = id.split("/");
  const [namespace, name] = parts.length === 1 ? [undefined, parts[0]] : parts;
  return { ...gvkOf(urn), namespace, name: name ?? "" };
}

/** Same for every run: what a killed run applied is its own when it comes back. */
export const fieldManagerOf = (urn: string): string =>
  `pulumi-kubernetes-${createHash("sha256").update(urn).digest("hex").slice(0, 8)}`;

/** As the official plug-in names what a program leaves unnamed: the resource's name and eight hexadecimal digits. */
export const uniqueName = (base: string, seed: Uint8Array): string =>
  `${base.toLowerCase().slice(0, 200)}-${createHash("sha256").update(seed).digest("hex").slice(0, 8)}`;

/** The object with other metadata. */
export const withMetadata = (object: Props, metadata: Props): Props => ({
  ...object,
  metadata: { ...recordAt(object, "metadata"), ...metadata },
});
