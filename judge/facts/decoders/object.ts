import type {
  BucketAclArgs,
  BucketArgs,
  BucketPolicyArgs,
  BucketServerSideEncryptionConfigurationArgs,
  BucketWebsiteConfigurationArgs,
  ItemArgs,
} from "@pulumiverse/scaleway/object/index.js";
import { allKnown, type Known, known, mapKnown } from "../../../kernel/known.ts";
import type { LifecycleRule, OpennessFact } from "../fact.ts";
import type { RawResource } from "../raw.ts";
import { type Reader, supplied } from "../reader.ts";
import { tailOf } from "../reference.ts";
import { type Decoder, decoder } from "./decoder.ts";

/** Canned ACLs that let in others than the owner's project. */
const openAcl = (acl: string | undefined): boolean => acl !== undefined && acl !== "private";

/** A group in S3's grant syntax: everybody, or whoever has an account. None of them is named, so none is let in. */
const isGroup = (uri: string | undefined): boolean => uri !== undefined && uri !== "";

const openness = (
  urn: string,
  property: string,
  open: Known<boolean>,
  got: Known<unknown>,
  want: unknown,
): OpennessFact => ({ kind: "openness", urn, open: { property, value: open }, got, want });

/** The physical name: written, answered, or the tail of the id. */
function bucketName(read: Reader<BucketArgs>, raw: RawResource): Known<string | undefined> {
  const written = read.text("name");
  if (written.known && written.value !== undefined) return written;
  if (typeof raw.id === "string") return known(tailOf(raw.id));
  return written.known ? supplied(raw, "name") : written;
}

function lifecycle(read: Reader<BucketArgs>): Known<readonly LifecycleRule[]> {
  return mapKnown(read.list("lifecycleRules"), (rules) =>
    rules.map((rule) => {
      const expiration = rule.object("expiration");
      return {
        property: rule.path("enabled").replace(/\.enabled$/, ""),
        enabled: rule.flag("enabled"),
        expiresAfterDays: expiration.known ? (expiration.value?.count("days") ?? known(undefined)) : expiration,
      };
    }),
  );
}

function corsOpenness(read: Reader<BucketArgs>, urn: string): readonly OpennessFact[] {
  const rules = read.list("corsRules");
  if (!rules.known) return [openness(urn, "corsRules", rules, rules, "named origins")];
  return rules.value.map((rule) => {
    const origins = rule.texts("allowedOrigins");
    const open = mapKnown(origins, (list) => list.some((origin) => origin.includes("*")));
    return openness(urn, rule.path("allowedOrigins"), open, origins, "named origins");
  });
}

/** A bucket ACL is open by its canned name or by a grant to everybody. */
function aclOpenness(read: Reader<BucketAclArgs>, urn: string): readonly OpennessFact[] {
  const acl = read.text("acl");
  const canned = openness(urn, "acl", mapKnown(acl, openAcl), acl, "private");
  const policy = read.object("accessControlPolicy");
  if (!policy.known) return [canned, openness(urn, "accessControlPolicy", policy, policy, "named grantees")];
  if (policy.value === undefined) return [canned];
  const grants = policy.value.list("grants");
  if (!grants.known) return [canned, openness(urn, policy.value.path("grants"), grants, grants, "named grantees")];
  const uris = allKnown(
    grants.value.map((grant): Known<string | undefined> => {
      const grantee = grant.object("grantee");
      return grantee.known ? (grantee.value?.text("uri") ?? known(undefined)) : grantee;
    }),
  );
  const open = mapKnown(uris, (list) => list.some(isGroup));
  return [canned, openness(urn, policy.value.path("grants"), open, uris, "named grantees")];
}

export const objectDecoders: readonly Decoder[] = [
  decoder<BucketArgs>("scaleway:object/bucket:Bucket", (read, raw) => {
    const acl = read.text("acl");
    return [
      { kind: "bucket", urn: raw.urn, name: bucketName(read, raw), lifecycle: lifecycle(read) },
      openness(raw.urn, "acl", mapKnown(acl, openAcl), acl, "private"),
      ...corsOpenness(read, raw.urn),
    ];
  }),

  decoder<ItemArgs>("scaleway:object/item:Item", (read, { urn }) => {
    const visibility = read.text("visibility");
    return [
      {
        kind: "stored-object",
        urn,
        bucket: read.ref("bucket"),
        storageClass: { property: "storageClass", value: read.text("storageClass") },
      },
      openness(urn, "visibility", mapKnown(visibility, openAcl), visibility, "private"),
    ];
  }),

  decoder<BucketAclArgs>("scaleway:object/bucketAcl:BucketAcl", (read, { urn }) => aclOpenness(read, urn)),

  decoder<BucketWebsiteConfigurationArgs>(
    "scaleway:object/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
    (_, { urn }) => [openness(urn, "indexDocument", known(true), known("a website"), "no such resource")],
  ),

  decoder<BucketPolicyArgs>("scaleway:object/bucketPolicy:BucketPolicy", (read, { urn }) => [
    {
      kind: "bucket-policy",
      urn,
      bucket: read.ref("bucket"),
      document: { property: "policy", value: read.text("policy") },
    },
  ]),

  decoder<BucketServerSideEncryptionConfigurationArgs>(
    "scaleway:object/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    (read, { urn }) => [
      {
        kind: "bucket-encryption",
        urn,
        bucket: read.ref("bucket"),
        defaults: encryptionDefaults(read),
      },
    ],
  ),
];

function encryptionDefaults(read: Reader<BucketServerSideEncryptionConfigurationArgs>) {
  const rules = read.list("rules");
  if (!rules.known) return rules;
  const blocks = allKnown(rules.value.map((rule) => rule.object("applyServerSideEncryptionByDefault")));
  return mapKnown(blocks, (found) =>
    found
      .filter((block) => block !== undefined)
      .map((block) => ({
        algorithm: { property: block.path("sseAlgorithm"), value: block.text("sseAlgorithm") },
        key: block.ref("kmsMasterKeyId"),
      })),
  );
}
