import { randomBytes } from "node:crypto";
import type { Caller } from "../core/platform.ts";
import type { WireRequest, WireService } from "../core/wire.ts";
import { authorize } from "./access.ts";
import { type Address, readAddress, regionOfHost, resourceOf } from "./address.ts";
import { Bodies } from "./body.ts";
import { createBucket, listBuckets } from "./bucket.ts";
import { type Bucket, Buckets } from "./bucket-table.ts";
import { type Call, empty, type Reply, type Tables, type Who } from "./call.ts";
import { corsHeaders, preflight } from "./cors.ts";
import { DataKeys } from "./data-keys.ts";
import { prepareTables } from "./database.ts";
import type { ObjectStorageDeps } from "./deps.ts";
import { errorDocument, S3Error } from "./errors.ts";
import { perform } from "./handlers.ts";
import { readPayload } from "./payload.ts";
import { parseQuery } from "./query.ts";
import { route } from "./router.ts";
import { readSignature, type Signature, verifySignature } from "./signature.ts";
import { Uploads } from "./upload-table.ts";
import { Versions } from "./version-table.ts";

/**
 * Object storage, for the hosts `s3.<region>.scw.cloud` and `<bucket>.s3.<region>.scw.cloud`. Makes its tables if they are
 * not there. Every refusal is an answer; only a fault of ours is thrown, and then nothing was changed.
 *
 * Unlike the real one: lifecycle rules are kept but not carried out, a GLACIER object is restored at once, websites are
 * configured but not served, and browser form uploads (`POST` of an object) answer NotImplemented.
 */
export function createObjectStorage(deps: ObjectStorageDeps): WireService {
  const { store, clock, regions } = deps.platform;
  const { database } = store;
  prepareTables(database);
  const tables: Tables = {
    buckets: new Buckets(database),
    versions: new Versions(database),
    uploads: new Uploads(database),
    bodies: new Bodies(database),
    dataKeys: new DataKeys(database, deps.keyManager),
  };
  return {
    serves: (host) => regions.some(({ name }) => name === regionOfHost(host)),
    answer: (request) => {
      const requestId = newRequestId(clock.now());
      const reply = answer(request, deps, tables, requestId);
      return { ...reply, headers: { ...reply.headers, "x-amz-id-2": requestId, "x-amz-request-id": requestId } };
    },
  };
}

/** As the recordings have them: `txg`, twenty hex digits, the second in hex. */
const newRequestId = (now: number): string =>
  `txg${randomBytes(10).toString("hex")}-${Math.floor(now / 1000)
    .toString(16)
    .padStart(10, "0")}`;

function answer(request: WireRequest, deps: ObjectStorageDeps, tables: Tables, requestId: string): Reply {
  let resource = request.path;
  try {
    const address = readAddress(request.host, request.path);
    resource = resourceOf(address);
    return deps.platform.store.transaction(() => serve(request, address, deps, tables));
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    return refusal(error, resource, requestId, request.method);
  }
}

function refusal(error: S3Error, resource: string, requestId: string, method: string): Reply {
  const hasBody = method !== "HEAD" && error.status !== 304;
  return {
    status: error.status,
    headers: { "content-type": "application/xml", ...error.detail.headers },
    body: hasBody ? Buffer.from(errorDocument(error, resource, requestId)) : Buffer.alloc(0),
  };
}

function serve(request: WireRequest, address: Address, deps: ObjectStorageDeps, tables: Tables): Reply {
  const bucket = address.bucket === undefined ? undefined : findBucket(tables, address.bucket, address.region);
  if (request.method === "OPTIONS") return empty(200, preflight(existing(bucket), request.headers));
  const call = readCall(request, address, deps, tables);
  if (call.operation === "ListBuckets") return listBuckets(call);
  if (call.operation === "CreateBucket") return createBucket(call, address.bucket ?? "", deps.bucketQuota?.());
  const found = existing(bucket);
  checkExpectedOwner(call, found);
  // DeleteObjects is allowed or refused key by key.
  if (call.operation !== "DeleteObjects") authorize(call, { bucket: found, key: address.key });
  const reply = perform({ ...call, bucket: found });
  return { ...reply, headers: { ...reply.headers, ...corsHeaders(found, request.method, request.headers) } };
}

/** A bucket is only found at its own region's endpoint (recordings: `NoSuchBucket` from any other). */
function findBucket(tables: Tables, name: string, region: string): Bucket | undefined {
  const bucket = tables.buckets.find(name);
  return bucket?.region === region ? bucket : undefined;
}

function existing(bucket: Bucket | undefined): Bucket {
  if (bucket === undefined) throw new S3Error("NoSuchBucket");
  return bucket;
}

function readCall(request: WireRequest, address: Address, deps: ObjectStorageDeps, tables: Tables): Call {
  const signature = readSignature(request);
  const caller = signature === undefined ? undefined : authenticate(request, signature, address.region, deps);
  const query = parseQuery(request.rawQuery);
  return {
    operation: route({ address, method: request.method, query, headers: request.headers }),
    address,
    query,
    headers: request.headers,
    payload: readPayload(request, signature, caller?.secretKey),
    who: whoIs(request, caller, signature, deps),
    now: deps.platform.clock.now(),
    tables,
    ids: deps.platform.ids,
  };
}

function authenticate(request: WireRequest, signature: Signature, region: string, deps: ObjectStorageDeps): Caller {
  const caller = deps.callerFor(signature.accessKey);
  if (caller === undefined) throw new S3Error("InvalidAccessKeyId");
  if (signature.region !== region) {
    throw new S3Error("AuthorizationHeaderMalformed", {
      message: `The authorization header is malformed; the region '${signature.region}' is wrong; expecting '${region}'`,
      elements: { Region: region },
    });
  }
  verifySignature(request, signature, caller.secretKey, (deps.wallNow ?? Date.now)());
  return caller;
}

function whoIs(
  { sourceIp, headers }: WireRequest,
  caller: Caller | undefined,
  signature: Signature | undefined,
  deps: ObjectStorageDeps,
): Who {
  const from = { ip: sourceIp, userAgent: headers["user-agent"] ?? "" };
  if (caller === undefined) return { caller, projectId: undefined, permissionSets: new Set(), from };
  const projectId = signature?.projectId ?? caller.defaultProjectId;
  return { caller, projectId, permissionSets: deps.permissionSets(caller, projectId, from), from };
}

function checkExpectedOwner(call: Call, bucket: Bucket): void {
  const expected = call.headers["x-amz-expected-bucket-owner"];
  if (expected !== undefined && expected.split(":")[0] !== bucket.projectId) throw new S3Error("AccessDenied");
}
