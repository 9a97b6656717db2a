import { AwsClient } from "aws4fetch";
import { XMLParser } from "fast-xml-parser";
import { z } from "zod";
import { toolError } from "../../kernel/errors.ts";
import type { ScalewayApi } from "./api.ts";

export const bucketRef = z.object({ name: z.string(), region: z.string(), projectId: z.string() });
export type BucketRef = z.infer<typeof bucketRef>;

/** `locked`: versions that stayed because an unexpired COMPLIANCE lock (or a legal hold) forbids their deletion. `gone`: no such bucket. */
export const emptied = z.object({
  bucket: z.string(),
  removed: z.number(),
  locked: z.array(z.string()),
  gone: z.boolean(),
});
export type Emptied = z.infer<typeof emptied>;

/** The S3 access key names the project it acts in: `<access key>@<project id>`. */
const s3 = (api: ScalewayApi, bucket: BucketRef): AwsClient =>
  new AwsClient({
    accessKeyId: `${api.accessKey}@${bucket.projectId}`,
    secretAccessKey: api.secretKey,
    region: bucket.region,
    service: "s3",
    retries: 3,
  });

/** What a bucket is asked for apart from itself, by its name in S3. */
export type BucketPart = "encryption" | "object-lock" | "policy";
export const bucketPart = bucketRef.extend({ part: z.enum(["encryption", "object-lock", "policy"]) });

/** The status that the store answers when it is asked for a part of a bucket. */
export async function statusOfPart(api: ScalewayApi, { part, ...bucket }: z.infer<typeof bucketPart>): Promise<number> {
  const answer = await s3(api, bucket).fetch(url(bucket, `?${part}`));
  await answer.arrayBuffer();
  return answer.status;
}

const url = (bucket: BucketRef, rest = ""): string => `https://${bucket.name}.s3.${bucket.region}.scw.cloud/${rest}`;

/** 200 this key may see it, 403 it is there and this key may not, 404 nobody has the name. */
export const bucketStatus = async (api: ScalewayApi, bucket: BucketRef): Promise<number> =>
  (await s3(api, bucket).fetch(url(bucket), { method: "HEAD" })).status;

export async function bucketExists(api: ScalewayApi, bucket: BucketRef): Promise<boolean> {
  const status = await bucketStatus(api, bucket);
  if (status === 200) return true;
  if (status === 404) return false;
  throw toolError(`bucket ${bucket.name} cannot be looked at: the store answered ${status}`);
}

const entry = z.object({ Key: z.string(), VersionId: z.string().optional() });
const listing = z.object({
  ListVersionsResult: z.object({
    Version: z.array(entry).default([]),
    DeleteMarker: z.array(entry).default([]),
    IsTruncated: z.coerce.string().optional(),
    NextKeyMarker: z.string().optional(),
    NextVersionIdMarker: z.string().optional(),
  }),
});
const xml = new XMLParser({ parseTagValue: false, isArray: (name) => name === "Version" || name === "DeleteMarker" });

/**
 * Deletes every version and delete marker, GOVERNANCE locks included; what COMPLIANCE holds is reported, not forced. The
 * policy goes first: an allow-list shuts out whoever it does not name, but setting it stays the owner's right.
 */
export async function emptyBucket(api: ScalewayApi, bucket: BucketRef): Promise<Emptied> {
  const client = s3(api, bucket);
  await client.fetch(url(bucket, "?policy"), { method: "DELETE" });
  const locked: string[] = [];
  let removed = 0;
  let marker = "";
  for (;;) {
    const answer = await client.fetch(url(bucket, `?versions${marker}`));
    if (answer.status === 404) return { bucket: bucket.name, removed, locked, gone: true };
    if (!answer.ok) throw toolError(`bucket ${bucket.name} cannot be listed: the store answered ${answer.status}`);
    const page = listing.parse(xml.parse(await answer.text())).ListVersionsResult;
    for (const { Key, VersionId = "null" } of [...page.Version, ...page.DeleteMarker]) {
      const gone = await client.fetch(
        url(bucket, `${encodeURIComponent(Key)}?versionId=${encodeURIComponent(VersionId)}`),
        {
          method: "DELETE",
          headers: { "x-amz-bypass-governance-retention": "true" },
        },
      );
      if (gone.ok) removed += 1;
      else locked.push(`${Key} (${VersionId})`);
    }
    if (page.IsTruncated !== "true") return { bucket: bucket.name, removed, locked, gone: false };
    marker = `&key-marker=${encodeURIComponent(page.NextKeyMarker ?? "")}&version-id-marker=${encodeURIComponent(page.NextVersionIdMarker ?? "")}`;
  }
}
