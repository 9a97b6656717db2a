import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent, request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  PutBucketEncryptionCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LocalScaleway, startLocalScaleway } from "../../local/scaleway/server.ts";
import { refusal } from "./s3-harness.ts";

/** The whole local Scaleway, through its proxy and under its own certificates: a bucket, its callers and their keys. */
let local: LocalScaleway;
let dataDir: string;
let agent: Agent;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "s3-server-"));
  local = await startLocalScaleway({ dataDir });
  agent = new Agent({ proxyEnv: { HTTPS_PROXY: local.url }, ca: readFileSync(local.env.SSL_CERT_FILE ?? "") });
});
afterAll(async () => {
  agent.destroy();
  await local.stop();
  rmSync(dataDir, { recursive: true });
});

interface Credentials {
  readonly access_key: string;
  readonly secret_key: string;
}
const owner = (): Credentials => ({
  access_key: local.env.SCW_ACCESS_KEY ?? "",
  secret_key: local.env.SCW_SECRET_KEY ?? "",
});

const s3 = (key: Credentials, project?: string, region = "fr-par"): S3Client =>
  new S3Client({
    region,
    endpoint: `https://s3.${region}.scw.cloud`,
    credentials: {
      accessKeyId: project === undefined ? key.access_key : `${key.access_key}@${project}`,
      secretAccessKey: key.secret_key,
    },
    requestHandler: { httpsAgent: agent },
    maxAttempts: 1,
  });

/** A call of the JSON API with the owner's key; the answer's fields as text. */
function api(path: string, body: object): Promise<Record<string, string>> {
  const text = JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const headers = { "x-auth-token": owner().secret_key, "content-type": "application/json" };
    const call = request({ host: "api.scaleway.com", path, method: "POST", agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => {
        const answer = Buffer.concat(chunks).toString();
        if (response.statusCode === 200) resolve(JSON.parse(answer));
        else reject(new Error(`${response.statusCode} ${answer}`));
      });
    });
    call.on("error", reject).end(text);
  });
}

/** An application with these permission sets in a project, and a key of it. */
async function application(project: string, ...permission_set_names: string[]): Promise<Credentials> {
  const { id: application_id } = await api("/iam/v1alpha1/applications", {
    name: `app-${permission_set_names.join("-")}`,
  });
  const rules = [{ permission_set_names, project_ids: [project] }];
  await api("/iam/v1alpha1/policies", { name: "rights", application_id, rules });
  const { access_key = "", secret_key = "" } = await api("/iam/v1alpha1/api-keys", {
    application_id,
    default_project_id: project,
  });
  return { access_key, secret_key };
}

describe("object storage behind the proxy", () => {
  it("knows IAM's applications, their projects and their rights", async () => {
    const { id: project = "" } = await api("/account/v3/projects", { name: "storage" });
    const writer = await application(project, "ObjectStorageBucketsWrite", "ObjectStorageObjectsWrite");
    const reader = await application(project, "ObjectStorageReadOnly");
    const Bucket = "wired-bucket";
    await s3(writer).send(new CreateBucketCommand({ Bucket }));
    await s3(writer).send(new PutObjectCommand({ Bucket, Key: "k", Body: "text" }));
    expect(await refusal(s3(writer).send(new ListObjectsCommand({ Bucket })))).toBe("403 AccessDenied");
    expect((await s3(reader).send(new ListObjectsCommand({ Bucket }))).Contents?.map(({ Key }) => Key)).toEqual(["k"]);
    expect(await refusal(s3(reader).send(new PutObjectCommand({ Bucket, Key: "x", Body: "" })))).toBe(
      "403 AccessDenied",
    );
    expect(await refusal(s3(owner()).send(new ListObjectsCommand({ Bucket })))).toBe("403 Forbidden");
    expect((await s3(owner(), project).send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name)).toEqual([
      Bucket,
    ]);
  });

  it("opens encrypted objects only with the right to their key", async () => {
    const { id: project = "" } = await api("/account/v3/projects", { name: "encrypted" });
    const key = { name: "objects", project_id: project, usage: { symmetric_encryption: "aes_256_gcm" } };
    const { id: KMSMasterKeyID = "" } = await api("/key-manager/v1alpha1/regions/fr-par/keys", key);
    const Bucket = "encrypted-bucket";
    const admin = s3(owner(), project);
    await admin.send(new CreateBucketCommand({ Bucket }));
    const ApplyServerSideEncryptionByDefault = { SSEAlgorithm: "aws:kms", KMSMasterKeyID } as const;
    const Rules = [{ ApplyServerSideEncryptionByDefault, BucketKeyEnabled: true }];
    await admin.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }));
    const put = (who: Credentials) => refusal(s3(who).send(new PutObjectCommand({ Bucket, Key: "k", Body: "text" })));
    const get = (who: Credentials) => refusal(s3(who).send(new GetObjectCommand({ Bucket, Key: "k" })));
    const storageOnly = await application(project, "ObjectStorageFullAccess");
    const encrypter = await application(project, "ObjectStorageFullAccess", "KeyManagerKeyEncrypt");
    const decrypter = await application(project, "ObjectStorageFullAccess", "KeyManagerKeyDecrypt");
    expect([await put(storageOnly), await put(decrypter), await put(encrypter)]).toEqual([
      "403 AccessDenied",
      "403 AccessDenied",
      "no refusal",
    ]);
    expect([await get(storageOnly), await get(encrypter), await get(decrypter)]).toEqual([
      "403 AccessDenied",
      "403 AccessDenied",
      "no refusal",
    ]);
  });

  it("is not there for regions and hosts that are not Scaleway's", async () => {
    await expect(s3(owner(), undefined, "us-west").send(new ListBucketsCommand({}))).rejects.toThrow();
    await expect.poll(() => local.ledger.refused()).toContain("s3.us-west.scw.cloud");
  });
});
