import { type RawResource, type RawValue, UNKNOWN } from "../../../judge/facts/raw.ts";
import type { RuleId } from "../../../policy-packs/bastide/rules/ids.ts";
import { ATTESTED } from "../../harness/law.ts";
import { component, raw, tagList, tagMap, urnOf } from "../../harness/raw.ts";
import type { MoreCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";
import { rest, source, target } from "./copies.ts";

const vpc = raw(T.vpc, "v", { region: "fr-par", tags: tagList() });
const health = raw(T.bucket, "b", { name: "b", region: "fr-par", tags: tagMap("health-pseudo") });
const b = urnOf(T.bucket, "b");
const read = (resource: RawResource): RawResource => ({ ...resource, external: true });
const counts = (name: string, counted: Record<string, number>, ...resources: RawResource[]) => ({
  name,
  resources: [vpc, ...resources],
  on: "stack",
  property: "blindSpots",
  got: counted,
  law: { blindSpots: 9 },
});

/** What is lost with a resource of each type, as the finding tells it. */
const LOST: readonly (readonly [type: string, what: string])[] = [
  ["bastide:keymanager:Key", "a key, and all that it encrypts"],
  ["scaleway:secrets/secret:Secret", "a secret"],
  ["scaleway:mongodb/instance:Instance", "a database"],
  ["scaleway:redis/cluster:Cluster", "a database"],
  ["scaleway:opensearch/deployment:Deployment", "a database"],
  ["scaleway:kafka/cluster:Cluster", "messages"],
  ["scaleway:datawarehouse/deployment:Deployment", "a database"],
  ["scaleway:block/volume:Volume", "a volume"],
  ["scaleway:index/fileFilesystem:FileFilesystem", "a file system"],
  ["scaleway:instance/volume:Volume", "a volume"],
  ["scaleway:instance/snapshot:Snapshot", "a volume's copy"],
  ["scaleway:instance/image:Image", "a server's copy"],
  ["scaleway:instance/securityGroup:SecurityGroup", "a filter"],
  ["scaleway:elasticmetal/server:Server", "what is on the disks of a server"],
  ["scaleway:datalab/datalab:Datalab", "notebooks and their files"],
  ["scaleway:mnq/sqsQueue:SqsQueue", "messages"],
  ["scaleway:registry/namespace:Namespace", "images"],
  ["kubernetes:core/v1:PersistentVolumeClaim", "a volume"],
  ["kubernetes:networking.k8s.io/v1:NetworkPolicy", "a network policy"],
];
const deletion = (type: string) => ({ urn: urnOf(type, "x"), type, op: "delete" as const, replaceReasons: [] });

const store = raw(T.bucket, "b", { name: "b", region: "fr-par", tags: tagMap("health-pseudo", "backup") });
const logs = (inputs: Record<string, RawValue> = {}) =>
  raw(T.source, "s", { region: "fr-par", type: "logs", retentionDays: 365, ...inputs });
const covering = [
  raw(T.key, "k", { region: "fr-par" }, { id: "fr-par/6170" }),
  raw(T.encryption, "e", {
    bucket: "b",
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: "6170" } }],
  }),
  raw(T.bucketPolicy, "p", { bucket: "b", policy: '{"Version":"2023-04-17","Statement":[]}' }),
];
const database = (inputs: Record<string, RawValue>, ...tags: string[]) =>
  raw(T.database, "db", { region: "fr-par", tags: [...tagList("health-pseudo", "data"), ...tags], ...inputs });
const db = urnOf(T.database, "db");
const part = (country: string) => ({ host: "runner.example", country, operator: "somebody" });

export const moreEvidence = {
  "DR-06": {
    passing: [
      {
        name: "a copy that somebody vouches for, in whose words",
        resources: [vpc],
        on: "stack",
        property: "attestations.state-copy",
        got: "attested by assurance until 2027-06-30",
      },
    ],
  },
  "EVD-02": {
    failing: [
      {
        name: "tags that nobody supplies",
        resources: [raw(T.bucket, "b", { tags: UNKNOWN })],
        on: b,
        property: "tags",
        got: { unknown: true, from: b },
        path: [],
      },
      {
        name: "tags of which the answer leaves one open",
        resources: [raw(T.bucket, "b", { tags: UNKNOWN }, { outputs: { tags: { env: UNKNOWN } } })],
        on: b,
        property: "tags",
      },
    ],
    undecided: [
      {
        name: "a pool whose inputs are not shown, told of them",
        resources: [raw(T.pool, "p")],
        on: urnOf(T.pool, "p"),
        property: "inputs",
      },
      {
        name: "a card in a network that is not there, and which",
        resources: [raw(T.nic, "n", { zone: "fr-par-1", privateNetworkId: "fr-par/gone" })],
        on: urnOf(T.nic, "n"),
        property: "privateNetworkId",
        from: "fr-par/gone",
        path: ["fr-par/gone", "fr-par/gone"],
      },
    ],
    passing: [
      {
        name: "a region that is null, which is none",
        resources: [raw(T.bucket, "b", { name: "b", region: null })],
        on: b,
        property: "region",
        got: "absent",
      },
      {
        name: "a project that the provider has answered",
        resources: [raw(T.bucket, "b", { name: "b", region: UNKNOWN }, { outputs: { region: "fr-par" } })],
        on: b,
        property: "region",
        got: "known",
      },
      { name: "a region that is written", resources: [health], on: b, property: "region", got: "known" },
    ],
  },
  "EVD-04": {
    passing: [
      {
        name: "a contract that somebody vouches for, in whose words",
        resources: [health],
        on: "stack",
        property: "attestations.hds-contract",
        got: "attested by assurance until 2027-06-30",
        proof: "declared",
      },
      {
        name: "an example, which says so in so many words",
        resources: [health],
        on: "stack",
        property: "attestations.hds-contract",
        got: "attested by assurance until 2027-06-30, an example",
        law: { environment: "rehearsal", attestations: ATTESTED.map((a) => ({ ...a, example: true as const })) },
      },
    ],
    undecided: [
      {
        name: "classes that are not known, and whose",
        resources: [vpc, raw(T.bucket, "b", { name: "b", region: "fr-par", tags: UNKNOWN })],
        on: "stack",
        property: "data-class",
        from: b,
      },
    ],
  },
  "EVD-05": {
    failing: [
      ...LOST.map(([type, what]) => ({
        name: `the loss of ${type}, told as what it holds`,
        resources: [vpc],
        on: urnOf(type, "x"),
        property: "plan",
        steps: [deletion(type)],
        got: `delete: ${what}`,
      })),
      {
        name: "a consent that ends this very instant",
        resources: [vpc],
        on: urnOf(T.key, "x"),
        property: "plan",
        steps: [deletion(T.key)],
        law: {
          consents: [
            {
              destroy: [urnOf(T.key, "x")],
              expires: "2026-11-23T12:00:00.000Z",
              owner: "o",
              reason: "end of the trial",
            },
          ],
        },
      },
    ],
    passing: [
      {
        name: "a loss that its owner agreed to, on whose word",
        resources: [vpc],
        on: urnOf(T.key, "x"),
        property: "plan",
        steps: [deletion(T.key)],
        law: {
          consents: [
            { destroy: [urnOf(T.key, "x")], expires: "2026-12-31T00:00:00Z", owner: "data-office", reason: "r" },
          ],
        },
        proof: "declared",
        got: "delete, agreed to by data-office until 2026-12-31T00:00:00Z",
      },
    ],
  },
  G6: {
    failing: [
      {
        name: "a copy that nobody makes",
        resources: [source, target("fr-par"), ...rest.slice(0, 5), logs()],
        on: source.urn,
        property: "coverage",
        got: { without: ["backup"] },
      },
      {
        name: "the provider's own key",
        resources: [
          store,
          logs(),
          covering[2] ?? store,
          raw(T.encryption, "e", {
            bucket: "b",
            rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
          }),
        ],
        on: store.urn,
        property: "coverage",
        got: { without: ["encryption"] },
      },
      {
        name: "a database that is covered but for its backup and its way in",
        resources: [
          logs(),
          raw(T.database, "db", {
            region: "fr-par",
            encryptionAtRest: true,
            tags: [...tagList("health-pseudo", "data"), "backup-bucket="],
          }),
        ],
        on: db,
        property: "coverage",
        got: { without: ["policy", "backup"] },
      },
      {
        name: "metrics where logs are wanted",
        resources: [store, ...covering, logs({ type: "metrics" })],
        on: store.urn,
        property: "coverage",
        got: { without: ["log source"] },
      },
      {
        name: "logs of another region",
        resources: [store, ...covering, logs({ region: "nl-ams" })],
        on: store.urn,
        property: "coverage",
        got: { without: ["log source"] },
      },
      {
        name: "a bucket of data that nobody copies",
        resources: [{ ...store, inputs: { ...store.inputs, tags: tagMap("health-pseudo") } }, ...covering, logs()],
        on: store.urn,
        property: "coverage",
        got: { without: ["backup"] },
      },
    ],
    passing: [
      {
        name: "a bucket of data that somebody copies",
        resources: [source, target("fr-par"), ...rest, logs()],
        on: source.urn,
        property: "coverage",
      },
      {
        name: "a database with everything",
        resources: [logs(), database({ encryptionAtRest: true, privateNetwork: { pnId: "n" } }, "backup-bucket=cp")],
        on: db,
        property: "coverage",
        got: ["owner", "log source", "encryption", "policy", "backup"],
      },
    ],
    undecided: [
      {
        name: "a source of nobody knows what",
        resources: [store, ...covering, logs({ type: UNKNOWN })],
        on: store.urn,
        property: "coverage",
      },
      {
        name: "a source of nobody knows where",
        resources: [store, ...covering, logs({ region: UNKNOWN })],
        on: store.urn,
        property: "coverage",
      },
    ],
  },
  G11: {
    passing: [
      {
        name: "a runner and its logs in France, told in full",
        resources: [vpc],
        on: "stack",
        property: "pipeline.runner",
        law: { pipeline: { runner: part("FR"), logs: part("FR") } },
        got: part("FR"),
      },
      {
        name: "beside a component",
        resources: [component("acme:web:Site", "s"), vpc],
        on: "stack",
        property: "pipeline.logs",
      },
    ],
    failing: [
      {
        name: "logs abroad, told in full",
        resources: [vpc],
        on: "stack",
        property: "pipeline.logs",
        law: { pipeline: { runner: part("FR"), logs: part("US") } },
        got: part("US"),
      },
    ],
    undecided: [
      {
        name: "a pipeline that nobody described",
        resources: [vpc],
        on: "stack",
        property: "pipeline",
        law: { pipeline: null },
      },
    ],
  },
  G12: {
    passing: [
      counts("a component that shows nothing", { componentsWithoutInputs: 1 }, component("acme:web:Site", "s")),
      counts("a component that shows what it made", {}, component("acme:web:Site", "s", { url: "x" })),
      counts("a component that shows what it was given", {}, component("acme:web:Site", "s", {}, { size: 1 })),
      counts("the stack itself, which shows nothing", {}, raw("pulumi:pulumi:Stack", "s", {}, { custom: false })),
      counts(
        "dynamic providers of both languages",
        { dynamicProviders: 2 },
        raw("pulumi-nodejs:dynamic:Resource", "d"),
        raw("pulumi-python:dynamic:Resource", "e"),
      ),
      counts(
        "a stack reference, which is read, once",
        { stackReferences: 1 },
        read(raw(T.stackReference, "r", { name: "x" })),
      ),
      counts("a bucket that was read", { reads: 1 }, read(raw(T.bucket, "b", { name: "b" }))),
      counts(
        "another provider's resource, and an engine's own",
        { foreignPackages: 1 },
        raw("acme:web/site:Site", "f"),
        raw("pulumi:providers:acme", "p"),
      ),
    ],
    failing: [
      {
        name: "one more than the law allows",
        resources: [vpc, read(raw(T.bucket, "b", { name: "b" })), raw("acme:web/site:Site", "f")],
        on: "stack",
        property: "blindSpots",
        law: { blindSpots: 1 },
        got: { reads: 1, foreignPackages: 1 },
      },
    ],
  },
} as const satisfies Partial<Record<RuleId, MoreCases>>;
