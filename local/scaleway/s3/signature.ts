import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { S3Error } from "./errors.ts";
import { canonicalQuery, encodePath, parseQuery } from "./query.ts";

/**
 * AWS Signature Version 4 as S3 uses it: header form and presigned form. A client's credential is
 * `<access key>[@<project id>]/<yyyymmdd>/<region>/s3/aws4_request`; the project part is Scaleway's own and chooses the
 * project that the call acts in (`scaleway.md` §5).
 */
export interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly rawQuery: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

export interface Signature {
  readonly form: "header" | "presigned";
  readonly accessKey: string;
  /** Given after `@` in the credential. */
  readonly projectId: string | undefined;
  readonly scope: string;
  readonly region: string;
  readonly day: string;
  /** `yyyymmddThhmmssZ`. */
  readonly timestamp: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** Hex digest of the body, `UNSIGNED-PAYLOAD` or one of the `STREAMING-…` words. */
  readonly payload: string;
  /** Presigned form only: seconds of validity after `timestamp`. */
  readonly expiresIn: number | undefined;
}

const ALGORITHM = "AWS4-HMAC-SHA256";
const MAX_SKEW_MS = 15 * 60_000;
const MAX_PRESIGNED_SECONDS = 7 * 24 * 3600;

export const sha256 = (data: string | Uint8Array): string => createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Uint8Array, data: string): Buffer => createHmac("sha256", key).update(data).digest();

/** The signature a request carries, undefined for an anonymous one. Malformed ones are refused. */
export function readSignature(request: SignedRequest): Signature | undefined {
  const query = parseQuery(request.rawQuery);
  const authorization = request.headers.authorization;
  if (authorization !== undefined) return fromHeader(authorization, request);
  if (query.has("X-Amz-Algorithm") || query.has("X-Amz-Signature")) return fromQuery(query);
  return undefined;
}

function fromHeader(authorization: string, request: SignedRequest): Signature {
  if (!authorization.startsWith(`${ALGORITHM} `)) {
    throw new S3Error("InvalidRequest", {
      message: "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.",
    });
  }
  const fields = new Map(
    authorization
      .slice(ALGORITHM.length)
      .split(",")
      .map((field) => field.trim())
      .map((field) => [field.slice(0, field.indexOf("=")), field.slice(field.indexOf("=") + 1)] as const),
  );
  const credential = fields.get("Credential");
  const signedHeaders = fields.get("SignedHeaders");
  const signature = fields.get("Signature");
  const timestamp = request.headers["x-amz-date"];
  const payload = request.headers["x-amz-content-sha256"];
  if (!credential || !signedHeaders || !signature) throw new S3Error("AuthorizationHeaderMalformed");
  if (timestamp === undefined) throw new S3Error("AccessDenied", { message: "x-amz-date header is required." });
  if (payload === undefined) {
    throw new S3Error("InvalidRequest", { message: "Missing required header for this request: x-amz-content-sha256" });
  }
  return {
    form: "header",
    ...parseCredential(credential, "AuthorizationHeaderMalformed"),
    timestamp,
    signedHeaders: signedHeaders.split(";"),
    signature,
    payload,
    expiresIn: undefined,
  };
}

function fromQuery(query: ReadonlyMap<string, string>): Signature {
  const credential = query.get("X-Amz-Credential");
  const timestamp = query.get("X-Amz-Date");
  const signedHeaders = query.get("X-Amz-SignedHeaders");
  const signature = query.get("X-Amz-Signature");
  const expiresIn = Number(query.get("X-Amz-Expires"));
  const isComplete =
    query.get("X-Amz-Algorithm") === ALGORITHM && credential && timestamp && signedHeaders && signature;
  if (!isComplete || !Number.isInteger(expiresIn) || expiresIn < 1 || expiresIn > MAX_PRESIGNED_SECONDS) {
    throw new S3Error("AuthorizationQueryParametersError");
  }
  return {
    form: "presigned",
    ...parseCredential(credential, "AuthorizationQueryParametersError"),
    timestamp,
    signedHeaders: signedHeaders.split(";"),
    signature,
    payload: query.get("X-Amz-Content-Sha256") ?? "UNSIGNED-PAYLOAD",
    expiresIn,
  };
}

function parseCredential(
  credential: string,
  fault: "AuthorizationHeaderMalformed" | "AuthorizationQueryParametersError",
): Pick<Signature, "accessKey" | "projectId" | "scope" | "region" | "day"> {
  const [who, day, region, service, end, ...rest] = credential.split("/");
  const [accessKey, projectId, ...more] = (who ?? "").split("@");
  const isWhole = accessKey && day && region && service === "s3" && end === "aws4_request";
  if (!isWhole || rest.length > 0 || more.length > 0) throw new S3Error(fault);
  return { accessKey, projectId, scope: `${day}/${region}/s3/aws4_request`, region, day };
}

/** The key that signs everything of one day, region and service. */
export const signingKey = (secret: string, day: string, region: string): Buffer =>
  hmac(hmac(hmac(hmac(`AWS4${secret}`, day), region), "s3"), "aws4_request");

export function canonicalRequest(request: SignedRequest, signature: Signature): string {
  const headers = signature.signedHeaders.map((name) => `${name}:${canonicalHeader(request.headers[name])}\n`).join("");
  return [
    request.method,
    encodePath(request.path),
    canonicalQuery(request.rawQuery, signature.form === "presigned" ? "X-Amz-Signature" : undefined),
    headers,
    signature.signedHeaders.join(";"),
    signature.payload,
  ].join("\n");
}

const canonicalHeader = (value: string | undefined): string => (value ?? "").trim().replace(/ +/g, " ");

export const stringToSign = (signature: Signature, canonical: string): string =>
  [ALGORITHM, signature.timestamp, signature.scope, sha256(canonical)].join("\n");

/** The signature this request must carry under `secret`. */
export const expectedSignature = (request: SignedRequest, signature: Signature, secret: string): string =>
  hmac(
    signingKey(secret, signature.day, signature.region),
    stringToSign(signature, canonicalRequest(request, signature)),
  ).toString("hex");

/**
 * Refuses a request whose signature is wrong, stale or expired.
 * `wallNow` is the real time in milliseconds, also under a manual clock: clients stamp their requests by the real one.
 */
export function verifySignature(request: SignedRequest, signature: Signature, secret: string, wallNow: number): void {
  const signedAt = parseTimestamp(signature);
  if (signature.expiresIn !== undefined && wallNow > signedAt + signature.expiresIn * 1000) {
    throw new S3Error("AccessDenied", { message: "Request has expired" });
  }
  if (signature.expiresIn === undefined && Math.abs(wallNow - signedAt) > MAX_SKEW_MS) {
    throw new S3Error("RequestTimeTooSkewed");
  }
  if (!signature.signedHeaders.includes("host")) throw new S3Error("SignatureDoesNotMatch");
  if (!sameText(expectedSignature(request, signature, secret), signature.signature)) {
    throw new S3Error("SignatureDoesNotMatch");
  }
}

export function sameText(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

function parseTimestamp(signature: Signature): number {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(signature.timestamp);
  if (match === null || !signature.timestamp.startsWith(signature.day)) {
    throw new S3Error("AccessDenied", { message: "Invalid date in the request's signature." });
  }
  const [, year, month, day, hour, minute, second] = match;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
