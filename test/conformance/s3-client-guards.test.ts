import { createHash, randomBytes } from "node:crypto";
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteBucketEncryptionCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketEncryptionCommand,
  GetObjectCommand,
  GetObjectRetentionCommand,
  HeadObjectCommand,
  PutBucketEncryptionCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectLockConfigurationCommand,
  PutObjectRetentionCommand,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KEY_ID, refusal, type S3Harness, startS3 } from "./s3-harness.ts";

/** A plain S3 client against what protects data: object lock and encryption. */
const DAY = 86_400_000;
let s3: S3Harness;
let client: ReturnType<S3Harness["client"]>;
let serial = 0;
const newBucket = async (lock = false): Promise<string> => {
  const Bucket = `guarded-${process.pid}-${serial++}`;
  await client.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: lock }));
  return Bucket;
};
const put = (Bucket: string, Key: string, more: object = {}) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body: "secret text", ...more }));
const as = (accessKey: string, projectId?: string) => s3.client({ accessKey, ...(projectId && { projectId }) });

beforeAll(async () => {
  s3 = await startS3();
  client = as("SCWDEPLOYER");
});
afterAll(() => s3.stop());

describe("object lock", () => {
  it("of a bucket gives each new version its retention", async () => {
    const Bucket = await newBucket(true);
    const Rule = { DefaultRetention: { Mode: "GOVERNANCE", Days: 2 } } as const;
    await client.send(
      new PutObjectLockConfigurationCommand({
        Bucket,
        ObjectLockConfiguration: { ObjectLockEnabled: "Enabled", Rule },
      }),
    );
    const { VersionId } = await put(Bucket, "k");
    const { Retention } = await client.send(new GetObjectRetentionCommand({ Bucket, Key: "k" }));
    expect(Retention?.Mode).toBe("GOVERNANCE");
    expect(Math.abs((Retention?.RetainUntilDate?.getTime() ?? 0) - s3.clock.now() - 2 * DAY)).toBeLessThan(60_000);
    const erase = (BypassGovernanceRetention: boolean) =>
      client.send(new DeleteObjectCommand({ Bucket, Key: "k", VersionId, BypassGovernanceRetention }));
    expect(await refusal(erase(false))).toBe("403 AccessDenied");
    const many = await client.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: "k", VersionId }] } }),
    );
    expect(many.Errors?.map((e) => e.Code)).toEqual(["AccessDenied"]);
    expect(await refusal(erase(true))).toBe("no refusal");
  });

  it("in COMPLIANCE mode yields to nobody until its date, and then to anybody", async () => {
    const Bucket = await newBucket(true);
    const RetainUntilDate = new Date(s3.clock.now() + 10 * DAY);
    const { VersionId } = await put(Bucket, "k", {
      ObjectLockMode: "COMPLIANCE",
      ObjectLockRetainUntilDate: RetainUntilDate,
    });
    const owner = as("SCWOWNER");
    const erase = () =>
      owner.send(new DeleteObjectCommand({ Bucket, Key: "k", VersionId, BypassGovernanceRetention: true }));
    const retain = (Retention: object) =>
      owner.send(new PutObjectRetentionCommand({ Bucket, Key: "k", Retention, BypassGovernanceRetention: true }));
    expect(await refusal(erase())).toBe("403 AccessDenied");
    expect(await refusal(retain({ Mode: "COMPLIANCE", RetainUntilDate: new Date(s3.clock.now() + DAY) }))).toBe(
      "403 AccessDenied",
    );
    expect(await refusal(retain({ Mode: "GOVERNANCE", RetainUntilDate: new Date(s3.clock.now() + 20 * DAY) }))).toBe(
      "403 AccessDenied",
    );
    expect(await refusal(retain({}))).toBe("403 AccessDenied");
    await retain({ Mode: "COMPLIANCE", RetainUntilDate: new Date(s3.clock.now() + 11 * DAY) });
    expect((await owner.send(new DeleteObjectCommand({ Bucket, Key: "k" }))).DeleteMarker).toBe(true);
    s3.clock.advance(10.5 * DAY);
    expect(await refusal(erase())).toBe("403 AccessDenied");
    s3.clock.advance(DAY);
    expect(await refusal(erase())).toBe("no refusal");
  });

  it("by legal hold stands until it is taken off", async () => {
    const Bucket = await newBucket(true);
    const { VersionId } = await put(Bucket, "k");
    const hold = (Status: "ON" | "OFF") =>
      client.send(new PutObjectLegalHoldCommand({ Bucket, Key: "k", LegalHold: { Status } }));
    const erase = () =>
      refusal(client.send(new DeleteObjectCommand({ Bucket, Key: "k", VersionId, BypassGovernanceRetention: true })));
    await hold("ON");
    expect((await client.send(new HeadObjectCommand({ Bucket, Key: "k" }))).ObjectLockLegalHoldStatus).toBe("ON");
    expect(await erase()).toBe("403 AccessDenied");
    await hold("OFF");
    expect(await erase()).toBe("no refusal");
  });

  it("is for buckets made with it, and keeps their versioning", async () => {
    const ObjectLockConfiguration = { ObjectLockEnabled: "Enabled" } as const;
    const plain = await newBucket();
    expect(
      await refusal(client.send(new PutObjectLockConfigurationCommand({ Bucket: plain, ObjectLockConfiguration }))),
    ).toBe("409 InvalidBucketState");
    expect(await refusal(put(plain, "k", { ObjectLockLegalHoldStatus: "ON" }))).toBe("400 InvalidRequest");
    const suspend = new PutBucketVersioningCommand({
      Bucket: await newBucket(true),
      VersioningConfiguration: { Status: "Suspended" },
    });
    expect(await refusal(client.send(suspend))).toBe("409 InvalidBucketState");
  });
});

describe("encryption", () => {
  const stored = (): Buffer => {
    const rows = s3.database.prepare("SELECT data FROM s3_chunk ORDER BY body_id DESC LIMIT 1").all();
    const data = rows[0]?.data;
    return Buffer.from(data instanceof Uint8Array ? data : []);
  };

  it("with a customer's key leaves nothing readable without it", async () => {
    const Bucket = await newBucket();
    const key = randomBytes(32);
    const own = {
      SSECustomerAlgorithm: "AES256",
      SSECustomerKey: key.toString("base64"),
      SSECustomerKeyMD5: createHash("md5").update(key).digest("base64"),
    };
    const other = { ...own, SSECustomerKey: randomBytes(32).toString("base64"), SSECustomerKeyMD5: undefined };
    await put(Bucket, "k", own);
    expect(stored().includes("secret text")).toBe(false);
    const get = (keys: object) => client.send(new GetObjectCommand({ Bucket, Key: "k", ...keys }));
    expect(await (await get(own)).Body?.transformToString()).toBe("secret text");
    expect(await refusal(get({}))).toBe("400 InvalidRequest");
    expect(await refusal(client.send(new HeadObjectCommand({ Bucket, Key: "k" })))).toMatch(/^400 /);
    expect(await refusal(get(other))).toBe("403 AccessDenied");
    const CopySource = `${Bucket}/k`;
    expect(await refusal(client.send(new CopyObjectCommand({ Bucket, Key: "copy", CopySource })))).toBe(
      "400 InvalidRequest",
    );
    const source = {
      CopySourceSSECustomerAlgorithm: "AES256",
      CopySourceSSECustomerKey: own.SSECustomerKey,
      CopySourceSSECustomerKeyMD5: own.SSECustomerKeyMD5,
    };
    await client.send(new CopyObjectCommand({ Bucket, Key: "copy", CopySource, ...source }));
    expect(await (await client.send(new GetObjectCommand({ Bucket, Key: "copy" }))).Body?.transformToString()).toBe(
      "secret text",
    );
  });

  it("by default of the bucket follows its rule, and needs the Key Manager's consent", async () => {
    const Bucket = await newBucket();
    const rule = (ApplyServerSideEncryptionByDefault: {
      SSEAlgorithm: "AES256" | "aws:kms";
      KMSMasterKeyID?: string;
    }) =>
      new PutBucketEncryptionCommand({
        Bucket,
        ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault, BucketKeyEnabled: true }] },
      });
    await client.send(rule({ SSEAlgorithm: "AES256" }));
    expect((await put(Bucket, "one")).ServerSideEncryption).toBe("AES256");
    expect(stored().includes("secret text")).toBe(false);
    await client.send(rule({ SSEAlgorithm: "aws:kms", KMSMasterKeyID: KEY_ID }));
    expect(await put(Bucket, "kms")).toMatchObject({
      ServerSideEncryption: "aws:kms",
      SSEKMSKeyId: KEY_ID,
      BucketKeyEnabled: true,
    });
    expect(stored().includes("secret text")).toBe(false);
    const keyless = as("SCWKEYLESS");
    expect(await refusal(keyless.send(new PutObjectCommand({ Bucket, Key: "x", Body: "x" })))).toBe("403 AccessDenied");
    expect(await refusal(keyless.send(new GetObjectCommand({ Bucket, Key: "kms" })))).toBe("403 AccessDenied");
    expect(await (await client.send(new GetObjectCommand({ Bucket, Key: "kms" }))).Body?.transformToString()).toBe(
      "secret text",
    );
    await client.send(rule({ SSEAlgorithm: "aws:kms", KMSMasterKeyID: "a key that is not there" }));
    expect(await refusal(put(Bucket, "x"))).toBe("403 AccessDenied");
    await client.send(new DeleteBucketEncryptionCommand({ Bucket }));
    const none = await client.send(new GetBucketEncryptionCommand({ Bucket }));
    expect(none.ServerSideEncryptionConfiguration?.Rules ?? []).toEqual([]);
    expect((await put(Bucket, "plain")).ServerSideEncryption).toBeUndefined();
    expect(stored().includes("secret text")).toBe(true);
  });
});
