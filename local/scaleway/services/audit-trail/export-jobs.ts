import { z } from "zod";
import type { Kind } from "../../core/collection.ts";
import type { Platform } from "../../core/platform.ts";
import { conflict, invalidArguments } from "../../core/problem.ts";
import { byName, byTag, crud, parseInput, type Route } from "../../core/routes.ts";
import type { Settle } from "../../core/transitions.ts";
import { deposit } from "../../s3/deposit.ts";
import { keyManagerFor } from "../key-manager/data-keys.ts";
import { eventsIn } from "./events.ts";

/**
 * Audit Trail v1alpha1: export jobs, one a region. Each hour a job writes the events since its last run as one object into its
 * bucket: a line of JSON each, as the API answers them. Nobody has seen the real objects, so their name, their form and the hour
 * are ours; that nothing is written in an hour without events, too.
 */
const HOUR_MS = 3_600_000;
const s3 = z.object({
  bucket: z.string(),
  region: z.string(),
  prefix: z.string().nullable().default(null),
  project_id: z.string().nullable().default(null),
});
const schema = z.object({
  id: z.string(),
  organization_id: z.string(),
  name: z.string(),
  s3,
  tags: z.array(z.string()),
  created_at: z.string(),
  last_run_at: z.string().nullable(),
  last_status: z
    .object({ code: z.enum(["success", "failure"]), message: z.string().nullable() })
    .nullable()
    .default(null),
  region: z.string(),
  /** Never shown: up to when events are in the bucket. A run that failed leaves it, and the next one catches up. */
  exported_until: z.string().default(""),
});
type ExportJob = z.infer<typeof schema>;

export const EXPORT_JOB: Kind<ExportJob> = {
  kind: "audit-trail.export-job",
  resource: "export_job",
  schema,
  place: (j) => ({ locality: j.region, project: j.s3.project_id ?? "", name: j.name }),
};

const createInput = z.object({
  organization_id: z.string().optional(),
  name: z.string(),
  s3: s3.extend({ prefix: z.string().nullish(), project_id: z.string().nullish() }),
  tags: z.array(z.string()).nullish(),
});

/** `prefix/fr-par/2026-01-01T01-00-00.000Z.jsonl`: objects in the order of their hours. */
const keyOf = (job: ExportJob, until: number): string => {
  const prefix = (job.s3.prefix ?? "").replace(/\/+$/, "");
  const name = `${new Date(until).toISOString().replaceAll(":", "-")}.jsonl`;
  return [...(prefix === "" ? [] : [prefix]), job.region, name].join("/");
};

/** One run: what happened since the last good one, and what became of it. */
function run(platform: Platform, job: ExportJob): ExportJob {
  const until = platform.clock.now();
  const from = Date.parse(job.exported_until === "" ? job.created_at : job.exported_until);
  const events = eventsIn(platform, job.region).filter(
    (e) => Date.parse(e.recorded_at) >= from && Date.parse(e.recorded_at) < until,
  );
  const fault =
    events.length === 0
      ? undefined
      : deposit(platform, keyManagerFor(platform), {
          region: job.s3.region,
          bucket: job.s3.bucket,
          key: keyOf(job, until),
          content: Buffer.from(events.map((event) => `${JSON.stringify(event)}\n`).join("")),
          contentType: "application/x-ndjson",
        });
  const now = platform.clock.stamp();
  return {
    ...job,
    last_run_at: now,
    last_status: { code: fault === undefined ? "success" : "failure", message: fault ?? null },
    exported_until: fault === undefined ? now : job.exported_until,
  };
}

export const settleExportJob: Settle = (platform, id) => {
  const jobs = platform.collection(EXPORT_JOB);
  const job = jobs.find(id);
  if (job === undefined) return;
  jobs.put(run(platform, job));
  platform.later(EXPORT_JOB, id, HOUR_MS);
};

export const exportJobRoutes: readonly Route[] = crud<ExportJob>({
  path: "/audit-trail/v1alpha1/regions/:region/export-jobs",
  items: "export_jobs",
  of: (p) => p.collection(EXPORT_JOB),
  filters: { name: byName, tags: byTag, organization_id: (j, v) => j.organization_id === v },
  create: ({ platform, locality, input }) => {
    const given = parseInput(createInput, input);
    const here = platform.collection(EXPORT_JOB).in(locality);
    if (here.length > 0) throw conflict("export_job", `${locality} has an export job already: ${here[0]?.name}`);
    if (!platform.regions.some(({ name }) => name === given.s3.region))
      throw invalidArguments({ argument: "s3.region", reason: "constraint", help: `${given.s3.region} is no region` });
    const id = platform.ids.uuid();
    platform.later(EXPORT_JOB, id, HOUR_MS);
    return {
      id,
      organization_id: given.organization_id ?? platform.organizationId,
      name: given.name,
      s3: { ...given.s3, prefix: given.s3.prefix ?? null, project_id: given.s3.project_id ?? null },
      tags: given.tags ?? [],
      created_at: platform.clock.stamp(),
      last_run_at: null,
      last_status: null,
      region: locality,
      exported_until: "",
    };
  },
  remove: ({ id }, { platform }) => {
    platform.transitions.cancel(EXPORT_JOB.kind, id);
    return false;
  },
  view: ({ exported_until: _, region: __, ...job }) => job,
});
