import { request } from "node:http";
import {
  CreateBucketCommand,
  DeleteBucketPolicyCommand,
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  ListObjectsCommand,
  PutBucketAclCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ABROAD, DEPLOYER, HOME, OWNER, READER, refusal, type S3Harness, STRANGER, startS3 } from "./s3-harness.ts";

/** A plain S3 client against who may do what: bucket policies, ACLs, signatures. */
let s3: S3Harness;
let client: ReturnType<S3Harness["client"]>;
let serial = 0;
const newBucket = async (): Promise<string> => {
  const Bucket = `access-${process.pid}-${serial++}`;
  await client.send(new CreateBucketCommand({ Bucket }));
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

describe("bucket policies", () => {
  const policy = (Bucket: string, Version: string, Statement: object[]) =>
    client.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version, Statement }) }));
  const allow = (SCW: string | string[], Action: string | string[], Resource: string[], more: object = {}) => ({
    Effect: "Allow",
    Principal: { SCW },
    Action,
    Resource,
    ...more,
  });
  const get = (accessKey: string, Bucket: string, projectId?: string) =>
    refusal(as(accessKey, projectId).send(new GetObjectCommand({ Bucket, Key: "k" })));

  it("of version 2023-04-17 lock out everybody they don't name, the deployer too", async () => {
    const Bucket = await newBucket();
    await put(Bucket, "k");
    await policy(Bucket, "2023-04-17", [allow(`application_id:${READER}`, "s3:GetObject", [`${Bucket}/*`])]);
    expect(await get("SCWREADER", Bucket)).toBe("no refusal");
    expect(await get("SCWDEPLOYER", Bucket)).toBe("403 AccessDenied");
    expect(await get("SCWOWNER", Bucket)).toBe("403 AccessDenied");
    expect(await refusal(as("SCWREADER").send(new ListObjectsCommand({ Bucket })))).toBe("403 AccessDenied");
    expect(await refusal(as("SCWREADER").send(new DeleteBucketPolicyCommand({ Bucket })))).toBe("403 AccessDenied");
    await as("SCWOWNER").send(new DeleteBucketPolicyCommand({ Bucket }));
    expect(await get("SCWDEPLOYER", Bucket)).toBe("no refusal");
    expect(await refusal(client.send(new GetBucketPolicyCommand({ Bucket })))).toBe("404 NoSuchBucketPolicy");
  });

  it("leave what they cannot name to IAM: the policy itself, and encryption", async () => {
    const Bucket = await newBucket();
    await policy(Bucket, "2023-04-17", [allow(`application_id:${READER}`, "s3:GetObject", [`${Bucket}/*`])]);
    const whose = async (command: GetBucketPolicyCommand | GetBucketEncryptionCommand | GetBucketAclCommand) => [
      await refusal(as("SCWDEPLOYER").send(command)),
      await refusal(as("SCWKEEPER").send(command)),
      await refusal(as("SCWSTRANGER").send(command)),
    ];
    const [no, yes] = ["403 AccessDenied", "no refusal"];
    expect(await whose(new GetBucketPolicyCommand({ Bucket }))).toEqual([yes, no, "403 Forbidden"]);
    expect(await whose(new GetBucketAclCommand({ Bucket }))).toEqual([no, no, "403 Forbidden"]);
    expect((await whose(new GetBucketEncryptionCommand({ Bucket })))[0]).not.toBe(no);
    await policy(Bucket, "2023-04-17", [allow(`application_id:${DEPLOYER}`, "s3:GetBucketAcl", [Bucket])]);
    expect(await whose(new GetBucketAclCommand({ Bucket }))).toEqual([yes, no, "403 Forbidden"]);
  });

  it("do not give what IAM withholds, and reach callers of other projects", async () => {
    const Bucket = await newBucket();
    await put(Bucket, "k");
    expect(await get("SCWSTRANGER", Bucket)).toBe("403 Forbidden");
    expect(await get("SCWDEPLOYER", Bucket, ABROAD)).toBe("403 Forbidden");
    const all = [Bucket, `${Bucket}/*`];
    await policy(Bucket, "2023-04-17", [
      allow([`application_id:${READER}`, `application_id:${STRANGER}`, `user_id:${OWNER}`], "s3:*", all),
    ]);
    const write = new PutObjectCommand({ Bucket, Key: "new", Body: "x" });
    expect(await refusal(as("SCWREADER").send(write))).toBe("403 AccessDenied");
    expect(await get("SCWSTRANGER", Bucket)).toBe("no refusal");
    expect(await get("SCWOWNER", Bucket, HOME)).toBe("no refusal");
  });

  it("hold conditions on the client's address and the prefix it lists", async () => {
    const Bucket = await newBucket();
    const who = `application_id:${READER}`;
    await policy(Bucket, "2023-04-17", [
      allow(who, "s3:ListBucket", [Bucket], { Condition: { StringLike: { "s3:prefix": "public/*" } } }),
      allow(who, "s3:GetObject", [`${Bucket}/*`], { Condition: { IpAddress: { "aws:SourceIp": ["10.0.0.0/8"] } } }),
    ]);
    const list = (Prefix: string) => refusal(as("SCWREADER").send(new ListObjectsCommand({ Bucket, Prefix })));
    expect([await list("public/x"), await list("private/")]).toEqual(["no refusal", "403 AccessDenied"]);
    expect(await get("SCWREADER", Bucket)).toBe("403 AccessDenied");
  });

  it("are refused when malformed or about another bucket", async () => {
    const Bucket = await newBucket();
    const bad = [
      [allow("*", "s3:GetObject", ["another/*"])],
      [allow("*", "ec2:Run", [`${Bucket}/*`])],
      [allow("*", "s3:GetObject", [`${Bucket}/*`], { Condition: { Sideways: { "aws:SourceIp": "::1" } } })],
      [],
    ];
    for (const Statement of bad)
      expect(await refusal(policy(Bucket, "2023-04-17", Statement))).toBe("400 MalformedPolicy");
    expect(await refusal(policy(Bucket, "2008-10-17", [allow("*", "s3:GetObject", [`${Bucket}/*`])]))).toBe(
      "400 MalformedPolicy",
    );
  });
});

describe("anonymous and signed requests", () => {
  const fetch = (host: string, path: string, headers: Record<string, string> = {}): Promise<string> =>
    new Promise((resolve, reject) => {
      const call = request({ host: "127.0.0.1", port: s3.port, path, headers: { host, ...headers } }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk) => chunks.push(chunk));
        response.on("end", () =>
          resolve(
            `${response.statusCode} ${/<Code>(\w+)/.exec(Buffer.concat(chunks).toString())?.[1] ?? Buffer.concat(chunks)}`,
          ),
        );
      });
      call.on("error", reject).end();
    });

  it("read only what an ACL or a policy makes public", async () => {
    const Bucket = await newBucket();
    const host = `${Bucket}.s3.fr-par.scw.cloud`;
    await put(Bucket, "private");
    await put(Bucket, "public", { ACL: "public-read" });
    expect(await fetch(host, "/private")).toBe("403 AccessDenied");
    expect(await fetch(host, "/public")).toBe("200 secret text");
    expect(await fetch("s3.fr-par.scw.cloud", `/${Bucket}/public`)).toBe("200 secret text");
    expect(await fetch(host, "/")).toBe("403 AccessDenied");
    await client.send(new PutBucketAclCommand({ Bucket, ACL: "public-read" }));
    expect(await fetch(host, "/")).toMatch(/^200 /);
    expect(await fetch(`${Bucket}.s3.pl-waw.scw.cloud`, "/public")).toBe("404 NoSuchBucket");
    const Statement = [{ Effect: "Allow", Principal: "*", Action: "s3:*", Resource: [Bucket, `${Bucket}/*`] }];
    const Policy = JSON.stringify({ Version: "2023-04-17", Statement });
    await client.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    expect(await fetch(host, "/private")).toBe("200 secret text");
    expect(await fetch(host, "/?policy")).toBe("403 AccessDenied");
  });

  it("are believed only with the right secret, before they expire", async () => {
    const Bucket = await newBucket();
    await put(Bucket, "k");
    expect(await refusal(as("SCWUNKNOWN").send(new ListObjectsCommand({ Bucket })))).toBe("403 InvalidAccessKeyId");
    const wrong = s3.client({ accessKey: "SCWDEPLOYER" });
    wrong.config.credentials = async () => ({ accessKeyId: "SCWDEPLOYER", secretAccessKey: "guess" });
    expect(await refusal(wrong.send(new ListObjectsCommand({ Bucket })))).toBe("403 SignatureDoesNotMatch");
    const url = new URL(await getSignedUrl(client, new GetObjectCommand({ Bucket, Key: "k" }), { expiresIn: 60 }));
    expect(await fetch(url.host, url.pathname + url.search)).toBe("200 secret text");
    expect(await fetch(url.host, `/other${url.search}`)).toBe("403 SignatureDoesNotMatch");
    const stale = new URL(
      await getSignedUrl(client, new GetObjectCommand({ Bucket, Key: "k" }), {
        expiresIn: 60,
        signingDate: new Date(Date.now() - 120_000),
      }),
    );
    expect(await fetch(stale.host, stale.pathname + stale.search)).toBe("403 AccessDenied");
  });
});
