import { ownerTree } from "./acl.ts";
import { type BucketCall, isoTime, type Reply, xml } from "./call.ts";
import { CHECKSUMS } from "./checksum.ts";
import { invalidArgument } from "./errors.ts";
import { encode } from "./query.ts";
import type { ObjectVersion, Version } from "./version-table.ts";
import type { XmlTree } from "./xml.ts";

const MAX_KEYS = 1000;

/** One page of a listing: entries and common prefixes in order, and where the next page goes on. */
interface Page<Item> {
  readonly items: readonly Item[];
  readonly prefixes: readonly string[];
  /** The last entry or common prefix of this page; undefined when nothing follows. */
  readonly next: { readonly key: string; readonly item: Item | undefined } | undefined;
}

export function listObjects(call: BucketCall): Reply {
  const { prefix, delimiter, maxKeys, text } = parameters(call);
  const marker = call.query.get("marker") ?? "";
  const page = paginate(currentObjects(call, prefix, marker), { prefix, delimiter, maxKeys, after: marker });
  return xml(
    "ListBucketResult",
    {
      Name: call.bucket.name,
      Prefix: text(prefix),
      Marker: text(marker),
      Delimiter: delimiter === "" ? undefined : text(delimiter),
      MaxKeys: maxKeys,
      EncodingType: call.query.get("encoding-type"),
      IsTruncated: page.next !== undefined,
      NextMarker: page.next && delimiter !== "" ? text(page.next.key) : undefined,
      Contents: page.items.map((version) => listedObject(version, text, call.bucket.projectId)),
      CommonPrefixes: page.prefixes.map((common) => ({ Prefix: text(common) })),
    },
    { listing: true },
  );
}

export function listObjectsV2(call: BucketCall): Reply {
  const { prefix, delimiter, maxKeys, text } = parameters(call);
  const token = call.query.get("continuation-token");
  const startAfter = call.query.get("start-after");
  const after = token === undefined ? (startAfter ?? "") : Buffer.from(token, "base64url").toString("utf8");
  const page = paginate(currentObjects(call, prefix, after), { prefix, delimiter, maxKeys, after });
  const owner = call.query.get("fetch-owner") === "true" ? call.bucket.projectId : undefined;
  return xml(
    "ListBucketResult",
    {
      Name: call.bucket.name,
      Prefix: text(prefix),
      Delimiter: delimiter === "" ? undefined : text(delimiter),
      MaxKeys: maxKeys,
      EncodingType: call.query.get("encoding-type"),
      KeyCount: page.items.length + page.prefixes.length,
      IsTruncated: page.next !== undefined,
      ContinuationToken: token,
      NextContinuationToken: page.next && Buffer.from(page.next.key).toString("base64url"),
      StartAfter: startAfter === undefined ? undefined : text(startAfter),
      Contents: page.items.map((version) => listedObject(version, text, owner)),
      CommonPrefixes: page.prefixes.map((common) => ({ Prefix: text(common) })),
    },
    { listing: true },
  );
}

export function listObjectVersions(call: BucketCall): Reply {
  const { prefix, delimiter, maxKeys, text } = parameters(call);
  const keyMarker = call.query.get("key-marker") ?? "";
  const versionMarker = call.query.get("version-id-marker") ?? "";
  const all = allVersions(call, prefix, keyMarker, versionMarker);
  const page = paginate(all, { prefix, delimiter, maxKeys, after: versionMarker === "" ? keyMarker : "" });
  const listed = (kind: Version["kind"]): readonly XmlTree[] =>
    page.items.filter((entry) => entry.kind === kind).map((entry) => listedVersion(entry, text, call.bucket.projectId));
  return xml(
    "ListVersionsResult",
    {
      Name: call.bucket.name,
      Prefix: text(prefix),
      Delimiter: delimiter === "" ? undefined : text(delimiter),
      EncodingType: call.query.get("encoding-type"),
      IsTruncated: page.next !== undefined,
      KeyMarker: text(keyMarker),
      MaxKeys: maxKeys,
      NextKeyMarker: page.next && text(page.next.key),
      NextVersionIdMarker: page.next?.item?.versionId,
      Version: listed("object"),
      DeleteMarker: listed("marker"),
      CommonPrefixes: page.prefixes.map((common) => ({ Prefix: text(common) })),
      VersionIdMarker: versionMarker,
    },
    { listing: true },
  );
}

interface Parameters {
  readonly prefix: string;
  readonly delimiter: string;
  readonly maxKeys: number;
  /** How keys are written: percent-encoded when the client asks for it. */
  readonly text: (key: string) => string;
}

function parameters(call: BucketCall): Parameters {
  const encoding = call.query.get("encoding-type");
  if (encoding !== undefined && encoding !== "url")
    throw invalidArgument("Invalid Encoding Method specified in Request", "encoding-type", encoding);
  const maxKeys = call.query.get("max-keys");
  if (maxKeys !== undefined && !/^\d{1,9}$/.test(maxKeys))
    throw invalidArgument("Provided max-keys not an integer or within integer range", "max-keys", maxKeys);
  return {
    prefix: call.query.get("prefix") ?? "",
    delimiter: call.query.get("delimiter") ?? "",
    maxKeys: Math.min(Number(maxKeys ?? MAX_KEYS), MAX_KEYS),
    text: encoding === "url" ? (key) => encode(key).replaceAll("%2F", "/") : (key) => key,
  };
}

/** The newest version of each key, where that is an object. */
function* currentObjects(call: BucketCall, prefix: string, from: string): Generator<ObjectVersion> {
  let key: string | undefined;
  for (const version of call.tables.versions.list(call.bucket.name, prefix, from)) {
    if (version.key === key) continue;
    key = version.key;
    if (version.kind === "object") yield version;
  }
}

type Listed = Version & { readonly isLatest: boolean };

/** All versions after the markers: those of the key marker itself only from the version marker on. */
function* allVersions(call: BucketCall, prefix: string, keyMarker: string, versionMarker: string): Generator<Listed> {
  let key: string | undefined;
  let isPast = versionMarker === "";
  for (const version of call.tables.versions.list(call.bucket.name, prefix, keyMarker)) {
    const isLatest = version.key !== key;
    key = version.key;
    if (isPast || version.key !== keyMarker) yield { ...version, isLatest };
    if (version.versionId === versionMarker) isPast = true;
  }
}

interface Pagination {
  readonly prefix: string;
  readonly delimiter: string;
  readonly maxKeys: number;
  /** Entries up to and including this key, or under this common prefix, were on earlier pages. "" for none. */
  readonly after: string;
}

/** Rolls keys up under their delimiter and cuts at `maxKeys` entries and prefixes together. */
export function paginate<Item extends { readonly key: string }>(all: Iterable<Item>, options: Pagination): Page<Item> {
  const { prefix, delimiter, maxKeys, after } = options;
  const items: Item[] = [];
  const prefixes: string[] = [];
  let last: { key: string; item: Item | undefined } | undefined;
  for (const item of all) {
    const end = delimiter === "" ? -1 : item.key.indexOf(delimiter, prefix.length);
    const common = end < 0 ? undefined : item.key.slice(0, end + delimiter.length);
    if (after !== "" && (item.key === after || common === after)) continue;
    if (common !== undefined && common === prefixes.at(-1)) continue;
    if (items.length + prefixes.length >= maxKeys) return { items, prefixes, next: maxKeys === 0 ? undefined : last };
    if (common === undefined) items.push(item);
    else prefixes.push(common);
    last = common === undefined ? { key: item.key, item } : { key: common, item: undefined };
  }
  return { items, prefixes, next: undefined };
}

const listedObject = (version: ObjectVersion, text: (key: string) => string, ownerId: string | undefined): XmlTree => ({
  Key: text(version.key),
  LastModified: isoTime(version.modifiedAt),
  ETag: `"${version.etag}"`,
  Size: version.size,
  Owner: ownerId === undefined ? undefined : ownerTree(ownerId),
  StorageClass: version.storageClass,
  ChecksumAlgorithm: version.checksum && CHECKSUMS[version.checksum.name].algorithm,
  ChecksumType: version.checksum?.type,
});

/** Element order as in the recordings. */
const listedVersion = (version: Listed, text: (key: string) => string, ownerId: string): XmlTree => ({
  ETag: version.kind === "object" ? `"${version.etag}"` : undefined,
  IsLatest: version.isLatest,
  Key: text(version.key),
  LastModified: isoTime(version.modifiedAt),
  Owner: ownerTree(ownerId),
  Size: version.kind === "object" ? version.size : undefined,
  StorageClass: version.kind === "object" ? version.storageClass : undefined,
  VersionId: version.versionId,
  ChecksumAlgorithm:
    version.kind === "object" && version.checksum ? CHECKSUMS[version.checksum.name].algorithm : undefined,
});
