import { findProgram } from "../cli/gate/program.ts";
import { gateEstate } from "../cli/gate/stacks.ts";
import { repoRoot } from "../cli/paths.ts";
import { type RawEstate, type RawResource, type RawValue, UNKNOWN } from "../judge/facts/raw.ts";
import { stateFilesOf } from "../test/harness/state-file.ts";

/**
 * A shipped environment as the exports of its stacks, as if it had been applied: what its program registers, every value come, and
 * a bucket's policy answered as Scaleway's provider answers it. A state that answers something else than was written is judged
 * twice, as every applied one is.
 */
export async function shippedExports(environment: string): Promise<readonly string[]> {
  const stacks = [`${environment}.bootstrap`, `${environment}.foundation`];
  const { estate } = await gateEstate({ program: findProgram(repoRoot), stacks, timeoutSeconds: 300 });
  const applied: RawEstate = { ...estate, resources: estate.resources.map(appliedResource) };
  return stateFilesOf(applied);
}

const POLICY = "scaleway:object/bucketPolicy:BucketPolicy";

function appliedResource(r: RawResource): RawResource {
  const inputs = Object.fromEntries(Object.entries(r.inputs).map(([name, value]) => [name, come(value)]));
  const { region, bucket } = inputs;
  const answered = r.type === POLICY ? { bucket: `${String(region)}/${String(bucket)}` } : {};
  return { ...r, inputs, outputs: { ...r.outputs, ...answered } };
}

/** An address, where the program could not know one. */
function come(value: RawValue): RawValue {
  if (value === UNKNOWN) return "203.0.113.7/32";
  if (Array.isArray(value)) return value.map(come);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, come(part)]));
}
