import { decoderOf } from "./decoders/all.ts";
import type { TypeHandling } from "./observed.ts";
import type { RawResource } from "./raw.ts";
import { packageOf } from "./type-name.ts";
import { GOVERNED_PACKAGES, UNDECODED } from "./types.data.ts";

/** What is done with a resource of this canonical type. Components group others and hold nothing themselves. */
export function handlingOf(raw: RawResource, type: string): TypeHandling {
  const listed = Object.hasOwn(UNDECODED, type) ? UNDECODED[type] : undefined;
  if (listed !== undefined) return listed;
  if (decoderOf(type) !== undefined) return { judged: "decoded" };
  if (!raw.custom) return { judged: "component" };
  if (!GOVERNED_PACKAGES.includes(packageOf(type))) return { judged: "foreign" };
  return { judged: "no", reason: "no decoder knows this type" };
}
