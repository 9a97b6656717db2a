import { createHash, randomBytes } from "node:crypto";
import {
  CopyObjectCommand,
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { manifestsOf, platformOf, type Request, routeFor } from "../harness/platform.ts";
import { refusal, type S3Harness, startS3 } from "./s3-harness.ts";

/**
 * Object storage under the customer keys that a space's gateway is told to add: what the plan's route table says goes to the S3 door as it
 * is, only that the files of keys are read.
 */
const SPACE = "diabetes-pathways";
const STORE = "bastide-rehearsal-domain-workspaces-workspaces";
const TABLES = "bastide-rehearsal-domain-snds-base-tables";

const envoy = ((): string => {
  const found = manifestsOf(platformOf("rehearsal")).find(
    (m) => m.kind === "ConfigMap" && m.metadata.name === `space-${SPACE}`,
  );
  const data = found?.data;
  return typeof data === "object" && data !== null && "envoy.json" in data ? String(data["envoy.json"]) : "";
})();

interface Added {
  readonly header: { readonly key: string; readonly value: string };
}

/** Values of the files that the gateway reads: one key a domain, and its MD5 beside it. */
const keys = new Map<string, Buffer>();
function textOf(text: string): string {
  const [, file] = /^@(.+)@$/.exec(text) ?? [];
  if (file === undefined) return text;
  const name = file.replace(/-md5$/, "");
  const key = keys.get(name) ?? randomBytes(32);
  keys.set(name, key);
  return file === name ? key.toString("base64") : createHash("md5").update(key).digest("base64");
}

/** What the gateway adds to a request, as the SDK's parameters. */
function added(request: Request): Readonly<Record<string, string>> {
  const headers = (routeFor(envoy, "s3", request)?.request_headers_to_add ?? []) as readonly Added[];
  return Object.fromEntries(
    headers.map(({ header: { key, value } }) => {
      const [, copy, what = ""] = /^x-amz-(copy-source-)?server-side-encryption-customer-(.+)$/.exec(key) ?? [];
      const names: Readonly<Record<string, string>> = { algorithm: "Algorithm", key: "Key", "key-MD5": "KeyMD5" };
      return [`${copy === undefined ? "" : "CopySource"}SSECustomer${names[what] ?? key}`, textOf(value)];
    }),
  );
}

let s3: S3Harness;
let client: ReturnType<S3Harness["client"]>;
beforeAll(async () => {
  s3 = await startS3();
  client = s3.client({ accessKey: "SCWDEPLOYER" });
  for (const Bucket of [STORE, TABLES]) await client.send(new CreateBucketCommand({ Bucket }));
});
afterAll(() => s3.stop());

const read = async (Bucket: string, Key: string, more: object = {}): Promise<string | undefined> =>
  (await client.send(new GetObjectCommand({ Bucket, Key, ...more }))).Body?.transformToString();

describe("what a space's gateway adds", () => {
  const Key = `${SPACE}/result.parquet`;
  const own: Request = { method: "PUT", path: `/${STORE}/${Key}` };
  const reads = (bucket: string, key: string): Request => ({ method: "GET", path: `/${bucket}/${key}` });

  it("seals what is written through it: without the key nobody reads it, not even its owner", async () => {
    expect(Object.keys(added(own)).sort()).toEqual(["SSECustomerAlgorithm", "SSECustomerKey", "SSECustomerKeyMD5"]);
    await client.send(new PutObjectCommand({ Bucket: STORE, Key, Body: "a row of a person", ...added(own) }));
    expect(await refusal(client.send(new GetObjectCommand({ Bucket: STORE, Key })))).toBe("400 InvalidRequest");
    expect(await refusal(client.send(new HeadObjectCommand({ Bucket: STORE, Key })))).toMatch(/^400 /);
    expect(await read(STORE, Key, added(reads(STORE, Key)))).toBe("a row of a person");
  });

  it("opens tables under their own domain's key, which opens nothing of another domain", async () => {
    const part = "t/data.parquet";
    const table = added(reads(TABLES, part));
    await client.send(new PutObjectCommand({ Bucket: TABLES, Key: part, Body: "a row of a table", ...table }));
    expect(await read(TABLES, part, added(reads(TABLES, part)))).toBe("a row of a table");
    expect(await refusal(client.send(new GetObjectCommand({ Bucket: TABLES, Key: part })))).toBe("400 InvalidRequest");
    const others = added(reads(STORE, Key));
    expect(others.SSECustomerKey).not.toBe(table.SSECustomerKey);
    expect(await refusal(client.send(new GetObjectCommand({ Bucket: TABLES, Key: part, ...others })))).toBe(
      "403 AccessDenied",
    );
  });

  it("opens a copy's source under the source's key, and seals the copy under the target's", async () => {
    const CopySource = `${TABLES}/t/data.parquet`;
    const to = `${SPACE}/copied.parquet`;
    const request: Request = {
      method: "PUT",
      path: `/${STORE}/${to}`,
      headers: { "x-amz-copy-source": `/${CopySource}` },
    };
    await client.send(new CopyObjectCommand({ Bucket: STORE, Key: to, CopySource, ...added(request) }));
    expect(await read(STORE, to, added(reads(STORE, to)))).toBe("a row of a table");
    expect(await refusal(client.send(new GetObjectCommand({ Bucket: STORE, Key: to })))).toBe("400 InvalidRequest");
  });
});
