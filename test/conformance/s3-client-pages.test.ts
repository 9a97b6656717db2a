import { createHash, randomBytes } from "node:crypto";
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  ListPartsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { refusal, type S3Harness, startS3 } from "./s3-harness.ts";

/** A plain S3 client against the local object storage: what comes in pages or in parts. */
let s3: S3Harness;
let client: ReturnType<S3Harness["client"]>;
let serial = 0;
const newBucket = async (Status?: "Enabled"): Promise<string> => {
  const Bucket = `pages-${process.pid}-${serial++}`;
  await client.send(new CreateBucketCommand({ Bucket }));
  if (Status) await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
  return Bucket;
};
const put = (Bucket: string, Key: string, Body: string) => client.send(new PutObjectCommand({ Bucket, Key, Body }));

beforeAll(async () => {
  s3 = await startS3();
  client = s3.client({ accessKey: "SCWDEPLOYER" });
});
afterAll(() => s3.stop());

describe("listings", () => {
  it("page through keys and common prefixes without losing or repeating one", async () => {
    const Bucket = await newBucket("Enabled");
    const keys = ["a", "a/1", "a/2", "b/1", "b/2/3", "c", "d/1", "é", "z z"];
    for (const key of keys) await put(Bucket, key, key);
    const pages = async (Delimiter: string | undefined, MaxKeys: number): Promise<readonly string[]> => {
      const found: string[] = [];
      let ContinuationToken: string | undefined;
      do {
        const page = await client.send(new ListObjectsV2Command({ Bucket, Delimiter, MaxKeys, ContinuationToken }));
        found.push(
          ...(page.Contents ?? []).map((c) => c.Key ?? ""),
          ...(page.CommonPrefixes ?? []).map((c) => c.Prefix ?? ""),
        );
        ContinuationToken = page.NextContinuationToken;
      } while (ContinuationToken !== undefined);
      return found.toSorted();
    };
    for (const size of [1, 2, 3, 1000]) {
      expect(await pages(undefined, size)).toEqual(keys.toSorted());
      expect(await pages("/", size)).toEqual(["a", "a/", "b/", "c", "d/", "z z", "é"]);
    }
    const v1 = await client.send(new ListObjectsCommand({ Bucket, Delimiter: "/", MaxKeys: 2 }));
    expect([v1.IsTruncated, v1.NextMarker]).toEqual([true, "a/"]);
    const within = await client.send(
      new ListObjectsV2Command({ Bucket, Prefix: "b/", Delimiter: "/", EncodingType: "url" }),
    );
    expect([within.Contents?.map((c) => c.Key), within.CommonPrefixes]).toEqual([["b/1"], [{ Prefix: "b/2/" }]]);
  });

  it("page through versions of one key", async () => {
    const Bucket = await newBucket("Enabled");
    for (const body of ["1", "2", "3", "4", "5"]) await put(Bucket, "k", body);
    const ids: (string | undefined)[] = [];
    let from: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } | undefined = {};
    while (from !== undefined) {
      const page: ListObjectVersionsCommandOutput = await client.send(
        new ListObjectVersionsCommand({ Bucket, MaxKeys: 2, ...from }),
      );
      ids.push(...(page.Versions ?? []).map((v) => v.VersionId));
      from = page.IsTruncated
        ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
        : undefined;
    }
    expect([ids.length, new Set(ids).size]).toEqual([5, 5]);
  });
});

describe("multipart uploads", () => {
  const MIB = 2 ** 20;
  const countBodies = () => s3.database.prepare("SELECT count(*) AS bodies FROM s3_body").get();

  it("join their parts, in order, and give them back one by one", async () => {
    const Bucket = await newBucket();
    const Key = "large";
    const bodies = [randomBytes(5 * MIB), randomBytes(6 * MIB), randomBytes(10)];
    const { UploadId } = await client.send(
      new CreateMultipartUploadCommand({ Bucket, Key, ContentType: "x/y", ChecksumAlgorithm: "CRC32" }),
    );
    const Parts: CompletedPart[] = [];
    for (const [i, Body] of bodies.entries()) {
      const { ETag, ChecksumCRC32 } = await client.send(
        new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: i + 1, Body, ChecksumAlgorithm: "CRC32" }),
      );
      Parts.push({ ETag, ChecksumCRC32, PartNumber: i + 1 });
    }
    expect((await client.send(new ListPartsCommand({ Bucket, Key, UploadId }))).Parts?.map((p) => p.Size)).toEqual(
      bodies.map((b) => b.length),
    );
    expect((await client.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads?.map((u) => u.Key)).toEqual([Key]);
    expect(await refusal(client.send(new GetObjectCommand({ Bucket, Key })))).toBe("404 NoSuchKey");
    const complete = (parts: CompletedPart[]) =>
      client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts: parts } }));
    expect(await refusal(complete(Parts.toReversed()))).toBe("400 InvalidPartOrder");
    expect(await refusal(complete([{ ETag: "no", ChecksumCRC32: undefined, PartNumber: 1 }]))).toBe("400 InvalidPart");
    const { ETag, ChecksumCRC32 } = await complete(Parts);
    const digest = createHash("md5");
    for (const body of bodies) digest.update(createHash("md5").update(body).digest());
    expect([ETag, ChecksumCRC32?.endsWith("-3")]).toEqual([`"${digest.digest("hex")}-3"`, true]);
    const got = await client.send(new GetObjectCommand({ Bucket, Key }));
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(Buffer.concat(bodies))).toBe(true);
    const part = await client.send(new HeadObjectCommand({ Bucket, Key, PartNumber: 2 }));
    expect([part.PartsCount, part.ContentLength]).toEqual([3, 6 * MIB]);
    expect(await refusal(complete(Parts))).toBe("404 NoSuchUpload");
  });

  it("refuse small parts, and leave nothing behind when aborted", async () => {
    const Bucket = await newBucket();
    await put(Bucket, "source", "0123456789");
    const before = countBodies();
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: "k" }));
    const copied = await client.send(
      new UploadPartCopyCommand({
        Bucket,
        Key: "k",
        UploadId,
        PartNumber: 1,
        CopySource: `${Bucket}/source`,
        CopySourceRange: "bytes=2-4",
      }),
    );
    const second = await client.send(new UploadPartCommand({ Bucket, Key: "k", UploadId, PartNumber: 2, Body: "x" }));
    const Parts = [copied.CopyPartResult?.ETag, second.ETag].map((ETag, i) => ({ ETag, PartNumber: i + 1 }));
    expect(copied.CopyPartResult?.ETag).toBe(`"${createHash("md5").update("234").digest("hex")}"`);
    const complete = new CompleteMultipartUploadCommand({ Bucket, Key: "k", UploadId, MultipartUpload: { Parts } });
    expect(await refusal(client.send(complete))).toBe("400 EntityTooSmall");
    await client.send(new AbortMultipartUploadCommand({ Bucket, Key: "k", UploadId }));
    expect(countBodies()).toEqual(before);
  });
});
