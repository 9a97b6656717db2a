import { UNKNOWN } from "../../../judge/facts/raw.ts";
import { raw, tagList, tagMap, urnOf } from "../../harness/raw.ts";
import type { RuleCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";

const named = (type: string, name: string) => urnOf(type, name);
const env = (name: string, dataClass: string) => ({ ...tagMap(dataClass), env: name });

export const cls02: RuleCases = {
  passing: [
    {
      name: "a health bucket in production",
      resources: [raw(T.bucket, "b", { projectId: "p", tags: tagMap("health-pseudo") })],
      on: named(T.bucket, "b"),
      property: "tags.env",
    },
    {
      name: "a test bucket in a project of its own",
      resources: [
        raw(T.bucket, "b", { projectId: "p", tags: tagMap("health-pseudo") }),
        raw(T.bucket, "t", { projectId: "q", tags: env("test", "technical") }),
      ],
      on: named(T.bucket, "b"),
      property: "projectId",
    },
  ],
  failing: [
    {
      name: "health data in a test environment",
      resources: [raw(T.bucket, "b", { tags: env("test", "health-derived") })],
      on: named(T.bucket, "b"),
      property: "tags.env",
      got: "test",
    },
    {
      name: "a test bucket in the same project",
      resources: [
        raw(T.bucket, "b", { projectId: "p", tags: tagMap("health-pseudo") }),
        raw(T.bucket, "t", { projectId: "p", tags: env("test", "technical") }),
      ],
      on: named(T.bucket, "b"),
      property: "projectId",
    },
  ],
  undecided: [
    {
      name: "a test bucket in a project that nobody names",
      resources: [
        raw(T.bucket, "b", { projectId: "p", tags: tagMap("health-pseudo") }),
        raw(T.bucket, "t", { tags: env("test", "technical") }),
      ],
      on: named(T.bucket, "b"),
      property: "projectId",
    },
    { name: "tags that are not known", resources: [raw(T.bucket, "b", { tags: UNKNOWN })], on: named(T.bucket, "b") },
  ],
  notApplicable: [
    {
      name: "a technical bucket of a test environment",
      resources: [raw(T.bucket, "b", { tags: env("test", "technical") })],
      on: "stack",
    },
  ],
  mutations: [
    { of: "a health bucket in production", on: named(T.bucket, "b"), property: "tags.env", to: "test" },
    { of: "a test bucket in a project of its own", on: named(T.bucket, "t"), property: "projectId", to: "p" },
  ],
};

const statement = (...ids: string[]): string =>
  JSON.stringify({
    Version: "2023-04-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { SCW: ids.map((id) => `application_id:${id}`) },
        Action: ["s3:GetObject"],
        Resource: ["*"],
      },
    ],
  });

const app = (name: string) => raw(T.application, name, { name, tags: tagList("technical") }, { id: name });
export const data = (name: string, dataClass: string, project: string, extra: Record<string, string> = {}) =>
  raw(T.bucket, name, { name, projectId: project, tags: { ...tagMap(dataClass), ...extra } }, { id: `fr-par/${name}` });
const policyOf = (bucket: string, ...ids: string[]) =>
  raw(T.bucketPolicy, bucket, { bucket, projectId: "x", policy: statement(...ids) }, { id: `fr-par/${bucket}` });
const key = (name: string) => raw(T.key, name, { tags: tagList("technical") }, { id: `fr-par/${name}` });
const encrypted = (bucket: string, by: string) =>
  raw(T.encryption, bucket, {
    bucket,
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: by } }],
  });
const grant = (application: string, ...projectIds: string[]) =>
  raw(T.policy, application, {
    applicationId: application,
    rules: [{ permissionSetNames: ["ObjectStorageObjectsRead"], projectIds }],
  });

const raws = [data("vault", "health-raw", "raw"), data("base", "health-pseudo", "data")];

export const cls03: RuleCases = {
  passing: [
    {
      name: "two sides, each with its own project, key and reader",
      resources: [
        ...raws,
        app("a"),
        app("b"),
        policyOf("vault", "a"),
        policyOf("base", "b"),
        key("k"),
        key("l"),
        encrypted("vault", "k"),
        encrypted("base", "l"),
        grant("a", "raw"),
        grant("b", "data"),
      ],
      on: named(T.application, "a"),
    },
  ],
  failing: [
    {
      name: "one project",
      resources: [data("vault", "health-raw", "p"), data("base", "health-pseudo", "p")],
      on: "p",
      property: "projectId",
      got: ["health-pseudo", "health-raw"],
    },
    {
      name: "one key",
      resources: [...raws, key("k"), encrypted("vault", "k"), encrypted("base", "k")],
      on: named(T.key, "k"),
      property: "kmsMasterKeyId",
    },
    {
      name: "one reader of both buckets",
      resources: [...raws, app("a"), policyOf("vault", "a"), policyOf("base", "a")],
      on: named(T.application, "a"),
      property: "rules",
    },
    {
      name: "one grant on both projects",
      resources: [...raws, app("a"), grant("a", "raw", "data")],
      on: named(T.application, "a"),
      property: "rules",
    },
    {
      name: "one group whose member reaches both by a group each",
      resources: [
        ...raws,
        app("a"),
        raw("scaleway:iam/group:Group", "g", { applicationIds: ["a"], tags: tagList("technical") }, { id: "g" }),
        raw(T.policy, "g", {
          groupId: "g",
          rules: [{ permissionSetNames: ["ObjectStorageFullAccess"], projectIds: ["raw"] }],
        }),
        grant("a", "data"),
      ],
      on: named(T.application, "a"),
      property: "rules",
    },
    {
      name: "an application of the other side on a raw bucket",
      resources: [
        data("vault", "health-raw", "raw"),
        raw(T.application, "a", { name: "a", tags: tagList("health-pseudo") }, { id: "a" }),
        policyOf("vault", "a"),
      ],
      on: named(T.bucket, "vault"),
      property: "policy",
    },
    {
      name: "a server of the other side in the network",
      resources: [
        raw(T.network, "n", { tags: tagList("health-raw", "data") }, { id: "fr-par/n" }),
        raw(T.server, "s", { privateNetworks: [{ pnId: "fr-par/n" }], tags: tagList("health-pseudo") }),
      ],
      on: named(T.network, "n"),
      property: "privateNetworkId",
    },
  ],
  undecided: [
    {
      name: "a raw bucket whose policy is not known",
      resources: [raws[0] ?? app("a"), raw(T.bucketPolicy, "vault", { bucket: "vault", policy: UNKNOWN })],
      on: named(T.bucket, "vault"),
      property: "policy",
    },
    {
      name: "a grant whose projects are not known",
      resources: [
        raws[0] ?? app("x"),
        app("a"),
        policyOf("vault", "a"),
        raw(T.policy, "a", {
          applicationId: "a",
          rules: [{ permissionSetNames: ["ObjectStorageFullAccess"], projectIds: UNKNOWN }],
        }),
      ],
      on: named(T.application, "a"),
      property: "rules",
    },
  ],
  notApplicable: [{ name: "technical data", resources: [data("b", "technical", "p")], on: "stack" }],
  mutations: [
    {
      of: "two sides, each with its own project, key and reader",
      on: named(T.bucketPolicy, "vault"),
      property: "policy",
      to: statement("a", "b"),
    },
    {
      of: "two sides, each with its own project, key and reader",
      on: named(T.bucket, "vault"),
      property: "projectId",
      to: "data",
    },
    {
      of: "two sides, each with its own project, key and reader",
      on: named(T.encryption, "base"),
      property: "rules.0.applyServerSideEncryptionByDefault.kmsMasterKeyId",
      to: "k",
    },
  ],
};

const spaces = [
  data("one", "health-pseudo", "p1", { permit: "DR-1" }),
  data("two", "health-pseudo", "p2", { permit: "DR-2" }),
];

export const iso01: RuleCases = {
  passing: [
    {
      name: "two permits, a reader each, and a broker without permit on one of them",
      resources: [...spaces, app("a"), app("b"), policyOf("one", "a"), policyOf("two", "b")],
      on: named(T.bucket, "one"),
      property: "policy",
    },
  ],
  failing: [
    {
      name: "one application on both buckets",
      resources: [...spaces, app("a"), policyOf("one", "a"), policyOf("two", "a")],
      on: named(T.application, "a"),
      property: "rules",
      got: ["DR-1", "DR-2"],
    },
    {
      name: "one project",
      resources: [
        data("one", "health-pseudo", "p", { permit: "DR-1" }),
        data("two", "health-pseudo", "p", { permit: "DR-2" }),
      ],
      on: "p",
      property: "projectId",
    },
    {
      name: "one key",
      resources: [...spaces, key("k"), encrypted("one", "k"), encrypted("two", "k")],
      on: named(T.key, "k"),
      property: "kmsMasterKeyId",
    },
  ],
  undecided: [
    {
      name: "a bucket of a permit whose policy is not known",
      resources: [spaces[0] ?? app("x"), raw(T.bucketPolicy, "one", { bucket: "one", policy: UNKNOWN })],
      on: named(T.bucket, "one"),
      property: "policy",
    },
  ],
  notApplicable: [{ name: "no permit", resources: [data("b", "health-pseudo", "p")], on: "stack" }],
  mutations: [
    {
      of: "two permits, a reader each, and a broker without permit on one of them",
      on: named(T.bucketPolicy, "two"),
      property: "policy",
      to: statement("a", "b"),
    },
  ],
};

const health = tagList("health-pseudo");

export const iso02: RuleCases = {
  passing: [
    {
      name: "a dedicated control plane",
      resources: [raw(T.cluster, "c", { type: "kapsule-dedicated-4", tags: health })],
      on: named(T.cluster, "c"),
      property: "type",
    },
    {
      name: "an eligible pool",
      resources: [raw(T.pool, "p", { nodeType: "POP2-HM-4C-32G", rootVolumeType: "sbs_5k", tags: health })],
      on: named(T.pool, "p"),
      property: "nodeType",
    },
    {
      name: "an eligible pool, as the API answers its type",
      resources: [raw(T.pool, "p", { nodeType: "pop2_4c_16g", rootVolumeType: "sbs_5k", tags: health })],
      on: named(T.pool, "p"),
      property: "nodeType",
    },
  ],
  failing: [
    {
      name: "a control plane that nobody typed",
      resources: [raw(T.cluster, "c", { tags: health })],
      on: named(T.cluster, "c"),
      property: "type",
      got: "kapsule",
    },
    {
      name: "a multi-cloud cluster",
      resources: [raw(T.cluster, "c", { type: "multicloud-dedicated-4", tags: health })],
      on: named(T.cluster, "c"),
      property: "type",
    },
    {
      name: "a development pool",
      resources: [raw(T.pool, "p", { nodeType: "DEV1-M", tags: health })],
      on: named(T.pool, "p"),
      property: "nodeType",
      got: "DEV1-M",
    },
    {
      name: "local disks",
      resources: [raw(T.pool, "p", { nodeType: "POP2-4C-16G", rootVolumeType: "l_ssd", tags: health })],
      on: named(T.pool, "p"),
      property: "rootVolumeType",
    },
    {
      name: "a server of a former range, of a class that nobody gave",
      resources: [raw(T.server, "s", { type: "GP1-S" })],
      on: named(T.server, "s"),
      property: "type",
    },
  ],
  undecided: [
    {
      name: "a type that is not known",
      resources: [raw(T.cluster, "c", { type: UNKNOWN, tags: health })],
      on: named(T.cluster, "c"),
      property: "type",
    },
    {
      name: "a development pool whose class is not known",
      resources: [raw(T.pool, "p", { nodeType: "DEV1-M", tags: UNKNOWN })],
      on: named(T.pool, "p"),
      property: "nodeType",
    },
  ],
  notApplicable: [
    {
      name: "a technical cluster",
      resources: [raw(T.cluster, "c", { type: "kapsule", tags: tagList() })],
      on: named(T.cluster, "c"),
    },
  ],
  mutations: [
    { of: "a dedicated control plane", on: named(T.cluster, "c"), property: "type", to: undefined },
    { of: "an eligible pool", on: named(T.pool, "p"), property: "nodeType", to: "PLAY2-NANO" },
    { of: "an eligible pool", on: named(T.pool, "p"), property: "rootVolumeType", to: "b_ssd" },
  ],
};

export const edge = "scaleway:edgeservices/backendStage:BackendStage";

export const iso03: RuleCases = {
  passing: [
    { name: "a bucket", resources: [raw(T.bucket, "b", { tags: tagMap("health-pseudo") })], on: named(T.bucket, "b") },
    {
      name: "a server",
      resources: [raw(T.server, "s", { tags: tagList("health-pseudo") })],
      on: named(T.server, "s"),
    },
    {
      name: "a database on a contract that lists it",
      resources: [raw(T.database, "d", { tags: tagList("health-pseudo") })],
      on: named(T.database, "d"),
      law: { healthProducts: [{ product: "managed-databases", source: "contract" }] },
    },
  ],
  failing: [
    {
      name: "a database that no list names",
      resources: [raw(T.database, "d", { tags: tagList("health-pseudo") })],
      on: named(T.database, "d"),
      property: "type",
      got: "managed-databases",
    },
    {
      name: "a container of a class that nobody gave",
      resources: [raw(T.container, "c", { namespaceId: "n" })],
      on: named(T.container, "c"),
      property: "type",
    },
    {
      name: "an edge backend that is fed by a health bucket",
      resources: [
        data("b", "health-pseudo", "p"),
        raw(edge, "e", { pipelineId: "x", s3BackendConfig: { bucketName: "b", bucketRegion: "fr-par" } }),
      ],
      on: named(edge, "e"),
      property: "type",
      got: "edge-services",
    },
    {
      name: "a product that we don't know",
      resources: [raw("scaleway:novelty/thing:Thing", "t", {})],
      on: named("scaleway:novelty/thing:Thing", "t"),
      property: "type",
    },
  ],
  undecided: [
    {
      name: "a database whose class is not known",
      resources: [raw(T.database, "d", { tags: UNKNOWN })],
      on: named(T.database, "d"),
    },
  ],
  notApplicable: [
    {
      name: "a technical database",
      resources: [raw(T.database, "d", { tags: tagList() })],
      on: named(T.database, "d"),
    },
  ],
  mutations: [{ of: "a server", on: named(T.server, "s"), property: "$type", to: T.database }],
};
