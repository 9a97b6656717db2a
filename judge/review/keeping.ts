import type { ServerArgs } from "@pulumiverse/scaleway/instance/index.js";
import type {
  BucketArgs,
  BucketLockConfigurationArgs,
  BucketServerSideEncryptionConfigurationArgs,
} from "@pulumiverse/scaleway/object/index.js";
import { allKnown, type Known, known, mapKnown } from "../../kernel/known.ts";
import type { Resource } from "../facts/observed.ts";
import type { Reader } from "../facts/reader.ts";
import { digestOf } from "../kit/digest.ts";
import { type Meaning, opening, valued } from "./meaning.ts";
import type { Seen } from "./seen.ts";

/** How data is kept: under whose keys, for how long at least, and what stands between it and a deletion. */
export const keeping = (seen: Seen): readonly Meaning[] => [
  ...keys(seen),
  ...encryption(seen),
  ...locks(seen),
  ...buckets(seen),
  ...telemetry(seen),
  ...protection(seen),
  ...bootCode(seen),
];

interface AnyKeyArgs {
  readonly protectionLevel?: string;
  readonly origin?: string;
  readonly rotationPolicy?: { readonly rotationPeriod?: string };
}

const KEY_TYPES = ["scaleway:keymanager/key:Key", "bastide:keymanager:Key"] as const;

/** The official type can't say its level, so it is what the provider defaults to. Imported material is somebody else's root. */
const keys = (seen: Seen): readonly Meaning[] =>
  KEY_TYPES.flatMap((type) =>
    seen.of<AnyKeyArgs>(type).flatMap(({ resource, read }) => {
      const custody = mapKnown(allKnown([read.text("origin"), read.text("protectionLevel")]), ([origin, level]) =>
        origin === "external" ? "external" : (level ?? "software"),
      );
      const policy = read.object("rotationPolicy");
      const period = policy.known ? (policy.value?.text("rotationPeriod") ?? known(undefined)) : policy;
      const subject = resource.urn;
      return [
        ...valued("custody", "key", custody, { subject, property: "protectionLevel" }),
        ...valued(
          "custody",
          "rotation",
          mapKnown(period, (p) => p ?? "never"),
          {
            subject,
            property: "rotationPolicy.rotationPeriod",
          },
        ),
      ];
    }),
  );

const encryption = (seen: Seen): readonly Meaning[] =>
  seen
    .of<BucketServerSideEncryptionConfigurationArgs>(
      "scaleway:object/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    )
    .flatMap(({ resource }) => {
      const fact = seen.estate.factOf("bucket-encryption", resource.urn);
      if (fact === undefined) return [];
      const bucket = seen.estate.link(fact.bucket, "bucket");
      const subject = bucket.kind === "found" ? bucket.fact.urn : resource.urn;
      const how: Known<string | undefined> = fact.defaults.known
        ? mapKnown(allKnown(fact.defaults.value.map((d) => d.algorithm.value)), (names) =>
            names.length === 0
              ? undefined
              : names
                  .map((name, i) => under(name, seen, fact.defaults.known ? fact.defaults.value[i] : undefined))
                  .join(", "),
          )
        : fact.defaults;
      return valued("custody", "bucket encryption", how, {
        subject,
        property: "rules.applyServerSideEncryptionByDefault",
        path: [resource.urn],
      });
    });

function under(
  algorithm: string | undefined,
  seen: Seen,
  rule: { readonly key: Parameters<Seen["name"]>[0] } | undefined,
): string {
  const key = rule === undefined ? "" : seen.name(rule.key);
  return key === "" ? (algorithm ?? "none") : `${algorithm ?? "none"} under ${key}`;
}

const locks = (seen: Seen): readonly Meaning[] =>
  seen
    .of<BucketLockConfigurationArgs>("scaleway:object/bucketLockConfiguration:BucketLockConfiguration")
    .flatMap(({ resource, read }) => {
      const bucket = seen.estate.link(read.ref("bucket"), "bucket");
      const subject = bucket.kind === "found" ? bucket.fact.urn : resource.urn;
      const rest = { subject, property: "rule.defaultRetention", path: [resource.urn] };
      const rule = read.object("rule");
      const retention = rule.known ? (rule.value?.object("defaultRetention") ?? known(undefined)) : rule;
      if (!retention.known) return valued("retention", "object lock", retention, rest);
      const { value } = retention;
      if (value === undefined) return [];
      const parts = allKnown<unknown>([value.text("mode"), value.count("days"), value.count("years")]);
      const text = mapKnown(parts, ([mode, days, years]) => {
        const span = typeof years === "number" && years > 0 ? years * 365 : Number(days ?? 0);
        return `${String(mode)} ${span} days`;
      });
      return valued("retention", "object lock", text, rest);
    });

const buckets = (seen: Seen): readonly Meaning[] =>
  seen.of<BucketArgs>("scaleway:object/bucket:Bucket").flatMap(({ resource, read }) => {
    const subject = resource.urn;
    const block = read.object("versioning");
    const versions = block.known ? (block.value?.flag("enabled") ?? known(false)) : block;
    const fact = seen.estate.factOf("bucket", subject);
    const expiries = fact?.lifecycle.known
      ? fact.lifecycle.value.flatMap(({ property, enabled, expiresAfterDays }) =>
          enabled.known && enabled.value !== true
            ? []
            : valued("retention", "objects expire after days", expiresAfterDays, { subject, property, what: property }),
        )
      : [];
    const force = mapKnown(read.flag("forceDestroy"), (on) => on === true);
    return [
      ...valued(
        "retention",
        "versions kept",
        mapKnown(versions, (on) => on === true),
        {
          subject,
          property: "versioning.enabled",
        },
      ),
      ...expiries,
      ...opening("protection", "deleted with its content", force, { subject, property: "forceDestroy" }),
      ...customerEncryption(resource),
    ];
  });

const customerEncryption = (resource: Resource): readonly Meaning[] => {
  const { tags } = resource;
  if (tags === undefined) return [];
  const who = mapKnown(tags, (all) => all["customer-encryption"]);
  return valued("custody", "encryption before upload", who, { subject: resource.urn, property: "tags" });
};

const telemetry = ({ estate }: Seen): readonly Meaning[] =>
  estate
    .facts("telemetry-source")
    .flatMap(({ urn, retentionDays: { property, value } }) =>
      valued("retention", "telemetry kept days", value, { subject: urn, property }),
    );

/** Marks of the engine against deletion, where the door shows them. */
const protection = ({ estate }: Seen): readonly Meaning[] =>
  estate.resources.flatMap((r) => {
    if (!r.raw.custom) return [];
    const { protect, retainOnDelete } = r.raw.options;
    const mark = (aspect: string, property: string, set: typeof protect): readonly Meaning[] =>
      set.visible && set.value ? opening("protection", aspect, known(true), { subject: r.urn, property }) : [];
    return [
      ...mark("protected from deletion", "protect", protect),
      ...mark("kept when it leaves the program", "retainOnDelete", retainOnDelete),
    ];
  });

/** What a machine runs at its first boot is code of the administrators' network: that it changed is told, not what it says. */
const bootCode = (seen: Seen): readonly Meaning[] =>
  seen
    .of<ServerArgs>("scaleway:instance/server:Server")
    .flatMap(({ resource, read }) => [
      ...scripted(seen, resource, read, "cloudInit"),
      ...valued("code", "image", read.text("image"), { subject: resource.urn, property: "image" }),
    ]);

function scripted(seen: Seen, { urn }: Resource, read: Reader<ServerArgs>, property: "cloudInit"): readonly Meaning[] {
  const digest = mapKnown(read.text(property), (text) =>
    text === undefined ? undefined : digestOf(seen.named(text)).slice(0, 12),
  );
  return valued("code", "first boot", digest, { subject: urn, property });
}
