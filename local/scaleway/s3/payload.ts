import { createHash, createHmac } from "node:crypto";
import { CHECKSUMS, type Checksum, type ChecksumName, checksumNamed, checksumOf, isChecksumName } from "./checksum.ts";
import { S3Error } from "./errors.ts";
import { type Signature, sameText, sha256, signingKey } from "./signature.ts";

/**
 * What a request's body really is: `aws-chunked` framing removed, and every promise about it held to account (the signed
 * digest, chunk signatures, Content-MD5, checksums in headers or trailers).
 */
export interface Payload {
  readonly body: Buffer;
  /** The checksum the client sent, verified; undefined when it sent none. */
  readonly checksum: Checksum | undefined;
}

export interface PayloadRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

const EMPTY_SHA256 = sha256("");

/** Reads and verifies the body. `secret` and `signature` are undefined for an anonymous request. */
export function readPayload(request: PayloadRequest, signature?: Signature, secret?: string): Payload {
  const declared = request.headers["x-amz-content-sha256"] ?? signature?.payload ?? "UNSIGNED-PAYLOAD";
  const { body, trailers } = declared.startsWith("STREAMING-")
    ? readChunks(request, declared, signature, secret)
    : { body: request.body, trailers: new Map<string, string>() };
  if (/^[0-9a-f]{64}$/.test(declared) && declared !== sha256(body)) throw new S3Error("XAmzContentSHA256Mismatch");
  verifyMd5(request.headers["content-md5"], body);
  return { body, checksum: verifyChecksum(request.headers, trailers, body) };
}

function verifyMd5(header: string | undefined, body: Buffer): void {
  if (header === undefined) return;
  if (Buffer.from(header, "base64").length !== 16) throw new S3Error("InvalidDigest");
  if (createHash("md5").update(body).digest("base64") !== header) throw new S3Error("BadDigest");
}

function verifyChecksum(
  headers: PayloadRequest["headers"],
  trailers: ReadonlyMap<string, string>,
  body: Buffer,
): Checksum | undefined {
  const sent = Object.keys(CHECKSUMS)
    .filter(isChecksumName)
    .map((name) => [name, trailers.get(`x-amz-checksum-${name}`) ?? headers[`x-amz-checksum-${name}`]] as const)
    .filter((pair): pair is readonly [ChecksumName, string] => pair[1] !== undefined);
  if (sent.length > 1) {
    throw new S3Error("InvalidRequest", {
      message: "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.",
    });
  }
  const [first] = sent;
  if (first === undefined) return undefined;
  const [name, value] = first;
  const algorithm = headers["x-amz-sdk-checksum-algorithm"];
  if (algorithm !== undefined && checksumNamed(algorithm) !== name) {
    throw new S3Error("InvalidRequest", { message: "Value for x-amz-sdk-checksum-algorithm header is invalid." });
  }
  if (checksumOf(name, body) !== value) {
    throw new S3Error("BadDigest", {
      message: `The ${CHECKSUMS[name].algorithm} you specified did not match the calculated checksum.`,
    });
  }
  return { name, value, type: "FULL_OBJECT" };
}

interface Chunked {
  readonly body: Buffer;
  readonly trailers: ReadonlyMap<string, string>;
}

/** `aws-chunked`: `<hex size>[;chunk-signature=…]CRLF<data>CRLF`… a chunk of size 0, then trailers. */
function readChunks(request: PayloadRequest, mode: string, signature?: Signature, secret?: string): Chunked {
  const isSigned = mode.startsWith("STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
  const signer =
    isSigned && signature !== undefined && secret !== undefined ? new ChunkSigner(signature, secret) : undefined;
  if (isSigned && signer === undefined) throw new S3Error("AccessDenied");
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = request.body.indexOf("\r\n", at);
    if (lineEnd < 0) throw new S3Error("IncompleteBody");
    const header = request.body.toString("latin1", at, lineEnd);
    const size = /^([0-9a-fA-F]{1,10})(;.*)?$/.exec(header)?.[1];
    if (size === undefined) throw new S3Error("InvalidRequest", { message: "The chunked body is malformed." });
    const start = lineEnd + 2;
    const end = start + Number.parseInt(size, 16);
    if (end > request.body.length) throw new S3Error("IncompleteBody");
    const data = request.body.subarray(start, end);
    signer?.verify(data, /;chunk-signature=([0-9a-f]{64})/.exec(header)?.[1]);
    if (data.length === 0) return finish(request, mode, parts, start, signer);
    parts.push(data);
    at = end + 2;
  }
}

function finish(
  request: PayloadRequest,
  mode: string,
  parts: readonly Buffer[],
  at: number,
  signer?: ChunkSigner,
): Chunked {
  const body = Buffer.concat(parts);
  const length = request.headers["x-amz-decoded-content-length"];
  if (length === undefined) throw new S3Error("MissingContentLength");
  if (Number(length) !== body.length) throw new S3Error("IncompleteBody");
  const lines = request.body
    .toString("utf8", at)
    .split("\r\n")
    .filter((line) => line.includes(":"));
  const trailers = new Map(
    lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]),
  );
  if (mode.endsWith("-TRAILER")) signer?.verifyTrailer(lines, trailers.get("x-amz-trailer-signature"));
  const promised = request.headers["x-amz-trailer"]?.toLowerCase();
  if (promised !== undefined && !trailers.has(promised)) throw new S3Error("IncompleteBody");
  return { body, trailers };
}

/** The chain of chunk signatures: each signs its predecessor, starting from the request's own. */
class ChunkSigner {
  readonly #key: Buffer;
  readonly #signature: Signature;
  #previous: string;

  constructor(signature: Signature, secret: string) {
    this.#key = signingKey(secret, signature.day, signature.region);
    this.#signature = signature;
    this.#previous = signature.signature;
  }

  verify(data: Uint8Array, sent: string | undefined): void {
    this.#advance("AWS4-HMAC-SHA256-PAYLOAD", [EMPTY_SHA256, sha256(data)], sent);
  }

  verifyTrailer(lines: readonly string[], sent: string | undefined): void {
    const canonical = lines
      .filter((line) => !line.toLowerCase().startsWith("x-amz-trailer-signature:"))
      .map((line) => `${line.slice(0, line.indexOf(":")).toLowerCase()}:${line.slice(line.indexOf(":") + 1).trim()}\n`);
    this.#advance("AWS4-HMAC-SHA256-TRAILER", [sha256(canonical.join(""))], sent);
  }

  #advance(algorithm: string, digests: readonly string[], sent: string | undefined): void {
    const { timestamp, scope } = this.#signature;
    const text = [algorithm, timestamp, scope, this.#previous, ...digests].join("\n");
    const expected = createHmac("sha256", this.#key).update(text).digest("hex");
    if (sent === undefined || !sameText(expected, sent)) throw new S3Error("SignatureDoesNotMatch");
    this.#previous = expected;
  }
}
