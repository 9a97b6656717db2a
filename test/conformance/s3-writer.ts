import { createHash } from "node:crypto";
import { openClock } from "../../local/scaleway/core/clock.ts";
import { openIds } from "../../local/scaleway/core/ids.ts";
import { makePlatform, PUBLIC_REGIONS } from "../../local/scaleway/core/platform.ts";
import { openStore } from "../../local/scaleway/core/store.ts";
import { createObjectStorage } from "../../local/scaleway/s3/object-storage.ts";
import { expectedSignature, readSignature } from "../../local/scaleway/s3/signature.ts";

/**
 * A process to be killed: it writes versions of a few keys without end, each of several chunks, and tells on standard output
 * what it was promised. Argument: the store's folder.
 */
const [, , dataDir] = process.argv;
const ID = "11111111-1111-4111-8111-111111111111";
const store = openStore(dataDir);
const platform = makePlatform({
  store,
  clock: openClock(store),
  ids: openIds(store),
  regions: PUBLIC_REGIONS,
  organizationId: ID,
  defaultProjectId: ID,
});
const storage = createObjectStorage({
  platform,
  keyManager: { wrap: () => undefined, unwrap: () => undefined },
  permissionSets: () => new Set(["AllProductsFullAccess"]),
  callerFor: (accessKey) => ({ accessKey, secretKey: "s", kind: "user", id: ID, defaultProjectId: ID, isOwner: false }),
});

async function send(method: string, path: string, rawQuery: string, text: string, more: Record<string, string> = {}) {
  const timestamp = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const authorization = (signature: string): string =>
    `AWS4-HMAC-SHA256 Credential=SCW/${timestamp.slice(0, 8)}/fr-par/s3/aws4_request,SignedHeaders=host,Signature=${signature}`;
  const headers = { host: "h", "x-amz-date": timestamp, "x-amz-content-sha256": "UNSIGNED-PAYLOAD", ...more };
  const unsigned = { method, path, rawQuery, headers: { ...headers, authorization: authorization("0".repeat(64)) } };
  const signature = readSignature(unsigned);
  if (signature === undefined) throw new Error("no signature");
  return storage.answer({
    ...unsigned,
    host: "s3.fr-par.scw.cloud",
    headers: { ...headers, authorization: authorization(expectedSignature(unsigned, signature, "s")) },
    body: Buffer.from(text),
    sourceIp: "127.0.0.1",
  });
}

await send("PUT", "/survivor", "", "", { "x-amz-bucket-object-lock-enabled": "true" });
for (let n = 0; ; n++) {
  const text = `${n} `.repeat(400_000);
  const { status, headers } = await send("PUT", `/survivor/key-${n % 3}`, "", text);
  const version = headers["x-amz-version-id"];
  process.stdout.write(`${status} key-${n % 3} ${version} ${createHash("md5").update(text).digest("hex")}\n`);
  if (n % 4 === 3) await send("DELETE", `/survivor/key-${n % 3}`, `versionId=${version}`, "");
  if (n % 4 === 3) process.stdout.write(`gone key-${n % 3} ${version} -\n`);
}
