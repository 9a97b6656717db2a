import { decoderOf } from "./decoders/all.ts";
import type { TypeHandling } from "./observed.ts";
import type { RawResource } from "./raw.ts";
import { packageOf } from "./type-name.ts";
import { GOVERNED_PACKAGES, UNDECODED } from "./types.data.ts";
import { compoundHandling } from "./types-kubernetes.data.ts";

/** What is done with a resource of this canonical type. Components group others and hold nothing themselves. */
export function handlingOf(raw: RawResource, type: string): TypeHandling {
  const strange = disagreement(raw, type);
  if (strange !== undefined) return { judged: "no", reason: strange };
  const listed = Object.hasOwn(UNDECODED, type) ? UNDECODED[type] : undefined;
  if (listed !== undefined) return listed;
  if (decoderOf(type) !== undefined) return { judged: "decoded" };
  const compound = compoundHandling(type);
  if (compound !== undefined) return compound;
  if (!raw.custom) return { judged: "component" };
  if (!GOVERNED_PACKAGES.includes(packageOf(type))) return { judged: "foreign" };
  return { judged: "no", reason: "no decoder knows this type" };
}

/**
 * A Kubernetes object is made from the group and kind in its manifest, whatever its type token says (pulumi-kubernetes v4,
 * provider.go, Create): where the two differ, nobody judged what will be made.
 */
function disagreement(raw: RawResource, type: string): string | undefined {
  if (!type.startsWith("kubernetes:")) return undefined;
  const token = /^kubernetes:([^:]+):([^:]+)$/.exec(type);
  if (token === null || !raw.custom) return undefined;
  const [, served = "", kind = ""] = token;
  const { apiVersion, kind: written } = raw.inputs;
  const group = served.replace(/^core\//, "");
  const fits =
    (apiVersion === undefined || apiVersion === null || apiVersion === group) &&
    (written === undefined || written === null || written === kind || `${String(written)}Patch` === kind);
  return fits ? undefined : "its manifest is of another kind than its type, and the manifest is what is made";
}
