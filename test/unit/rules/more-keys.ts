import { type RawObject, type RawValue, SECRET, UNKNOWN } from "../../../judge/facts/raw.ts";
import type { RuleId } from "../../../policy-packs/bastide/rules/ids.ts";
import { raw, tagList, tagMap, urnOf } from "../../harness/raw.ts";
import type { MoreCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";
import { encrypted, ingest, k1, shared, writes } from "./copies.ts";

const bucket = raw(T.bucket, "b", { name: "b", region: "fr-par", tags: tagMap("health-pseudo") });
const unclassed = raw(T.bucket, "b", { name: "b", region: "fr-par", tags: UNKNOWN });
const key = raw(T.key, "k", { region: "fr-par", algorithm: "aes_256_gcm" }, { id: "fr-par/6170" });
const kms = (kmsMasterKeyId: RawValue | undefined, sseAlgorithm: RawValue = "aws:kms"): RawObject => ({
  applyServerSideEncryptionByDefault: { sseAlgorithm, ...(kmsMasterKeyId === undefined ? {} : { kmsMasterKeyId }) },
});
const config = (rules: RawValue, of: RawValue = "b", dependsOn = {}) =>
  raw(T.encryption, "e", { bucket: of, rules }, { dependsOn });
const encryption = urnOf(T.encryption, "e");
const path = "rules[0].applyServerSideEncryptionByDefault";
const symmetric = { usage: "symmetric_encryption", algorithm: "aes_256_gcm" };
const quarter = { rotationPolicy: { rotationPeriod: "2160h" } };
const made = (inputs: RawObject) => raw(T.key, "k", { ...symmetric, ...quarter, ...inputs });
const inKey = key.urn;
const item = (inputs: RawObject = {}) => raw(T.item, "i", { bucket: "b", key: "k", ...inputs });
const inItem = urnOf(T.item, "i");
const b = encrypted().urn;
const sound = (algorithm: string) => ({
  name: `an algorithm of today: ${algorithm}`,
  resources: [made({ algorithm })],
  on: inKey,
  property: "algorithm",
  got: algorithm,
});
const weak = (algorithm: string) => ({
  name: `an algorithm that is none of ours: ${algorithm}`,
  resources: [made({ algorithm })],
  on: inKey,
  property: "algorithm",
  got: algorithm,
});
const random = raw(T.randomPassword, "r", { length: 32 });
const drawn = (type: string, inputs: RawObject, bits?: number) => ({
  resources: [raw(type, "r", inputs)],
  on: urnOf(type, "r"),
  property: "length",
  ...(bits === undefined ? {} : { got: bits }),
});
const database = (password: RawValue, behind: readonly string[] = []) =>
  raw(T.database, "db", { region: "fr-par", password }, { dependsOn: { password: behind } });
const db = urnOf(T.database, "db");

export const moreKeys = {
  "KEY-01": {
    passing: [
      {
        name: "a key of this estate, and by which setting",
        resources: [bucket, key, config([kms("6170")])],
        on: bucket.urn,
        property: `${path}.kmsMasterKeyId`,
        got: inKey,
        path: [encryption, inKey],
      },
      {
        name: "a key of this estate, where another setting's bucket is not known",
        resources: [
          bucket,
          key,
          config([kms("6170")]),
          raw(T.encryption, "f", { bucket: UNKNOWN, rules: [kms("6170")] }),
        ],
        on: bucket.urn,
      },
    ],
    failing: [
      {
        name: "no key at all",
        resources: [bucket, key, config([kms(undefined)])],
        on: bucket.urn,
        property: `${path}.kmsMasterKeyId`,
        got: null,
        path: [encryption],
      },
      {
        name: "a setting without default",
        resources: [bucket, config([])],
        on: bucket.urn,
        property: "rules",
        got: "none",
        path: [encryption],
      },
      {
        name: "no encryption, told so",
        resources: [bucket],
        on: bucket.urn,
        property: "serverSideEncryption",
        got: "none",
      },
      {
        name: "another encryption than a key's, and by which setting",
        resources: [bucket, config([kms("6170", "AES256")])],
        on: bucket.urn,
        property: `${path}.sseAlgorithm`,
        path: [encryption],
      },
    ],
    undecided: [
      {
        name: "rules that are not known",
        resources: [bucket, config(UNKNOWN)],
        on: bucket.urn,
        property: "rules",
        path: [encryption],
      },
      {
        name: "a class that is not known, and the setting's bucket neither",
        resources: [unclassed, key, config([kms("6170")], UNKNOWN)],
        on: bucket.urn,
        property: "serverSideEncryption",
      },
    ],
  },
  "KEY-02": {
    passing: [
      {
        name: "who writes is who encrypts, told with the policy",
        resources: [encrypted(), ingest, writes("1111")],
        on: b,
        property: "tags.encrypted-by",
        got: ["ingest"],
        path: [urnOf(T.bucketPolicy, "b")],
        proof: "declared",
      },
      {
        name: "two who encrypt, with blanks between them",
        resources: [encrypted({ "encrypted-by": "  ingest   other " }), ingest, writes("1111")],
        on: b,
        property: "tags.encrypted-by",
        got: ["ingest", "other"],
      },
      {
        name: "a bucket that nobody may write",
        resources: [encrypted()],
        on: b,
        property: "tags.encrypted-by",
        path: [],
      },
      {
        name: "a customer's key at the server",
        resources: [encrypted({ "customer-encryption": "sse-c" })],
        on: b,
        property: "tags.customer-encryption",
        got: "sse-c",
        proof: "declared",
      },
      {
        name: "a backup, on its word",
        resources: [encrypted({}, "backup"), writes("2222")],
        on: b,
        property: "tags.encrypted-by",
        proof: "declared",
      },
      {
        name: "an object that a client encrypted, on its word",
        resources: [encrypted(), item({ metadata: { "customer-encryption": "client-side" } })],
        on: inItem,
        property: "sseCustomerKey",
        proof: "declared",
      },
      {
        name: "an object of a technical bucket beside one of a health bucket",
        resources: [
          encrypted(),
          raw(T.bucket, "t", { name: "t", tags: tagMap() }),
          raw(T.item, "j", { bucket: "t", key: "k" }),
          item({ sseCustomerKey: SECRET }),
        ],
        on: inItem,
      },
    ],
    failing: [
      {
        name: "nobody who encrypts",
        resources: [encrypted({ "encrypted-by": " " }), writes("1111")],
        on: b,
        property: "tags.encrypted-by",
        got: null,
      },
      {
        name: "a backup that nobody encrypted",
        resources: [encrypted({ "encrypted-by": "" }, "backup")],
        on: b,
        property: "tags.encrypted-by",
        got: null,
      },
      {
        name: "an object in clear in a bucket that is not here",
        resources: [item({ bucket: "elsewhere" })],
        on: inItem,
        property: "sseCustomerKey",
      },
      {
        name: "an object that says it was encrypted in another way",
        resources: [encrypted(), item({ metadata: { "customer-encryption": "rot13" } })],
        on: inItem,
        property: "sseCustomerKey",
      },
    ],
    undecided: [
      {
        name: "who encrypts is not known",
        resources: [encrypted({ "encrypted-by": UNKNOWN })],
        on: b,
        property: "tags.encrypted-by",
      },
      {
        name: "an object whose key is not known",
        resources: [encrypted(), item({ sseCustomerKey: UNKNOWN })],
        on: inItem,
        property: "sseCustomerKey",
      },
    ],
    notApplicable: [
      {
        name: "an object of a technical bucket",
        resources: [raw(T.bucket, "b", { name: "b", tags: tagMap() }), item()],
        on: inItem,
        property: "sseCustomerKey",
      },
    ],
  },
  "KEY-03": {
    passing: [
      {
        name: "bucket and key in Paris, and which",
        resources: [bucket, key, config([kms("6170")])],
        on: encryption,
        got: { bucket: "fr-par", key: "fr-par" },
        path: [bucket.urn, inKey],
      },
    ],
    undecided: [
      {
        name: "a bucket of another stack",
        resources: [key, config([kms("6170")], "elsewhere")],
        on: encryption,
        property: `${path}.kmsMasterKeyId`,
      },
      {
        name: "a bucket that is one of two",
        resources: [
          bucket,
          raw(T.bucket, "c", { name: "c" }),
          key,
          config([kms("6170")], UNKNOWN, { bucket: [bucket.urn, urnOf(T.bucket, "c")] }),
        ],
        on: encryption,
      },
      {
        name: "a key that is one of two",
        resources: [
          bucket,
          raw(T.key, "x"),
          raw(T.key, "y"),
          config([kms(UNKNOWN)], "b", { rules: [urnOf(T.key, "x"), urnOf(T.key, "y")] }),
        ],
        on: encryption,
      },
      {
        name: "a bucket whose region is not known",
        resources: [raw(T.bucket, "b", { name: "b", region: UNKNOWN, tags: tagMap() }), key, config([kms("6170")])],
        on: encryption,
        path: [bucket.urn, inKey],
      },
      { name: "rules that are not known", resources: [bucket, config(UNKNOWN)], on: encryption, property: "rules" },
    ],
  },
  "KEY-04": {
    passing: [
      {
        name: "research and what leaves it, told as one purpose",
        resources: shared(tagMap("technical", "compute"), tagMap("technical", "export")),
        on: k1,
        property: "purpose",
        got: "data",
        path: [urnOf(T.bucket, "x"), urnOf(T.bucket, "y")],
      },
      {
        name: "one permit and an empty one",
        resources: shared({ ...tagMap(), permit: "" }, tagMap()),
        on: k1,
        property: "purpose",
        got: "data",
      },
      {
        name: "one bucket of a tier that is not known",
        resources: shared({ tier: UNKNOWN }, {})
          .slice(0, 4)
          .filter((r) => r.urn !== urnOf(T.bucket, "y")),
        on: k1,
        property: "purpose",
        got: "one bucket",
      },
      {
        name: "one permit, told with it",
        resources: shared({ ...tagMap(), permit: "a" }, { ...tagMap(), permit: "a" }),
        on: k1,
        property: "purpose",
        got: "data of a",
      },
    ],
    failing: [
      {
        name: "logs and data, in the order of words",
        resources: shared(tagMap("technical", "log"), tagMap()),
        on: k1,
        property: "purpose",
        got: ["data", "log"],
      },
      {
        name: "two buckets of no tier and of data",
        resources: shared({}, tagMap()),
        on: k1,
        property: "purpose",
        got: ["data", "not said"],
      },
    ],
    undecided: [
      {
        name: "keys of a bucket that are not known",
        resources: [bucket, config(UNKNOWN)],
        on: bucket.urn,
        property: "purpose",
      },
    ],
    notApplicable: [
      { name: "a key for no bucket, told of its purpose", resources: [key], on: inKey, property: "purpose" },
    ],
  },
  "KEY-05": {
    passing: [
      ...[
        "ml_dsa_44",
        "ml_dsa_65",
        "ml_dsa_87",
        "rsa_oaep_3072_sha256",
        "rsa_pss_4096_sha512",
        "rsa_pkcs1_3072_sha256",
        "ec_p256_sha256",
        "ec_p521_sha512",
      ].map(sound),
      { name: "a password of 22 characters of 83", ...drawn(T.randomPassword, { length: 22 }, 140) },
      {
        name: "a long password of digits",
        ...drawn(T.randomPassword, { length: 40, lower: false, upper: false, special: false }, 132),
      },
      { name: "sixteen bytes", ...drawn(T.randomBytes, { length: 16 }, 128) },
      {
        name: "a rotation each month",
        resources: [made({ rotationPolicy: { rotationPeriod: "720h" } })],
        on: inKey,
        property: "rotationPolicy.rotationPeriod",
        got: "720h",
      },
      {
        name: "a quick rotation of what may be asymmetric",
        resources: [made({ usage: UNKNOWN })],
        on: inKey,
        property: "rotationPolicy.rotationPeriod",
      },
      {
        name: "an imported health key, told so",
        resources: [made({ origin: "external", tags: tagList("health-pseudo") })],
        on: inKey,
        property: "protectionLevel",
        got: "imported material",
      },
    ],
    failing: [
      { name: "a password of eight characters", ...drawn(T.randomPassword, { length: 8 }, 51) },
      {
        name: "a password of digits",
        ...drawn(T.randomPassword, { length: 22, lower: false, upper: false, special: false }, 73),
      },
      {
        name: "a password whose special characters are one",
        ...drawn(
          T.randomPassword,
          { length: 22, lower: false, upper: false, numeric: false, overrideSpecial: "!!" },
          0,
        ),
      },
      { name: "fifteen bytes", ...drawn(T.randomBytes, { length: 15 }, 120) },
      { name: "a password of no length", ...drawn(T.randomPassword, {}) },
      ...[
        "ml_dsa_44x",
        "xml_dsa_44",
        "ml_dsa_45",
        "xrsa_oaep_3072_sha256",
        "rsa_oaep_2048_sha256",
        "rsa_none_3072_sha256",
        "xec_p256_sha256",
        "ec_p256_sha256x",
        "ec_p192_sha256",
        "rsa_pss_4096_sha512x",
        "",
      ].map(weak),
      {
        name: "a rotation that nobody can read",
        resources: [made({ rotationPolicy: { rotationPeriod: "quarterly" } })],
        on: inKey,
        property: "rotationPolicy.rotationPeriod",
      },
      {
        name: "a key of no usage without rotation",
        resources: [raw(T.key, "k", { algorithm: "aes_256_gcm" })],
        on: inKey,
        property: "rotationPolicy.rotationPeriod",
      },
    ],
    undecided: [
      { name: "a password of unknown length", ...drawn(T.randomPassword, { length: UNKNOWN }) },
      {
        name: "a password of unknown characters",
        ...drawn(T.randomPassword, { length: 22, overrideSpecial: UNKNOWN }),
      },
      {
        name: "a health key that may be imported",
        resources: [made({ origin: UNKNOWN, tags: tagList("health-pseudo") })],
        on: inKey,
        property: "protectionLevel",
      },
      {
        name: "a software key whose class is not known",
        resources: [made({ tags: UNKNOWN })],
        on: inKey,
        property: "protectionLevel",
      },
      {
        name: "no rotation of what may be asymmetric",
        resources: [raw(T.key, "k", { ...symmetric, usage: UNKNOWN })],
        on: inKey,
        property: "rotationPolicy.rotationPeriod",
      },
    ],
  },
  "KEY-06": {
    passing: [
      {
        name: "a bucket that keeps its content, and is kept",
        resources: [raw(T.bucket, "b", { name: "b", forceDestroy: false }, { protect: true })],
        on: bucket.urn,
        property: "options.protect",
        got: true,
      },
    ],
    failing: [
      {
        name: "a bucket of which nothing is written nor answered, and that may be deleted",
        resources: [raw(T.bucket, "b", {})],
        on: bucket.urn,
        property: "options.protect",
        got: false,
      },
      {
        name: "a technical bucket that may be deleted",
        resources: [raw(T.bucket, "b", { name: "b", tags: tagMap() })],
        on: bucket.urn,
        property: "options.protect",
      },
    ],
    notApplicable: [
      {
        name: "a technical server, told of the guard",
        resources: [raw(T.server, "s", { type: "POP2-2C-8G", tags: tagList("technical", "admin") })],
        on: urnOf(T.server, "s"),
        property: "options.protect",
      },
      {
        name: "a bucket that was read, told of the guard",
        resources: [raw(T.bucket, "b", {}, { outputs: { name: "b" } })],
        on: bucket.urn,
        property: "options.protect",
      },
    ],
  },
  "KEY-07": {
    passing: [
      {
        name: "a random password, and who made it",
        resources: [random, database(SECRET, [random.urn])],
        on: db,
        property: "password",
        got: random.urn,
        path: [random.urn],
      },
    ],
    failing: [
      {
        name: "one that can be read, though something else is said to have made it",
        resources: [random, database("changed by hand", [random.urn])],
        on: db,
        property: "password",
        got: "a value that was judged in clear: nothing marks it as a secret",
      },
      {
        name: "one composed of a name, and of whose",
        resources: [raw(T.bucket, "b", { name: "b", tags: tagMap() }), database(SECRET, [bucket.urn])],
        on: db,
        property: "password",
        path: [bucket.urn],
      },
    ],
    notApplicable: [
      {
        name: "a secret without content, told of its data",
        resources: [raw(T.secret, "s", { name: "s" })],
        on: urnOf(T.secret, "s"),
        property: "data",
      },
      { name: "a network, which has no secret", resources: [raw(T.vpc, "v")], on: "stack" },
    ],
  },
  "KEY-08": {
    notApplicable: [{ name: "a key that nobody classed", resources: [key], on: "stack" }],
  },
} as const satisfies Partial<Record<RuleId, MoreCases>>;
