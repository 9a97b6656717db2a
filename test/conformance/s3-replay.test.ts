import { describe, expect, it } from "vitest";
import { type Interaction, type Recording, recordingsOf } from "../../local/scaleway/conformance/replay/recordings.ts";
import { openClock } from "../../local/scaleway/core/clock.ts";
import { openIds } from "../../local/scaleway/core/ids.ts";
import { type Caller, makePlatform, PUBLIC_REGIONS } from "../../local/scaleway/core/platform.ts";
import { openStore } from "../../local/scaleway/core/store.ts";
import type { WireRequest, WireResponse, WireService } from "../../local/scaleway/core/wire.ts";
import { createObjectStorage } from "../../local/scaleway/s3/object-storage.ts";
import { expectedSignature, readSignature } from "../../local/scaleway/s3/signature.ts";

/**
 * Every S3 request that the provider recorded, sent again in order to an empty object storage: status, error, document and
 * the set of headers must be the recorded ones. Values that are new each time (ids, times, version ids) are not compared.
 */
const STRANGER = "99999999-9999-4999-8999-999999999999";
const SECRET = "replayed";

/** What the real platform itself changed while the recordings were made; the newest form is ours. Each must still occur. */
const AGE: readonly { readonly before: string; readonly what: string; readonly hide: (text: string) => string }[] = [
  {
    before: "2025-06",
    what: "no checksum type",
    hide: (text) => text.replace(/<ChecksumType>\w*<\/ChecksumType>|x-amz-checksum-type /g, ""),
  },
  {
    before: "2025-06",
    what: "versioning with a namespace",
    hide: (text) => text.replace(/(<VersioningConfiguration) xmlns="[^"]+"/, "$1"),
  },
  { before: "2025-06", what: "aws-chunked kept as an encoding", hide: (text) => text.replace("content-encoding ", "") },
];

const recordings = recordingsOf("object");
const aged = new Set<string>();
let replayed = 0;

describe.each(recordings.map((recording) => [recording.name, recording] as const))("%s", (_name, recording) => {
  it("is answered as recorded", async () => {
    const storage = emptyStorage();
    const owners = ownersIn(recording);
    const versions = new Map<string, string>();
    for (const interaction of recording.interactions.filter(isS3)) {
      const request = signed(interaction, owners.get(interaction.request.url.host) ?? STRANGER, versions);
      const answer = await storage.answer(request);
      learnVersions(interaction, answer, versions);
      const what = `${request.method} ${interaction.request.url.pathname}${interaction.request.url.search}`;
      expect({ what, ...shapeOf(ours(answer), interaction) }).toEqual({
        what,
        ...shapeOf(interaction.response, interaction),
      });
      replayed++;
    }
  });
});

it("replays the whole of the recorded traffic, and no excuse is out of date", () => {
  expect(replayed).toBeGreaterThan(2400);
  expect([...aged].sort()).toEqual(AGE.map(({ what }) => what).sort());
});

const isS3 = ({ request }: Interaction): boolean => /(^|\.)s3\.[a-z-]+\.scw\.cloud$/.test(request.url.host);

function emptyStorage(): WireService {
  const store = openStore(undefined);
  const platform = makePlatform({
    store,
    clock: openClock(store),
    ids: openIds(store),
    regions: PUBLIC_REGIONS,
    organizationId: STRANGER,
    defaultProjectId: STRANGER,
  });
  const callerFor = (accessKey: string): Caller => ({
    accessKey,
    secretKey: SECRET,
    kind: "application",
    id: STRANGER,
    defaultProjectId: STRANGER,
    isOwner: false,
  });
  const permissionSets = (): ReadonlySet<string> => new Set(["AllProductsFullAccess"]);
  const keyManager = { wrap: () => undefined, unwrap: () => undefined };
  return createObjectStorage({ platform, callerFor, permissionSets, keyManager });
}

/** The project that owns each host's bucket, as some answer of the recording tells. */
function ownersIn(recording: Recording): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const { request, response } of recording.interactions) {
    const owner = /<Owner><DisplayName>([0-9a-f-]{36}):/.exec(response.body.toString())?.[1];
    if (owner !== undefined && !owners.has(request.url.host)) owners.set(request.url.host, owner);
  }
  return owners;
}

/** The request, signed anew; one that was forbidden is signed for another project. */
function signed({ request, response }: Interaction, owner: string, versions: ReadonlyMap<string, string>): WireRequest {
  const project = response.code === 403 ? STRANGER : owner;
  const { host, pathname, search } = request.url;
  const timestamp = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const region = /s3\.([a-z-]+)\.scw/.exec(host)?.[1];
  const credential = `SCW@${project}/${timestamp.slice(0, 8)}/${region}/s3/aws4_request`;
  const authorization = (signature: string): string =>
    `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=${signature}`;
  const unsigned: WireRequest = {
    method: request.method,
    host,
    path: pathname,
    rawQuery: search.slice(1).replace(/(?<=versionId=)\d+/, (id) => versions.get(id) ?? id),
    headers: { ...request.headers, host, "x-amz-date": timestamp, authorization: authorization("0".repeat(64)) },
    body: request.body,
    sourceIp: "127.0.0.1",
  };
  const signature = readSignature(unsigned);
  if (signature === undefined) throw new Error("the request carries no signature");
  return {
    ...unsigned,
    headers: { ...unsigned.headers, authorization: authorization(expectedSignature(unsigned, signature, SECRET)) },
  };
}

/** Pairs the recording's version ids with ours, listing by listing. */
function learnVersions(recorded: Interaction, answer: WireResponse, versions: Map<string, string>): void {
  const idsIn = (text: string): readonly string[] =>
    [...text.matchAll(/<VersionId>(\d+)/g)].map((match) => match[1] ?? "");
  const mine = idsIn(answer.body.toString());
  for (const [i, id] of idsIn(recorded.response.body.toString()).entries()) versions.set(id, mine[i] ?? id);
}

const ours = ({ status, headers, body }: WireResponse): Interaction["response"] => ({
  code: status,
  headers: { ...headers },
  body: Buffer.from(body),
});

/** What must agree: values that a client chose or that mean something, and only the names of the rest. */
function shapeOf(response: Interaction["response"], { request, response: recorded }: Interaction): object {
  const { headers } = response;
  const text = headers["content-type"]?.includes("octet-stream") ? "" : response.body.toString();
  const isPolicy = request.url.searchParams.has("policy") && response.code === 200;
  const [, code, message] = /<Code>(\w+)<\/Code><Message>([^<]*)/.exec(text) ?? [];
  const names = Object.keys(headers).filter((name) => !["date", "content-length", "etag"].includes(name));
  return {
    status: response.code,
    error: [code, message],
    document: isPolicy ? text : ofAge(text.replace(/>[^<]*</g, "><"), recorded),
    headers: ofAge(names.toSorted().join(" "), recorded),
    values: [
      "content-type",
      "location",
      "x-amz-bucket-region",
      "x-amz-checksum-crc32",
      "x-amz-storage-class",
      "x-amz-tagging-count",
    ].map((name) => headers[name]),
    etag: request.method === "PUT" || request.method === "HEAD" ? headers.etag : undefined,
  };
}

function ofAge(text: string, recorded: Interaction["response"]): string {
  const day = new Date(recorded.headers.date ?? 0).toISOString();
  return AGE.filter(({ before }) => day < before).reduce((kept, { what, hide }) => {
    const hidden = hide(kept);
    if (hidden !== kept) aged.add(what);
    return hidden;
  }, text);
}
