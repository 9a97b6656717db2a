import type { BucketArgs, BucketLockConfigurationArgs, ItemArgs } from "@pulumiverse/scaleway/object/index.js";
import { type Known, known, mapKnown } from "../../../kernel/known.ts";
import type { Reader } from "../reader.ts";
import { type Decoder, decoder } from "./decoder.ts";

/** A member of an optional object: absent when the object is, unknown when it is. */
const inside = <A extends object, T>(
  object: Known<Reader<A> | undefined>,
  read: (inner: Reader<A>) => Known<T | undefined>,
): Known<T | undefined> =>
  object.known ? (object.value === undefined ? known(undefined) : read(object.value)) : object;

const YEAR = 365;

export const retentionDecoders: readonly Decoder[] = [
  decoder<ItemArgs>("scaleway:object/item:Item", (read, { urn }) => [
    {
      kind: "object-encryption",
      urn,
      bucket: read.ref("bucket"),
      customerKey: { property: "sseCustomerKey", value: read.present("sseCustomerKey") },
      marker: {
        property: "metadata.customer-encryption",
        value: mapKnown(read.map("metadata"), (map) => map["customer-encryption"]),
      },
    },
  ]),

  decoder<BucketArgs>("scaleway:object/bucket:Bucket", (read, { urn }) => [
    {
      kind: "bucket-versions",
      urn,
      versioning: {
        property: "versioning.enabled",
        value: inside(read.object("versioning"), (versioning) => versioning.flag("enabled")),
      },
      lockable: { property: "objectLockEnabled", value: read.flag("objectLockEnabled") },
    },
  ]),

  decoder<BucketLockConfigurationArgs>(
    "scaleway:object/bucketLockConfiguration:BucketLockConfiguration",
    (read, { urn }) => {
      const retention = inside(read.object("rule"), (rule) => rule.object("defaultRetention"));
      const days = inside(retention, (it) => it.count("days"));
      const years = inside(retention, (it) => it.count("years"));
      const inDays =
        days.known && days.value === undefined ? mapKnown(years, (n) => (n === undefined ? n : n * YEAR)) : days;
      return [
        {
          kind: "bucket-lock",
          urn,
          bucket: read.ref("bucket"),
          mode: { property: "rule.defaultRetention.mode", value: inside(retention, (it) => it.text("mode")) },
          days: { property: "rule.defaultRetention.days", value: inDays },
        },
      ];
    },
  ),
];
