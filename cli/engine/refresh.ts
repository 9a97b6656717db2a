import { z } from "zod";
import { toolError } from "../../kernel/errors.ts";
import { type BucketPart, bucketPart } from "../cloud/buckets.ts";
import { callWorker } from "../cloud/call.ts";
import { silentRegion } from "../cloud/silent-regions.ts";
import { describeChanges } from "./changes.ts";
import type { EngineContext, Progress, Stack } from "./stack.ts";
import { nameOf, parseState, type StateResource } from "./state-file.ts";

/**
 * The provider takes a bucket's encryption or lock that it may not read for one that is gone, and a policy that it may not
 * read for an empty one, without a word (2.80.0, `…ConfigurationRead`). So whatever a refresh makes vanish is asked for once
 * more here; what answers 403 is there, and the state is put back as it was.
 */
const PARTS: Readonly<Record<string, BucketPart>> = {
  "scaleway:object/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": "encryption",
  "scaleway:object/bucketLockConfiguration:BucketLockConfiguration": "object-lock",
  "scaleway:object/bucketPolicy:BucketPolicy": "policy",
};

/**
 * Refreshes a stack. Regions are asked whether they answer first: the provider tries each read of a lost one for minutes.
 * @returns what changed, and what is no longer there. @throws BastideError exit 3, the state as before.
 */
export async function refreshStack(
  stack: Stack,
  context: EngineContext,
  progress: Progress,
): Promise<{ readonly changes: string; readonly gone: readonly string[] }> {
  const exported = await stack.exportState();
  const before = parseState(exported).resources;
  await refuseSilentRegions(stack.name, before, context);
  const run = await stack.refresh([], progress);
  const after = parseState(await stack.exportState()).resources;
  const lost = vanished(before, after);
  const unreadable = await refusedParts(lost, context);
  if (unreadable.length > 0) {
    await stack.importState(exported);
    throw toolError(`the key may not read all of ${stack.name}: its state was left as it was`, [
      ...unreadable.map((r) => ({
        code: "refresh.unreadable",
        path: r.urn,
        got: "403 from the store, which the provider takes for nothing being there",
        want: "an answer",
        fix: "give the key the right in IAM, and name it in the bucket's policy; then refresh again",
      })),
    ]);
  }
  if (run.code !== 0) throw toolError(`refreshing ${stack.name} failed: ${run.errors.join("\n") || run.stderr}`);
  const changed = Object.fromEntries(Object.entries(run.changes).filter(([op]) => op !== "same"));
  return { changes: describeChanges(changed), gone: lost.map((r) => nameOf(r.urn)) };
}

/** Where the state's resources are: `region`, or the region that a `zone` is of. */
const regionsOf = (resources: readonly StateResource[]): readonly string[] => [
  ...new Set(
    resources.flatMap(({ outputs, inputs }) => {
      const place = outputs?.region ?? inputs?.region ?? outputs?.zone ?? inputs?.zone;
      return typeof place === "string" ? place.replace(/-\d+$/, "") : [];
    }),
  ),
];

async function refuseSilentRegions(name: string, resources: readonly StateResource[], context: EngineContext) {
  const regions = regionsOf(resources);
  if (regions.length === 0) return;
  const silent = await callWorker("silent-regions", regions, z.array(silentRegion), context.env);
  if (silent.length === 0) return;
  throw toolError(
    `${name} cannot be read back: its state was left as it was`,
    silent.map(({ region, got }) => ({
      code: "refresh.region-silent",
      path: region,
      got,
      want: "an answer of the region's API",
      fix: "see status.scaleway.com; refresh again once the region answers",
    })),
  );
}

const policyOf = (r: StateResource): string => String(r.outputs?.policy ?? "");

/** What the state held and holds no more, an emptied policy included. */
function vanished(before: readonly StateResource[], after: readonly StateResource[]): readonly StateResource[] {
  const still = new Map(after.map((r) => [r.urn, r]));
  return before.filter((old) => {
    if (!old.custom) return false;
    const now = still.get(old.urn);
    return now === undefined || (PARTS[old.type] === "policy" && policyOf(old) !== "" && policyOf(now) === "");
  });
}

async function refusedParts(lost: readonly StateResource[], context: EngineContext): Promise<readonly StateResource[]> {
  const asked = lost.filter((r) => PARTS[r.type] !== undefined);
  if (asked.length === 0) return [];
  const questions = asked.map((r) => {
    const text = (name: string): string => String(r.outputs?.[name] ?? r.inputs?.[name] ?? "");
    return {
      name: text("bucket").split("/").at(-1),
      region: text("region"),
      projectId: text("projectId"),
      part: PARTS[r.type],
    };
  });
  const statuses = await callWorker(
    "look-at-parts",
    z.array(bucketPart).parse(questions),
    z.array(z.number()),
    context.env,
  );
  return asked.filter((_, index) => statuses[index] === 403);
}
