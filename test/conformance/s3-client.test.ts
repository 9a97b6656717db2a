import { createHash, randomBytes } from "node:crypto";
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Access, refusal, type S3Harness, startS3 } from "./s3-harness.ts";

/** A plain S3 client against the local object storage: buckets, objects, versions. */
let s3: S3Harness;
let client: ReturnType<S3Harness["client"]>;
let serial = 0;
const newBucket = async (input: { versioned?: boolean } = {}): Promise<string> => {
  const Bucket = `bucket-${process.pid}-${serial++}`;
  await client.send(new CreateBucketCommand({ Bucket }));
  if (input.versioned) {
    await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
  }
  return Bucket;
};
const put = (Bucket: string, Key: string, Body: string) => client.send(new PutObjectCommand({ Bucket, Key, Body }));
const read = async (Bucket: string, Key: string, VersionId?: string): Promise<string> =>
  (await client.send(new GetObjectCommand({ Bucket, Key, VersionId }))).Body?.transformToString() ?? "";

beforeAll(async () => {
  s3 = await startS3();
  client = s3.client({ accessKey: "SCWDEPLOYER" });
});
afterAll(() => s3.stop());

describe("buckets", () => {
  it("are listed in their own region and project only", async () => {
    const Bucket = await newBucket();
    const names = async (region: string) =>
      (await s3.client({ accessKey: "SCWDEPLOYER", region }).send(new ListBucketsCommand({}))).Buckets?.map(
        (b) => b.Name,
      );
    expect(await names("fr-par")).toContain(Bucket);
    expect((await names("nl-ams")) ?? []).not.toContain(Bucket);
    const stranger = await s3.client({ accessKey: "SCWSTRANGER" }).send(new ListBucketsCommand({}));
    expect(stranger.Buckets ?? []).toEqual([]);
  });

  it("have names that are taken once for everybody", async () => {
    const Bucket = await newBucket();
    const create = (access: Access) => refusal(s3.client(access).send(new CreateBucketCommand({ Bucket })));
    expect(await create({ accessKey: "SCWDEPLOYER" })).toBe("409 BucketAlreadyOwnedByYou");
    expect(await create({ accessKey: "SCWSTRANGER" })).toBe("409 BucketAlreadyExists");
    expect(await create({ accessKey: "SCWDEPLOYER", region: "nl-ams" })).toBe("409 BucketAlreadyOwnedByYou");
  });

  it("do not exist at another region's endpoint", async () => {
    const Bucket = await newBucket();
    const elsewhere = s3.client({ accessKey: "SCWDEPLOYER", region: "pl-waw" });
    expect(await refusal(elsewhere.send(new ListObjectsCommand({ Bucket })))).toBe("404 NoSuchBucket");
    expect((await client.send(new HeadBucketCommand({ Bucket }))).BucketRegion).toBe("fr-par");
  });

  it("refuse bad names and other regions' location constraints", async () => {
    expect(await refusal(client.send(new CreateBucketCommand({ Bucket: "Upper" })))).toBe("400 InvalidBucketName");
    const misplaced = {
      Bucket: "misplaced-bucket",
      CreateBucketConfiguration: { LocationConstraint: "eu-west-1" },
    } as const;
    expect(await refusal(client.send(new CreateBucketCommand(misplaced)))).toBe(
      "400 IllegalLocationConstraintException",
    );
  });

  it("are deleted only when empty", async () => {
    const Bucket = await newBucket();
    await put(Bucket, "a", "1");
    expect(await refusal(client.send(new DeleteBucketCommand({ Bucket })))).toBe("409 BucketNotEmpty");
    await client.send(new DeleteObjectCommand({ Bucket, Key: "a" }));
    await client.send(new DeleteBucketCommand({ Bucket }));
    expect(await refusal(client.send(new ListObjectsCommand({ Bucket })))).toBe("404 NoSuchBucket");
  });
});

describe("objects", () => {
  it("come back as they were put", async () => {
    const Bucket = await newBucket();
    const Body = randomBytes(3_000_000);
    const Key = "dir/ä file+(1)'!*.bin";
    const Metadata = { owner: "ops", note: "a b" };
    await client.send(
      new PutObjectCommand({
        Bucket,
        Key,
        Body,
        ContentType: "x/y",
        Metadata,
        StorageClass: "ONEZONE_IA",
        Tagging: "k=v&l=w%20x",
      }),
    );
    const got = await client.send(new GetObjectCommand({ Bucket, Key }));
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(Body)).toBe(true);
    expect(got).toMatchObject({ ContentType: "x/y", Metadata, StorageClass: "ONEZONE_IA", TagCount: 2 });
    expect(got.ETag).toBe(`"${createHash("md5").update(Body).digest("hex")}"`);
    const tags = await client.send(new GetObjectTaggingCommand({ Bucket, Key }));
    expect(tags.TagSet).toEqual([
      { Key: "k", Value: "v" },
      { Key: "l", Value: "w x" },
    ]);
    const slice = await client.send(new GetObjectCommand({ Bucket, Key, Range: "bytes=1048570-1048580" }));
    expect(Buffer.from((await slice.Body?.transformToByteArray()) ?? [])).toEqual(Body.subarray(1_048_570, 1_048_581));
    expect(slice.ContentRange).toBe("bytes 1048570-1048580/3000000");
    const attributes = await client.send(
      new GetObjectAttributesCommand({ Bucket, Key, ObjectAttributes: ["ObjectSize", "Checksum"] }),
    );
    expect(attributes.ObjectSize).toBe(3_000_000);
    expect(attributes.Checksum?.ChecksumCRC32).toBeDefined();
  });

  it.each(["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"] as const)(
    "are checked by %s",
    async (ChecksumAlgorithm) => {
      const Bucket = await newBucket();
      await client.send(new PutObjectCommand({ Bucket, Key: "k", Body: "123456789", ChecksumAlgorithm }));
      const got = await client.send(new GetObjectCommand({ Bucket, Key: "k", ChecksumMode: "ENABLED" }));
      expect(await got.Body?.transformToString()).toBe("123456789");
      expect(got[`Checksum${ChecksumAlgorithm}`]).toBeDefined();
      const wrong = {
        Bucket,
        Key: "k",
        Body: "other",
        [`Checksum${ChecksumAlgorithm}`]: got[`Checksum${ChecksumAlgorithm}`],
      };
      expect(await refusal(client.send(new PutObjectCommand(wrong)))).toBe("400 BadDigest");
    },
  );

  it("are read and written under conditions", async () => {
    const Bucket = await newBucket();
    const { ETag } = await put(Bucket, "k", "one");
    const get = (input: object) => refusal(client.send(new GetObjectCommand({ Bucket, Key: "k", ...input })));
    expect(await get({ IfMatch: '"other"' })).toBe("412 PreconditionFailed");
    expect(await get({ IfNoneMatch: ETag })).toMatch(/^304 /);
    expect(await get({ IfModifiedSince: new Date(Date.now() + 60_000) })).toMatch(/^304 /);
    expect(await get({ IfUnmodifiedSince: new Date(0) })).toBe("412 PreconditionFailed");
    const write = (input: object) => client.send(new PutObjectCommand({ Bucket, Key: "k", Body: "two", ...input }));
    expect(await refusal(write({ IfNoneMatch: "*" }))).toBe("412 PreconditionFailed");
    expect(await refusal(write({ IfMatch: '"other"' }))).toBe("412 PreconditionFailed");
    await write({ IfMatch: ETag });
    expect(await read(Bucket, "k")).toBe("two");
  });

  it("are copied, with or without their metadata", async () => {
    const Bucket = await newBucket();
    await client.send(
      new PutObjectCommand({ Bucket, Key: "from", Body: "x", Metadata: { a: "1" }, ContentType: "x/y" }),
    );
    const CopySource = `${Bucket}/from`;
    await client.send(new CopyObjectCommand({ Bucket, Key: "same", CopySource }));
    await client.send(
      new CopyObjectCommand({ Bucket, Key: "new", CopySource, MetadataDirective: "REPLACE", Metadata: { b: "2" } }),
    );
    const head = async (Key: string) => (await client.send(new HeadObjectCommand({ Bucket, Key }))).Metadata;
    expect([await head("same"), await head("new")]).toEqual([{ a: "1" }, { b: "2" }]);
    const missing = new CopyObjectCommand({ Bucket, Key: "y", CopySource: `${Bucket}/none` });
    expect(await refusal(client.send(missing))).toBe("404 NoSuchKey");
  });

  it("are deleted many at once, each answered for", async () => {
    const Bucket = await newBucket();
    await Promise.all(["a", "b"].map((key) => put(Bucket, key, key)));
    const Delete = { Objects: [{ Key: "a" }, { Key: "b" }, { Key: "never there" }] };
    const { Deleted, Errors } = await client.send(new DeleteObjectsCommand({ Bucket, Delete }));
    expect([Deleted?.map((d) => d.Key), Errors]).toEqual([["a", "b", "never there"], undefined]);
    expect(await refusal(read(Bucket, "a"))).toBe("404 NoSuchKey");
  });
});

describe("versions", () => {
  it("keep what was overwritten or deleted", async () => {
    const Bucket = await newBucket({ versioned: true });
    const first = await put(Bucket, "k", "1");
    await put(Bucket, "k", "2");
    const marker = await client.send(new DeleteObjectCommand({ Bucket, Key: "k" }));
    expect(marker.DeleteMarker).toBe(true);
    expect(await refusal(read(Bucket, "k"))).toBe("404 NoSuchKey");
    expect(await read(Bucket, "k", first.VersionId)).toBe("1");
    expect(await refusal(read(Bucket, "k", marker.VersionId))).toMatch(/^405 /);
    const listed = await client.send(new ListObjectVersionsCommand({ Bucket }));
    expect([listed.Versions?.length, listed.DeleteMarkers?.map((m) => m.IsLatest)]).toEqual([2, [true]]);
    await client.send(new DeleteObjectCommand({ Bucket, Key: "k", VersionId: marker.VersionId }));
    expect(await read(Bucket, "k")).toBe("2");
    expect(await refusal(read(Bucket, "k", "1"))).toBe("404 NoSuchVersion");
  });

  it("stop growing when suspended", async () => {
    const Bucket = await newBucket({ versioned: true });
    await put(Bucket, "k", "versioned");
    await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Suspended" } }));
    expect((await put(Bucket, "k", "null 1")).VersionId).toBe("null");
    await put(Bucket, "k", "null 2");
    const { Versions } = await client.send(new ListObjectVersionsCommand({ Bucket }));
    expect(Versions?.map(({ VersionId, IsLatest }) => [VersionId === "null", IsLatest])).toEqual([
      [true, true],
      [false, false],
    ]);
    await client.send(new DeleteObjectCommand({ Bucket, Key: "k" }));
    const after = await client.send(new ListObjectVersionsCommand({ Bucket }));
    expect([after.Versions?.length, after.DeleteMarkers?.map((m) => m.VersionId)]).toEqual([1, ["null"]]);
  });
});
