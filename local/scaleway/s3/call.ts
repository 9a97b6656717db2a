import type { Ids } from "../core/ids.ts";
import type { Caller } from "../core/platform.ts";
import type { Address } from "./address.ts";
import type { Bodies } from "./body.ts";
import type { Bucket, Buckets } from "./bucket-table.ts";
import type { DataKeys, KeyHolder } from "./data-keys.ts";
import type { Origin } from "./deps.ts";
import type { Payload } from "./payload.ts";
import type { Query } from "./query.ts";
import type { OperationName } from "./router.ts";
import type { Uploads } from "./upload-table.ts";
import type { Versions } from "./version-table.ts";
import { toXml, type XmlTree } from "./xml.ts";

/** Everything an operation reads: one authenticated request, and the tables. */
export interface Call {
  readonly operation: OperationName;
  readonly address: Address;
  readonly query: Query;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly payload: Payload;
  readonly who: Who;
  /** Milliseconds, by the platform's clock. */
  readonly now: number;
  readonly tables: Tables;
  readonly ids: Ids;
}

export interface BucketCall extends Call {
  readonly bucket: Bucket;
}

export interface ObjectCall extends BucketCall {
  readonly key: string;
}

/** The caller with the project it acts in; undefined members for an anonymous one. */
export interface Who {
  readonly caller: Caller | undefined;
  readonly projectId: string | undefined;
  /** IAM permission sets held in that project. */
  readonly permissionSets: ReadonlySet<string>;
  readonly from: Origin;
}

export interface Tables {
  readonly buckets: Buckets;
  readonly versions: Versions;
  readonly uploads: Uploads;
  readonly bodies: Bodies;
  readonly dataKeys: DataKeys;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const NOTHING = Buffer.alloc(0);

export const empty = (status: number, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers,
  body: NOTHING,
});

/** A document; listings come as `application/xml`, the rest as `text/xml` (recordings). */
export const xml = (
  root: string,
  content: XmlTree,
  options: { listing?: boolean; namespace?: boolean; headers?: Readonly<Record<string, string>> } = {},
): Reply => ({
  status: 200,
  headers: {
    "content-type": options.listing === true ? "application/xml" : "text/xml; charset=utf-8",
    ...options.headers,
  },
  body: Buffer.from(toXml(root, content, { namespace: options.namespace ?? true })),
});

export const holderOf = (call: BucketCall): KeyHolder => ({
  region: call.bucket.region,
  caller: call.who.caller,
  from: call.who.from,
});

/** A time as documents have it: whole seconds, written with three zeros (recordings). */
export const isoTime = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}.000Z`;
