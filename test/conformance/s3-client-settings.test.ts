import { request } from "node:http";
import {
  CreateBucketCommand,
  DeleteObjectsCommand,
  DeleteObjectTaggingCommand,
  GetBucketAclCommand,
  GetBucketLocationCommand,
  GetBucketPolicyStatusCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutBucketCorsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  RestoreObjectCommand,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ABROAD, DEPLOYER, HOME, READER, refusal, type S3Harness, startS3 } from "./s3-harness.ts";

/** A plain S3 client against settings of buckets and objects that the provider's recordings don't exercise. */
const DAY = 86_400_000;
let s3: S3Harness;
let client: ReturnType<S3Harness["client"]>;
let serial = 0;
const newBucket = async (): Promise<string> => {
  const Bucket = `settings-${process.pid}-${serial++}`;
  await client.send(new CreateBucketCommand({ Bucket }));
  return Bucket;
};
const put = (Bucket: string, Key: string, more: object = {}) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body: "text", ...more }));

beforeAll(async () => {
  s3 = await startS3();
  client = s3.client({ accessKey: "SCWDEPLOYER" });
});
afterAll(() => s3.stop());

describe("buckets", () => {
  it("answer browsers by their CORS rules", async () => {
    const Bucket = await newBucket();
    const CORSRules = [
      {
        AllowedOrigins: ["https://*.example.org"],
        AllowedMethods: ["PUT", "GET"],
        AllowedHeaders: ["x-amz-*"],
        ExposeHeaders: ["etag"],
        MaxAgeSeconds: 60,
      },
    ];
    await client.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));
    const ask = (
      method: string,
      headers: Record<string, string>,
    ): Promise<{ status: number | undefined; headers: object }> =>
      new Promise((resolve, reject) => {
        const options = {
          host: "127.0.0.1",
          port: s3.port,
          method,
          path: "/k",
          headers: { host: `${Bucket}.s3.fr-par.scw.cloud`, ...headers },
        };
        request(options, (response) =>
          response.resume().on("end", () => resolve({ status: response.statusCode, headers: response.headers })),
        )
          .on("error", reject)
          .end();
      });
    const origin = "https://app.example.org";
    const preflight = (more: object) => ask("OPTIONS", { origin, "access-control-request-method": "PUT", ...more });
    expect(await preflight({ "access-control-request-headers": "X-Amz-Meta-A" })).toMatchObject({
      status: 200,
      headers: {
        "access-control-allow-origin": origin,
        "access-control-allow-headers": "x-amz-meta-a",
        "access-control-max-age": "60",
      },
    });
    for (const more of [
      { origin: "https://example.com" },
      { "access-control-request-method": "DELETE" },
      { "access-control-request-headers": "cookie" },
    ]) {
      expect((await preflight(more)).status).toBe(403);
    }
    await put(Bucket, "k", { ACL: "public-read" });
    expect(await ask("GET", { origin })).toMatchObject({
      status: 200,
      headers: { "access-control-expose-headers": "etag" },
    });
  });

  it("say where they are, whose they are, and whether their policy is public", async () => {
    const Bucket = await newBucket();
    expect((await client.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBe("fr-par");
    expect((await client.send(new GetBucketAclCommand({ Bucket }))).Owner?.ID).toBe(`${HOME}:${HOME}`);
    expect(await refusal(client.send(new HeadBucketCommand({ Bucket, ExpectedBucketOwner: ABROAD })))).toMatch(/^403 /);
    const policy = (Principal: object | string) =>
      JSON.stringify({
        Version: "2023-04-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { SCW: `application_id:${DEPLOYER}` },
            Action: "s3:*",
            Resource: [Bucket, `${Bucket}/*`],
          },
          { Effect: "Allow", Principal, Action: "s3:GetObject", Resource: `${Bucket}/*` },
        ],
      });
    const isPublic = async () =>
      (await client.send(new GetBucketPolicyStatusCommand({ Bucket }))).PolicyStatus?.IsPublic;
    await client.send(new PutBucketPolicyCommand({ Bucket, Policy: policy({ SCW: `application_id:${READER}` }) }));
    expect(await isPublic()).toBe(false);
    await client.send(new PutBucketPolicyCommand({ Bucket, Policy: policy("*") }));
    expect(await isPublic()).toBe(true);
  });

  it("refuse lifecycle rules that mean nothing", async () => {
    const Bucket = await newBucket();
    const rule = (more: object) =>
      refusal(
        client.send(
          new PutBucketLifecycleConfigurationCommand({
            Bucket,
            LifecycleConfiguration: { Rules: [{ Status: "Enabled", Filter: { Prefix: "" }, ...more }] },
          }),
        ),
      );
    expect(await rule({ Expiration: { Days: 1 } })).toBe("no refusal");
    expect(await rule({})).toBe("400 MalformedXML");
    expect(await rule({ Transitions: [{ Days: 1, StorageClass: "DEEP_ARCHIVE" }] })).toBe("400 MalformedXML");
  });

  it("allow many deletions key by key", async () => {
    const Bucket = await newBucket();
    await Promise.all(["mine/a", "theirs/b"].map((key) => put(Bucket, key)));
    const statement = (Action: string, Resource: string) => ({
      Effect: "Allow",
      Principal: { SCW: `application_id:${DEPLOYER}` },
      Action,
      Resource,
    });
    const Statement = [statement("s3:DeleteObject", `${Bucket}/mine/*`), statement("s3:ListBucket", Bucket)];
    await client.send(
      new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: "2023-04-17", Statement }) }),
    );
    const Objects = [{ Key: "mine/a" }, { Key: "theirs/b" }];
    const { Deleted, Errors } = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect([Deleted?.map((d) => d.Key), Errors?.map((e) => [e.Key, e.Code])]).toEqual([
      ["mine/a"],
      [["theirs/b", "AccessDenied"]],
    ]);
  });
});

describe("objects", () => {
  it("in GLACIER are read once restored, for as long as asked", async () => {
    const Bucket = await newBucket();
    const object = { Bucket, Key: "cold" };
    await put(Bucket, "cold", { StorageClass: "GLACIER" });
    const get = () => refusal(client.send(new GetObjectCommand(object)));
    expect(await get()).toBe("403 InvalidObjectState");
    await client.send(new RestoreObjectCommand({ ...object, RestoreRequest: { Days: 2 } }));
    expect(await get()).toBe("no refusal");
    expect((await client.send(new HeadObjectCommand(object))).Restore).toContain('ongoing-request="false"');
    s3.clock.advance(3 * DAY);
    expect(await get()).toBe("403 InvalidObjectState");
    await put(Bucket, "warm");
    expect(
      await refusal(client.send(new RestoreObjectCommand({ Bucket, Key: "warm", RestoreRequest: { Days: 1 } }))),
    ).toBe("403 InvalidObjectState");
    expect(await refusal(put(Bucket, "x", { StorageClass: "DEEP_ARCHIVE" }))).toBe("400 InvalidStorageClass");
  });

  it("carry tags and grants of their own", async () => {
    const Bucket = await newBucket();
    const object = { Bucket, Key: "k" };
    await put(Bucket, "k");
    const tags = async () => (await client.send(new GetObjectTaggingCommand(object))).TagSet;
    const TagSet = [{ Key: "a", Value: "<&>" }];
    await client.send(new PutObjectTaggingCommand({ ...object, Tagging: { TagSet } }));
    expect(await tags()).toEqual(TagSet);
    const twice = { TagSet: [...TagSet, ...TagSet] };
    expect(await refusal(client.send(new PutObjectTaggingCommand({ ...object, Tagging: twice })))).toBe(
      "400 InvalidTag",
    );
    await client.send(new DeleteObjectTaggingCommand(object));
    expect(await tags()).toEqual([]);
    const Grants = [
      { Grantee: { Type: "CanonicalUser", ID: `${ABROAD}:${ABROAD}` }, Permission: "READ" },
      { Grantee: { Type: "CanonicalUser", ID: `${HOME}:${HOME}` }, Permission: "FULL_CONTROL" },
    ] as const;
    const abroad = () => refusal(s3.client({ accessKey: "SCWSTRANGER" }).send(new GetObjectCommand(object)));
    expect(await abroad()).toBe("403 Forbidden");
    await client.send(
      new PutObjectAclCommand({
        ...object,
        AccessControlPolicy: { Grants: [...Grants], Owner: { ID: `${HOME}:${HOME}` } },
      }),
    );
    expect((await client.send(new GetObjectAclCommand(object))).Grants?.map((g) => g.Permission)).toEqual([
      "READ",
      "FULL_CONTROL",
    ]);
    expect(await abroad()).toBe("no refusal");
  });
});
