import { type RawValue, SECRET, UNKNOWN } from "../../../judge/facts/raw.ts";
import { raw, tagList, tagMap, urnOf } from "../../harness/raw.ts";
import type { RuleCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";

export const place = (name: string) => ({
  name,
  country: "FR",
  jurisdictions: ["FR", "EU"],
  operator: "o",
  zones: [`${name}-1`],
});
export const two = { regions: [place("fr-par"), place("fr-two")] };

export const bucket = (
  name: string,
  region: string,
  projectId: string | typeof UNKNOWN,
  tags: Record<string, RawValue>,
) => raw(T.bucket, name, { name, region, projectId, tags: { ...tagMap("health-pseudo"), domain: "d", ...tags } });
export const encryption = (name: string, kmsMasterKeyId: string) =>
  raw(T.encryption, name, {
    bucket: name,
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId } }],
  });
export const key = (id: string) =>
  raw(T.key, id, { region: "fr-par", algorithm: "aes_256_gcm" }, { id: `fr-par/${id}` });
export const policy = (name: string, action: string | typeof UNKNOWN, who = "application_id:copier") =>
  raw(T.bucketPolicy, name, {
    bucket: name,
    policy:
      action === UNKNOWN
        ? UNKNOWN
        : JSON.stringify({
            Version: "2023-04-17",
            Statement: [{ Effect: "Allow", Principal: { SCW: who }, Action: action, Resource: `${name}/*` }],
          }),
  });
export const source = bucket("src", "fr-par", "data", {});
export const objectives = { tier: "backup", "rpo-minutes": "60", "rto-minutes": "240" };
export const target = (
  region: string,
  over: { project?: string | typeof UNKNOWN; tags?: Record<string, RawValue> } = {},
) => bucket("cp", region, over.project ?? "backup", { ...objectives, ...over.tags });
export const rest = [
  key("k1"),
  key("k2"),
  encryption("src", "k1"),
  encryption("cp", "k2"),
  policy("src", "s3:GetObject"),
  policy("cp", "s3:PutObject"),
];
const on = source.urn;

export const dr02: RuleCases = {
  passing: [
    { name: "a copy in another region, project and key", resources: [source, target("fr-two"), ...rest], on, law: two },
    { name: "a copy beside it, where there is no other region", resources: [source, target("fr-par"), ...rest], on },
    {
      name: "a database that is dumped into a backup bucket",
      resources: [
        raw(T.database, "db", { region: "fr-par", tags: [...tagList("health-pseudo", "data"), "backup-bucket=cp"] }),
        target("fr-par"),
      ],
      on: urnOf(T.database, "db"),
      proof: "declared",
    },
  ],
  failing: [
    {
      name: "no copy",
      resources: [source, ...rest],
      on,
      property: "copy",
      got: "no bucket of tier backup for this domain",
    },
    {
      name: "a copy in the same region",
      resources: [source, target("fr-par"), ...rest],
      on,
      property: "copy",
      got: { lacks: ["another region"] },
      law: two,
    },
    {
      name: "a copy in the same project without objectives",
      resources: [source, target("fr-par", { project: "data", tags: { "rpo-minutes": "" } }), ...rest],
      on,
      property: "copy",
      got: { lacks: ["another project", "tags rpo-minutes and rto-minutes"] },
    },
    {
      name: "a copy that nobody makes",
      resources: [source, target("fr-par"), ...rest.slice(0, 5), policy("cp", "s3:PutObject", "application_id:other")],
      on,
      property: "copy",
      got: { lacks: ["an application that may read here and write there"] },
    },
  ],
  undecided: [
    {
      name: "a copy in a project that is not known",
      resources: [source, target("fr-par", { project: UNKNOWN }), ...rest],
      on,
    },
    {
      name: "a policy that is not known",
      resources: [source, target("fr-par"), ...rest.slice(0, 5), policy("cp", UNKNOWN)],
      on,
    },
  ],
  notApplicable: [
    { name: "the copy itself", resources: [target("fr-par")], on: target("fr-par").urn },
    { name: "a technical bucket", resources: [raw(T.bucket, "src", { tags: tagMap() })], on },
  ],
  mutations: [
    {
      of: "a copy beside it, where there is no other region",
      on: target("fr-par").urn,
      property: "projectId",
      to: "data",
    },
    {
      of: "a copy beside it, where there is no other region",
      on: urnOf(T.encryption, "cp"),
      property: "bucket",
      to: "x",
    },
    { of: "a copy in another region, project and key", on: target("fr-two").urn, property: "tags.domain", to: "e" },
  ],
};

export const g03: RuleCases = {
  passing: [
    {
      name: "a copy in another region",
      resources: [source, target("fr-two"), ...rest],
      on,
      law: two,
      property: "region",
    },
  ],
  failing: [
    {
      name: "a profile with one region, whatever the copies",
      resources: [source, target("fr-par"), ...rest],
      on,
      property: "region",
      got: { verdict: "region loss not covered", copy: "in the same region", satisfiable: false },
    },
    {
      name: "no copy",
      resources: [source, ...rest],
      on,
      property: "region",
      got: { verdict: "region loss not covered", copy: "none", satisfiable: true },
      law: two,
    },
  ],
  undecided: [
    {
      name: "a policy that is not known",
      resources: [source, target("fr-two"), ...rest.slice(0, 5), policy("cp", UNKNOWN)],
      on,
      law: two,
    },
  ],
  notApplicable: [{ name: "a technical bucket", resources: [raw(T.bucket, "src", { tags: tagMap() })], on }],
  mutations: [
    { of: "a copy in another region", on: target("fr-two").urn, property: "region", to: "fr-par" },
    { of: "a copy in another region", on: urnOf(T.bucketPolicy, "cp"), property: "bucket", to: "x" },
  ],
};

export const encrypted = (over: Record<string, RawValue> = {}, tier = "data") =>
  raw(T.bucket, "b", {
    name: "b",
    tags: { ...tagMap("health-pseudo", tier), "customer-encryption": "client-side", "encrypted-by": "ingest", ...over },
  });
export const ingest = raw(T.application, "ingest", { name: "anything" }, { id: "1111" });
export const writes = (who: string) => policy("b", "s3:PutObject", `application_id:${who}`);

export const key02: RuleCases = {
  passing: [
    {
      name: "who writes is who encrypts",
      resources: [encrypted(), ingest, writes("1111")],
      on: encrypted().urn,
      property: "tags.encrypted-by",
      proof: "declared",
    },
    {
      name: "a backup, which the copier fills with what is encrypted",
      resources: [encrypted({}, "backup"), writes("2222")],
      on: encrypted().urn,
    },
    {
      name: "an object under a customer key",
      resources: [encrypted(), raw(T.item, "i", { bucket: "b", key: "k", sseCustomerKey: SECRET })],
      on: urnOf(T.item, "i"),
      property: "sseCustomerKey",
    },
  ],
  failing: [
    {
      name: "no manner",
      resources: [encrypted({ "customer-encryption": "" })],
      on: encrypted().urn,
      property: "tags.customer-encryption",
    },
    {
      name: "somebody who writes and does not encrypt",
      resources: [encrypted(), ingest, writes("2222")],
      on: encrypted().urn,
      property: "tags.encrypted-by",
      got: { encrypt: ["ingest"], writeWithout: ["application_id:2222"] },
    },
    {
      name: "an object in clear",
      resources: [encrypted(), raw(T.item, "i", { bucket: "b", key: "k" })],
      on: urnOf(T.item, "i"),
      property: "sseCustomerKey",
    },
  ],
  undecided: [
    {
      name: "writers that are not known",
      resources: [encrypted(), policy("b", UNKNOWN)],
      on: encrypted().urn,
      property: "tags.encrypted-by",
    },
    { name: "tags that are not known", resources: [raw(T.bucket, "b", { tags: UNKNOWN })], on: encrypted().urn },
  ],
  notApplicable: [
    { name: "a technical bucket", resources: [raw(T.bucket, "b", { tags: tagMap() })], on: encrypted().urn },
  ],
  mutations: [
    { of: "who writes is who encrypts", on: encrypted().urn, property: "tags.encrypted-by", to: "somebody" },
    { of: "who writes is who encrypts", on: encrypted().urn, property: "tags.customer-encryption", to: "aws:kms" },
    { of: "an object under a customer key", on: urnOf(T.item, "i"), property: "sseCustomerKey", to: undefined },
  ],
};

export const plain = (name: string, tags: Record<string, RawValue>) => raw(T.bucket, name, { name, tags });
export const shared = (first: Record<string, RawValue>, second: Record<string, RawValue>) => [
  plain("x", first),
  plain("y", second),
  key("k1"),
  encryption("x", "k1"),
  encryption("y", "k1"),
];
export const k1 = urnOf(T.key, "k1");

export const key04: RuleCases = {
  passing: [
    {
      name: "two buckets of data",
      resources: shared(tagMap(), tagMap("technical", "export")),
      on: k1,
      proof: "checked",
    },
  ],
  failing: [
    {
      name: "data and logs",
      resources: shared(tagMap(), tagMap("technical", "log")),
      on: k1,
      property: "purpose",
      got: ["data", "log"],
    },
    {
      name: "two permits",
      resources: shared({ ...tagMap(), permit: "a" }, { ...tagMap(), permit: "b" }),
      on: k1,
      property: "purpose",
    },
    {
      name: "a key of another stack",
      resources: shared(tagMap(), tagMap("technical", "backup")).filter((r) => r.urn !== k1),
      on: urnOf(T.encryption, "x"),
      property: "purpose",
    },
  ],
  undecided: [
    { name: "a purpose that is not known", resources: shared(tagMap(), { tier: UNKNOWN }), on: k1 },
    {
      name: "a key that is not known",
      resources: [plain("x", tagMap()), raw(T.encryption, "x", { bucket: "x", rules: UNKNOWN })],
      on: urnOf(T.bucket, "x"),
    },
  ],
  notApplicable: [{ name: "a key for no bucket", resources: [key("k1")], on: k1 }],
  mutations: [{ of: "two buckets of data", on: urnOf(T.bucket, "y"), property: "tags.tier", to: "log" }],
};

const random = raw(T.randomPassword, "r", { length: 32 });
const db = (inputs: Record<string, RawValue>, behind: readonly string[] = []) =>
  raw(T.database, "db", { region: "fr-par", ...inputs }, { dependsOn: { password: behind } });
const dbUrn = urnOf(T.database, "db");
const server = (cloudInit: string) => raw(T.server, "s", { zone: "fr-par-1", cloudInit });

export const key07: RuleCases = {
  passing: [
    { name: "a random password", resources: [random, db({ password: SECRET }, [random.urn])], on: dbUrn },
    { name: "one that is not made yet", resources: [random, db({ password: UNKNOWN }, [random.urn])], on: dbUrn },
  ],
  failing: [
    {
      name: "a literal, which the SDK marks secret",
      resources: [db({ password: SECRET })],
      on: dbUrn,
      property: "password",
      got: "written in the program or its configuration",
    },
    {
      name: "one composed of a name",
      resources: [plain("b", tagMap()), db({ password: SECRET }, [urnOf(T.bucket, "b")])],
      on: dbUrn,
      property: "password",
      got: "composed of what is no secret",
    },
    {
      name: "a private key in the user data",
      resources: [server("-----BEGIN RSA PRIVATE KEY-----")],
      on: urnOf(T.server, "s"),
      property: "cloudInit",
      got: "a private key",
    },
  ],
  undecided: [{ name: "one from nobody knows where", resources: [db({ password: UNKNOWN })], on: dbUrn }],
  notApplicable: [
    {
      name: "a secret without content of its own",
      resources: [raw(T.secret, "s", { name: "s" })],
      on: urnOf(T.secret, "s"),
    },
  ],
  mutations: [{ of: "a random password", on: dbUrn, property: "passwordWo", to: SECRET }],
};
