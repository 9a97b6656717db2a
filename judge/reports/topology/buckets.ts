import { byKey } from "../../../kernel/order.ts";
import type { Resource } from "../../facts/observed.ts";
import type { Badge, Item } from "./model.ts";
import { inner, innerOf, itemOf, listOf, type MapReader, refOf, tagOf, textOf } from "./reading.ts";

/** Buckets by tier and name, each with its key, its lock and who encrypts before it is stored. */
export const bucketItems = (reader: MapReader, here: readonly Resource[]): readonly Item[] =>
  here
    .filter((r) => r.facts.some((f) => f.kind === "bucket"))
    .map((r) => bucketItem(reader, here, r))
    .sort(byKey((item) => `${item.lines[0] ?? ""} ${item.title}`));

function bucketItem(reader: MapReader, here: readonly Resource[], bucket: Resource): Item {
  const beside = here.filter((r) => {
    if (r.urn === bucket.urn) return false;
    const link = reader.estate.link(refOf(r, "bucket"), "bucket");
    return link.kind === "found" && link.fact.urn === bucket.urn;
  });
  const about = [tagOf(bucket, "tier") || "no tier", tagOf(bucket, "data-class") || "no class"].join(" · ");
  const badges = [
    ...encryptionBadge(reader, beside),
    ...lockBadge(beside),
    ...customerBadge(bucket),
    ...(beside.some((r) => r.facts.some((f) => f.kind === "bucket-policy"))
      ? []
      : [{ icon: "none", text: "no policy" } as const]),
  ];
  return itemOf(reader, bucket, { lines: [about], badges }, beside);
}

function encryptionBadge(reader: MapReader, beside: readonly Resource[]): readonly Badge[] {
  const configuration = beside.find((r) => r.facts.some((f) => f.kind === "bucket-encryption"));
  if (configuration === undefined) return [{ icon: "none", text: "no key" }];
  const [rule] = listOf(configuration, "rules");
  const algorithm = inner(rule, "applyServerSideEncryptionByDefault", "sseAlgorithm");
  const fact = reader.estate.factOf("bucket-encryption", configuration.urn);
  const key = fact?.defaults.known === true ? fact.defaults.value[0]?.key : undefined;
  const link = key === undefined ? undefined : reader.estate.link(key, "key");
  const resource = link?.kind === "found" ? reader.estate.resource(link.fact.urn) : undefined;
  const level = resource === undefined ? "" : textOf(resource, "protectionLevel").toUpperCase();
  return [
    { icon: "key", text: algorithm === "aws:kms" ? `KMS${level === "" ? "" : ` ${level}`}` : algorithm || "key" },
  ];
}

function lockBadge(beside: readonly Resource[]): readonly Badge[] {
  const lock = beside.find((r) => r.canonicalType.endsWith(":BucketLockConfiguration"));
  if (lock === undefined) return [];
  const mode = innerOf(lock, "rule", "defaultRetention", "mode");
  const days = innerOf(lock, "rule", "defaultRetention", "days");
  const years = innerOf(lock, "rule", "defaultRetention", "years");
  const time = days === "" ? `${years} y` : `${days} d`;
  return [{ icon: "lock", text: `${mode === "COMPLIANCE" ? "COMPL." : "GOV."} ${time}` }];
}

function customerBadge(bucket: Resource): readonly Badge[] {
  const who = tagOf(bucket, "customer-encryption");
  return who === "" ? [] : [{ icon: "shield", text: who }];
}
