import { type RawObject, UNKNOWN } from "../../../judge/facts/raw.ts";
import { raw, tagMap, urnOf } from "../../harness/raw.ts";
import type { RuleCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";

const bucket = raw(T.bucket, "b", { name: "b", region: "fr-par", tags: tagMap("health-pseudo") });
const key = raw(T.bastideKey, "k", { name: "k", region: "fr-par", algorithm: "aes_256_gcm" }, { id: "fr-par/6170" });
export const rules = (kmsMasterKeyId: string | typeof UNKNOWN, sseAlgorithm = "aws:kms"): readonly RawObject[] => [
  { applyServerSideEncryptionByDefault: { sseAlgorithm, kmsMasterKeyId } },
];
export const config = (kms: string | typeof UNKNOWN, name = "b") =>
  raw(T.encryption, "e", { bucket: name, rules: rules(kms) });
const path = "rules[0].applyServerSideEncryptionByDefault";
const encryption = urnOf(T.encryption, "e");

const derived = (behind: readonly string[]) =>
  raw(T.encryption, "e", { bucket: "b", rules: rules(UNKNOWN) }, { dependsOn: { rules: behind } });
const unborn = raw(T.bastideKey, "k", { name: "k", region: "fr-par" });

export const key01: RuleCases = {
  passing: [
    {
      name: "the bare id of a key of this estate",
      resources: [bucket, key, config("6170")],
      on: bucket.urn,
      property: `${path}.kmsMasterKeyId`,
      proof: "checked",
    },
    {
      name: "the official key, by its whole id, on a bucket by its id",
      resources: [
        bucket,
        raw(T.key, "k", { usage: "symmetric_encryption", algorithm: "aes_256_gcm" }, { id: "fr-par/77" }),
        config("fr-par/77", "fr-par/b"),
      ],
      on: bucket.urn,
    },
    {
      name: "a key that does not exist yet, by the one dependency",
      resources: [bucket, unborn, derived([unborn.urn])],
      on: bucket.urn,
      proof: "assumed",
    },
  ],
  failing: [
    { name: "no encryption", resources: [bucket, key], on: bucket.urn, property: "serverSideEncryption" },
    {
      name: "the provider's own key",
      resources: [bucket, raw(T.encryption, "e", { bucket: "b", rules: rules("6170", "AES256") }), key],
      on: bucket.urn,
      property: `${path}.sseAlgorithm`,
      got: "AES256",
    },
    {
      name: "a key's name, which the API takes too",
      resources: [bucket, key, config("k")],
      on: bucket.urn,
      property: `${path}.kmsMasterKeyId`,
      got: "k",
    },
    {
      name: "encryption of another bucket",
      resources: [bucket, key, config("6170", "other")],
      on: bucket.urn,
      property: "serverSideEncryption",
    },
    {
      name: "a bucket that nobody classed",
      resources: [raw(T.bucket, "b", { name: "b" })],
      on: bucket.urn,
      property: "serverSideEncryption",
    },
  ],
  undecided: [
    {
      name: "a key that one of two could be",
      resources: [
        bucket,
        unborn,
        raw(T.key, "other", { algorithm: "aes_256_gcm" }),
        derived([unborn.urn, urnOf(T.key, "other")]),
      ],
      on: bucket.urn,
      property: `${path}.kmsMasterKeyId`,
    },
    {
      name: "an encryption that could be this bucket's",
      resources: [bucket, key, raw(T.encryption, "e", { bucket: UNKNOWN, rules: rules("6170") })],
      on: bucket.urn,
    },
    {
      name: "a class that is not known, without encryption",
      resources: [raw(T.bucket, "b", { name: "b", tags: UNKNOWN })],
      on: bucket.urn,
    },
  ],
  notApplicable: [{ name: "a technical bucket", resources: [raw(T.bucket, "b", { tags: tagMap() })], on: bucket.urn }],
  mutations: [
    {
      of: "the bare id of a key of this estate",
      on: encryption,
      property: "rules.0.applyServerSideEncryptionByDefault.sseAlgorithm",
      to: "AES256",
    },
    { of: "the bare id of a key of this estate", on: encryption, property: "bucket", to: "other" },
    {
      of: "the bare id of a key of this estate",
      on: encryption,
      property: "rules.0.applyServerSideEncryptionByDefault.kmsMasterKeyId",
      to: "nl-ams/6170",
    },
  ],
};

export const distant = raw(T.key, "k", { region: "nl-ams", algorithm: "aes_256_gcm" }, { id: "nl-ams/6170" });

export const key03: RuleCases = {
  passing: [
    { name: "bucket and key in Paris", resources: [bucket, key, config("6170")], on: encryption, proof: "checked" },
  ],
  failing: [
    {
      name: "a key in Amsterdam",
      resources: [bucket, distant, config("6170")],
      on: encryption,
      property: `${path}.kmsMasterKeyId`,
      got: { bucket: "fr-par", key: "nl-ams" },
    },
  ],
  undecided: [
    { name: "a key of another stack", resources: [bucket, config("elsewhere")], on: encryption },
    {
      name: "a key whose region is not known",
      resources: [bucket, raw(T.key, "k", { region: UNKNOWN }), derived([urnOf(T.key, "k")])],
      on: encryption,
    },
  ],
  notApplicable: [
    {
      name: "encryption without a key of ours",
      resources: [
        bucket,
        raw(T.encryption, "e", {
          bucket: "b",
          rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
        }),
      ],
      on: encryption,
    },
  ],
  mutations: [{ of: "bucket and key in Paris", on: bucket.urn, property: "region", to: "pl-waw" }],
};
