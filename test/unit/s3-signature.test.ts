import { describe, expect, it } from "vitest";
import { readPayload } from "../../local/scaleway/s3/payload.ts";
import {
  expectedSignature,
  readSignature,
  type SignedRequest,
  verifySignature,
} from "../../local/scaleway/s3/signature.ts";

/** Test vectors of the S3 documentation of Signature Version 4: one secret, one day, one bucket. */
const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const CREDENTIAL = "AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request";
const EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const AT = Date.parse("2013-05-24T00:00:00Z");
const host = "examplebucket.s3.amazonaws.com";

interface Vector extends SignedRequest {
  readonly what: string;
  readonly signed: string;
  readonly signature: string;
}
const vector = (
  what: string,
  [method, path, rawQuery]: [string, string, string],
  headers: Record<string, string>,
  signature: string,
): Vector => {
  const all = { host, "x-amz-content-sha256": EMPTY, "x-amz-date": "20130524T000000Z", ...headers };
  return { what, method, path, rawQuery, headers: all, signed: Object.keys(all).sort().join(";"), signature };
};
const withAuthorization = ({ signed, signature, ...request }: Vector, sent = signature): SignedRequest => ({
  ...request,
  headers: {
    ...request.headers,
    authorization: `AWS4-HMAC-SHA256 Credential=${CREDENTIAL},SignedHeaders=${signed},Signature=${sent}`,
  },
});

const GET_OBJECT = vector(
  "GET object",
  ["GET", "/test.txt", ""],
  { range: "bytes=0-9" },
  "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
);
const VECTORS = [
  GET_OBJECT,
  vector(
    "PUT object",
    ["PUT", "/test%24file.text", ""],
    {
      date: "Fri, 24 May 2013 00:00:00 GMT",
      "x-amz-storage-class": "REDUCED_REDUNDANCY",
      "x-amz-content-sha256": "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
    },
    "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
  ),
  vector(
    "GET ?lifecycle",
    ["GET", "/", "lifecycle"],
    {},
    "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
  ),
  vector(
    "GET with parameters",
    ["GET", "/", "max-keys=2&prefix=J"],
    {},
    "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
  ),
];

const signatureOf = (request: SignedRequest) => {
  const signature = readSignature(request);
  if (signature === undefined) throw new Error("no signature was read");
  return signature;
};
const verify = (request: SignedRequest, secret = SECRET, now = AT): void =>
  verifySignature(request, signatureOf(request), secret, now);

describe("header signatures", () => {
  it.each(VECTORS.map((v) => [v.what, v] as const))("%s", (_what, v) => {
    const request = withAuthorization(v);
    expect(expectedSignature(request, signatureOf(request), SECRET)).toBe(v.signature);
    expect(() => verify(request)).not.toThrow();
  });

  it("are bound to secret, method, path, query, signed headers and time", () => {
    const good = withAuthorization(GET_OBJECT);
    const wrong: readonly SignedRequest[] = [
      { ...good, method: "HEAD" },
      { ...good, path: "/test.tx" },
      { ...good, rawQuery: "versionId=1" },
      { ...good, headers: { ...good.headers, range: "bytes=0-10" } },
      withAuthorization(GET_OBJECT, "0".repeat(64)),
    ];
    for (const request of wrong) expect(() => verify(request)).toThrow(/signature we calculated/);
    expect(() => verify(good, "another secret")).toThrow(/signature we calculated/);
    expect(() => verify(good, SECRET, AT + 16 * 60_000)).toThrow(/too large/);
  });

  it("carry Scaleway's project after the access key", () => {
    const request = withAuthorization(GET_OBJECT);
    const named = {
      ...request,
      headers: {
        ...request.headers,
        authorization: request.headers.authorization?.replace(
          "EXAMPLE/",
          "EXAMPLE@11111111-1111-4111-8111-111111111111/",
        ),
      },
    };
    expect(signatureOf(named)).toMatchObject({
      accessKey: "AKIAIOSFODNN7EXAMPLE",
      projectId: "11111111-1111-4111-8111-111111111111",
      region: "us-east-1",
    });
  });

  it.each([
    ["AWS AKIA:old", /not supported/],
    ["AWS4-HMAC-SHA256 Credential=x", /malformed/],
    [`AWS4-HMAC-SHA256 Credential=${CREDENTIAL.replace("/s3/", "/iam/")},SignedHeaders=host,Signature=00`, /malformed/],
    [`AWS4-HMAC-SHA256 Credential=a@b@c/20130524/r/s3/aws4_request,SignedHeaders=host,Signature=00`, /malformed/],
  ])("refuse %s", (authorization, message) => {
    const request = withAuthorization(GET_OBJECT);
    expect(() => readSignature({ ...request, headers: { ...request.headers, authorization } })).toThrow(message);
  });
});

describe("presigned requests", () => {
  const query = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${encodeURIComponent(CREDENTIAL)}&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host`;
  const signed: SignedRequest = {
    method: "GET",
    path: "/test.txt",
    rawQuery: `${query}&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404`,
    headers: { host },
  };

  it("hold until they expire", () => {
    expect(() => verify(signed, SECRET, AT + 86_400_000)).not.toThrow();
    expect(() => verify(signed, SECRET, AT + 86_400_001)).toThrow(/expired/);
    expect(() => readSignature({ ...signed, rawQuery: signed.rawQuery.replace("86400", "604801") })).toThrow(
      /malformed/,
    );
  });
});

describe("bodies in signed chunks", () => {
  const CHUNKS: readonly [number, string][] = [
    [65_536, "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648"],
    [1024, "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497"],
    [0, "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9"],
  ];
  const upload = vector(
    "chunked PUT",
    ["PUT", "/examplebucket/chunkObject.txt", ""],
    {
      host: "s3.amazonaws.com",
      "content-encoding": "aws-chunked",
      "content-length": "66824",
      "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
      "x-amz-decoded-content-length": "66560",
      "x-amz-storage-class": "REDUCED_REDUNDANCY",
    },
    "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
  );
  const framed = (letter = "a"): Buffer =>
    Buffer.from(
      CHUNKS.map(
        ([size, signature]) => `${size.toString(16)};chunk-signature=${signature}\r\n${letter.repeat(size)}\r\n`,
      ).join(""),
    );
  const request = withAuthorization(upload);
  const read = (body: Buffer) => readPayload({ headers: request.headers, body }, signatureOf(request), SECRET);

  it("are joined when the chain of signatures holds", () => {
    expect(() => verify(request)).not.toThrow();
    expect(read(framed()).body.equals(Buffer.alloc(66_560, "a"))).toBe(true);
    expect(() => read(framed("b"))).toThrow(/signature we calculated/);
    expect(() => read(framed().subarray(0, 66_000))).toThrow(/number of bytes/);
  });
});

describe("bodies with promises", () => {
  const read = (headers: Record<string, string>, body: string) => readPayload({ headers, body: Buffer.from(body) });
  const trailer = {
    "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
    "x-amz-decoded-content-length": "9",
    "x-amz-trailer": "x-amz-checksum-crc32",
  };
  const framed = (checksum: string): string => `9\r\n123456789\r\n0\r\n${checksum}\r\n\r\n`;

  it("keep them", () => {
    const { body, checksum } = read(trailer, framed("x-amz-checksum-crc32:y/Q5Jg=="));
    expect([body.toString(), checksum]).toEqual([
      "123456789",
      { name: "crc32", value: "y/Q5Jg==", type: "FULL_OBJECT" },
    ]);
  });

  it.each([
    ["a wrong trailer", trailer, framed("x-amz-checksum-crc32:AAAAAA=="), /did not match/],
    ["no trailer", trailer, framed(""), /number of bytes/],
    [
      "another length",
      { ...trailer, "x-amz-decoded-content-length": "8" },
      framed("x-amz-checksum-crc32:y/Q5Jg=="),
      /number of bytes/,
    ],
    ["another body", { "x-amz-content-sha256": EMPTY }, "x", /x-amz-content-sha256/],
    ["another MD5", { "content-md5": "1B2M2Y8AsgTpgAmY7PhCfg==" }, "x", /did not match/],
    ["no MD5 at all", { "content-md5": "short" }, "x", /not valid/],
    ["two checksums", { "x-amz-checksum-crc32": "y/Q5Jg==", "x-amz-checksum-sha1": "x" }, "123456789", /single/],
  ])("refuse %s", (_what, headers, body, message) => {
    expect(() => read(headers, body)).toThrow(message);
  });
});
