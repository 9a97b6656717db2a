import type { CheckFailure } from "@pulumi/pulumi/provider/index.js";
import { isRecord, isUnknown, type Props } from "../../../plugins/engine/values.ts";

const OFFICIAL = "fix: put the official pulumi-resource-kubernetes on PATH";

/** Why a type of @pulumi/kubernetes is not made here; undefined when it is. */
export function refusedType(type: string): string | undefined {
  const [, group = "", kind = ""] = type.split(":");
  if (/^(helm\.sh|yaml|kustomize|index)(\/|$)/.test(group) || kind === "")
    return `the stand-in kubernetes plug-in of Bastide has no ${type}: it makes objects; ${OFFICIAL}`;
  if (/^[A-Z]\w*Patch$/.test(kind) && !/^(JSONPatch)$/.test(kind))
    return `the stand-in kubernetes plug-in of Bastide has no ${type}: it makes whole objects; ${OFFICIAL}`;
  return undefined;
}

/** The form that every kind's names have at least; what a kind asks for beyond it, the API server says. */
const NAME = /^[^/%]{1,253}$/;
const ANNOTATIONS = ["annotations", "labels"] as const;

/** Faults of what names an object, each with its path. Values that are not known yet are not judged. */
export function nameFaults(object: Props): readonly CheckFailure[] {
  const faults: CheckFailure[] = [];
  for (const property of ["apiVersion", "kind"] as const)
    if (typeof object[property] !== "string" || object[property] === "")
      faults.push({ property, reason: "is required" });
  if (isUnknown(object.metadata) && !isRecord(object.metadata)) return faults;
  if (!isRecord(object.metadata)) return [...faults, { property: "metadata", reason: "want an object" }];
  const { metadata } = object;
  const { name, namespace } = metadata;
  if (metadata.generateName !== undefined)
    faults.push({ property: "metadata.generateName", reason: `is not made by the stand-in plug-in; ${OFFICIAL}` });
  if (!isUnknown(name) && (typeof name !== "string" || !NAME.test(name) || name === "." || name === ".."))
    faults.push({
      property: "metadata.name",
      reason: `got ${JSON.stringify(name)}: want 1 to 253 characters without / or %`,
    });
  if (
    namespace !== undefined &&
    !isUnknown(namespace) &&
    !/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(String(namespace))
  )
    faults.push({
      property: "metadata.namespace",
      reason: `got ${JSON.stringify(namespace)}: want at most 63 of a-z, 0-9 and -, with a letter or digit at both ends`,
    });
  for (const group of ANNOTATIONS)
    for (const [key, value] of Object.entries(isRecord(metadata[group]) ? metadata[group] : {}))
      if (typeof value !== "string")
        faults.push({
          property: `metadata.${group}[${JSON.stringify(key)}]`,
          reason: `got ${JSON.stringify(value)}: want a text`,
        });
  return faults;
}
