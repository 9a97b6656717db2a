import { text } from "node:stream/consumers";
import { z } from "zod";
import type { StateResource } from "../engine/state-file.ts";
import { planAdoptions } from "./adopt.ts";
import { type ScalewayApi, scalewayApi } from "./api.ts";
import { bucketPart, bucketRef, emptyBucket, statusOfPart } from "./buckets.ts";
import { preflight, preflightInput } from "./preflight.ts";
import { silentRegions } from "./silent-regions.ts";
import { findStrays, removeStray } from "./strays.ts";

/** Entry of the child process of `callWorker`: one task, its input as JSON on stdin, its answer as JSON on stdout. */
const resources = z.array(
  z.custom<StateResource>((v) => z.object({ urn: z.string(), type: z.string() }).safeParse(v).success),
);
const pendingInput = z.object({ pending: resources, held: z.array(z.string()), since: z.string().optional() });
const heldInput = z.object({ held: resources, others: z.array(z.string()), remove: z.array(z.string()) });

const TASKS: Readonly<Record<string, (input: unknown, api: () => ScalewayApi) => Promise<unknown>>> = {
  adopt: (input, api) => {
    const { pending, ...bounds } = pendingInput.parse(input);
    return planAdoptions(pending, api(), bounds);
  },
  strays: async (input, api) => {
    const { held, others, remove } = heldInput.parse(input);
    const found = await findStrays(held, others, api());
    for (const stray of found) if (remove.includes(stray.id)) await removeStray(stray, api());
    return found;
  },
  "empty-buckets": async (input, api) => {
    const results = [];
    for (const bucket of z.array(bucketRef).parse(input)) results.push(await emptyBucket(api(), bucket));
    return results;
  },
  "look-at-parts": async (input, api) => {
    const statuses = [];
    for (const part of z.array(bucketPart).parse(input)) statuses.push(await statusOfPart(api(), part));
    return statuses;
  },
  "silent-regions": (input, api) => silentRegions(z.array(z.string()).parse(input), api()),
  "unprotect-secrets": async (input, api) => {
    for (const { region, id } of z.array(secretRef).parse(input)) {
      await api().post(`/secret-manager/v1beta1/regions/${region}/secrets/${id}/unprotect`);
    }
    return [];
  },
  preflight: (input, api) => preflight(preflightInput.parse(input), api),
};

const secretRef = z.object({ region: z.string(), id: z.string() });

const task = TASKS[process.argv[2] ?? ""];
try {
  if (task === undefined) throw new Error(`no such task: ${process.argv[2]}`);
  const input: unknown = JSON.parse(await text(process.stdin));
  process.stdout.write(JSON.stringify(await task(input, () => scalewayApi(process.env))));
} catch (error) {
  process.stderr.write(error instanceof Error ? error.message : String(error));
  process.exitCode = 3;
}
