import { type RawResource, type RawValue, SECRET, UNKNOWN } from "../facts/raw.ts";

/**
 * A state tells of each resource twice: what the program wrote and what the provider answered. Where they differ, one of them
 * was changed behind the other's back, and neither may hide the other: the estate is judged a second time as it was written.
 */
export function asWritten(resources: readonly RawResource[]): readonly RawResource[] | undefined {
  const written = resources.map(overlaid);
  return written.every((r, i) => r === resources[i]) ? undefined : written;
}

function overlaid(resource: RawResource): RawResource {
  const differing: [string, RawValue][] = [];
  for (const property of Object.keys(resource.inputs)) {
    const written = resource.inputs[property];
    const answered = resource.outputs[property];
    if (written !== undefined && settled(written) && settled(answered) && !same(written, answered)) {
      differing.push([property, written]);
    }
  }
  return differing.length === 0
    ? resource
    : { ...resource, outputs: { ...resource.outputs, ...Object.fromEntries(differing) } };
}

const settled = (v: RawValue | undefined): boolean => v !== undefined && v !== null && v !== UNKNOWN && v !== SECRET;

/** Equality of what both sides say: keys that only one of two objects has are the provider's additions. */
function same(a: RawValue | undefined, b: RawValue | undefined): boolean {
  if (a === b || a === undefined || b === undefined) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => same(item, b[i]));
  if (isObject(a) && isObject(b)) return Object.keys(a).every((key) => same(a[key], b[key]));
  return !settled(a) || !settled(b);
}

const isObject = (v: RawValue): v is { readonly [property: string]: RawValue } =>
  v !== null && typeof v === "object" && !Array.isArray(v);
