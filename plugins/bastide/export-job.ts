import type { DiffResult } from "@pulumi/pulumi/provider/index.js";
import { z } from "zod";
import { isRecord, isUnknown, type Props } from "../engine/values.ts";
import { ApiError } from "./api-error.ts";
import type { Api } from "./client.ts";
import { fieldFailures, nameField, regionField, sameStrings, tagsField } from "./inputs.ts";
import { type Live, parseId, type ResourceKind } from "./kind.ts";

/**
 * `bastide:audittrail:ExportJob`. The API (scaleway-sdk-go, `api/audit_trail/v1alpha1`) creates, lists and deletes; it has
 * no call that reads one job or changes it. So reading is looking through the list, and any change replaces the job.
 */
const jobAnswer = z.object({
  id: z.guid(),
  organization_id: z.string(),
  name: z.string(),
  s3: z.object({
    bucket: z.string(),
    region: z.string(),
    prefix: z.string().nullish(),
    project_id: z.string().nullish(),
  }),
  created_at: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
});
type Job = z.infer<typeof jobAnswer>;

const jobPage = z.object({ export_jobs: z.array(jobAnswer), total_count: z.number() });
const PAGE_SIZE = 100;

const FIELDS = {
  name: nameField,
  region: regionField,
  organizationId: z.guid("want the uuid of the organisation"),
  s3: z.strictObject({
    bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "want the name of a bucket, without region or URL"),
    region: regionField,
    prefix: z.string().optional(),
    projectId: z.guid("want the uuid of a project").optional(),
  }),
  tags: tagsField.optional(),
} as const;

const path = (region: unknown): string => `/audit-trail/v1alpha1/regions/${String(region)}/export-jobs`;

const inputsOf = (region: string, job: Job, olds: Props): Props => {
  const asked = isRecord(olds.s3) ? olds.s3 : undefined;
  const { bucket, region: bucketRegion, prefix, project_id: projectId } = job.s3;
  // The API fills in what was not asked; kept out of the inputs, or every preview would show it.
  const given = (name: string): boolean => asked === undefined || name in asked;
  return {
    name: job.name,
    region,
    organizationId: job.organization_id,
    s3: {
      bucket,
      region: bucketRegion,
      ...(prefix && given("prefix") ? { prefix } : {}),
      ...(projectId && given("projectId") ? { projectId } : {}),
    },
    tags: job.tags && job.tags.length > 0 ? job.tags : undefined,
  };
};

const liveOf = (region: string, job: Job, asked: Props): Live => ({
  id: `${region}/${job.id}`,
  outputs: { ...inputsOf(region, job, asked), createdAt: job.created_at ?? undefined },
});

/** @param deps.api calls to Scaleway. */
export function exportJobKind({ api }: { readonly api: Api }): ResourceKind {
  /** All jobs of the region: the organisation is known from the state, but at an import only the key's own is seen. */
  async function list(region: string, organizationId: unknown, name?: string): Promise<readonly Job[]> {
    const jobs: Job[] = [];
    for (let page = 1; ; page += 1) {
      const found = await api.send({
        method: "GET",
        path: path(region),
        query: {
          page: String(page),
          page_size: String(PAGE_SIZE),
          order_by: "name_asc",
          ...(typeof organizationId === "string" ? { organization_id: organizationId } : {}),
          ...(name === undefined ? {} : { name }),
        },
        answer: jobPage,
      });
      jobs.push(...found.export_jobs);
      if (found.export_jobs.length === 0 || jobs.length >= found.total_count) return jobs;
    }
  }

  async function refuseTwins(inputs: Props, why: string): Promise<void> {
    const region = String(inputs.region);
    const name = String(inputs.name);
    const twins = (await list(region, inputs.organizationId, name)).filter((job) => job.name === name);
    if (twins.length === 0) return;
    const ids = twins.map((job) => `${region}/${job.id} (to bucket ${job.s3.bucket})`);
    throw new Error(
      `${why}: an export job named "${name}" exists in ${region}: ${ids.join(", ")}. Nothing is adopted by its name; fix: import it (pulumi import bastide:audittrail:ExportJob NAME ${region}/${twins[0]?.id}), delete it, or choose another name`,
    );
  }

  return {
    check: (_olds, news) => ({ inputs: news, failures: fieldFailures(FIELDS, news) }),

    diff: diffJob,

    async create(_urn, inputs) {
      await refuseTwins(inputs, "nothing was made");
      const s3 = isRecord(inputs.s3) ? inputs.s3 : {};
      const job = await api.send({
        method: "POST",
        path: path(inputs.region),
        body: {
          organization_id: inputs.organizationId,
          name: inputs.name,
          s3: {
            bucket: s3.bucket,
            region: s3.region,
            prefix: s3.prefix ?? null,
            project_id: s3.projectId ?? null,
          },
          tags: inputs.tags ?? [],
        },
        answer: jobAnswer,
        newRights: true,
        beforeRepeat: () => refuseTwins(inputs, "the answer to the creation was lost"),
      });
      return liveOf(String(inputs.region), job, inputs);
    },

    async read(_urn, id, olds) {
      const { region, uuid } = parseId(id);
      const job = (await list(region, olds.organizationId)).find((j) => j.id === uuid);
      if (job === undefined) return undefined;
      return { inputs: inputsOf(region, job, olds), outputs: liveOf(region, job, olds).outputs };
    },

    update(urn) {
      throw new Error(`${urn}: an export job cannot be changed, only replaced; the engine should not have asked`);
    },

    async delete(_urn, id) {
      const { region, uuid } = parseId(id);
      try {
        await api.send({ method: "DELETE", path: `${path(region)}/${uuid}`, answer: z.unknown(), newRights: true });
      } catch (error) {
        if (!(error instanceof ApiError && error.status === 404)) throw error;
      }
    },
  };
}

/** One job a region: the old one goes before the new one comes. */
function diffJob(olds: Props, news: Props): DiffResult {
  const flat = (value: unknown): string =>
    isRecord(value) ? JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : String(value);
  const replaces = ["name", "region", "organizationId", "s3"].filter(
    (p) => isUnknown(news[p]) || flat(olds[p]) !== flat(news[p]),
  );
  if (isUnknown(news.tags) || !sameStrings(olds.tags, news.tags)) replaces.push("tags");
  return { changes: replaces.length > 0, replaces, deleteBeforeReplace: true };
}
