import { z } from "zod";
import type { Kind } from "../../core/collection.ts";
import { conflict } from "../../core/problem.ts";
import { byName, crud, parseInput, type Route } from "../../core/routes.ts";

/** Audit Trail v1alpha1: export jobs, one a region, into a bucket. They are kept, and export nothing: nobody has seen the form. */
const s3 = z.object({
  bucket: z.string(),
  region: z.string(),
  prefix: z.string().nullish(),
  project_id: z.string().nullish(),
});
const schema = z.object({
  id: z.string(),
  organization_id: z.string(),
  name: z.string(),
  s3,
  tags: z.array(z.string()),
  created_at: z.string(),
  last_run_at: z.string().nullable(),
  last_status: z.unknown(),
  region: z.string(),
});
type ExportJob = z.infer<typeof schema>;

const EXPORT_JOB: Kind<ExportJob> = {
  kind: "audit-trail.export-job",
  resource: "export_job",
  schema,
  place: (j) => ({ locality: j.region, project: j.s3.project_id ?? "", name: j.name }),
};

const createInput = z.object({
  organization_id: z.string().optional(),
  name: z.string(),
  s3,
  tags: z.array(z.string()).nullish(),
});

export const exportJobRoutes: readonly Route[] = crud<ExportJob>({
  path: "/audit-trail/v1alpha1/regions/:region/export-jobs",
  items: "export_jobs",
  of: (p) => p.collection(EXPORT_JOB),
  filters: { name: byName, organization_id: (j, v) => j.organization_id === v },
  create: ({ platform, locality, input }) => {
    const given = parseInput(createInput, input);
    const here = platform.collection(EXPORT_JOB).in(locality);
    if (here.length > 0) throw conflict("export_job", `${locality} has an export job already: ${here[0]?.name}`);
    return {
      id: platform.ids.uuid(),
      organization_id: given.organization_id ?? platform.organizationId,
      name: given.name,
      s3: given.s3,
      tags: given.tags ?? [],
      created_at: platform.clock.stamp(),
      last_run_at: null,
      last_status: null,
      region: locality,
    };
  },
  remove: () => false,
});
