import { type RawValue, UNKNOWN } from "../../../judge/facts/raw.ts";
import type { RuleId } from "../../../policy-packs/bastide/rules/ids.ts";
import { raw, tagList, tagMap, urnOf } from "../../harness/raw.ts";
import type { MoreCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";
import { bucket, encryption, key, place, rest, source, target, two } from "./copies.ts";
import { database, replica } from "./coverage.ts";
import { backend, record } from "./others.ts";
import { cluster, pool, server } from "./zones.ts";

const on = source.urn;
const home = target("fr-par");
const db = urnOf(T.database, "db");
const inRecord = urnOf(T.record, "r");
const health = [...tagList("health-pseudo", "data")];
const dumped = (
  backupBucket: string | undefined,
  tags: RawValue = [...health, ...(backupBucket === undefined ? [] : [`backup-bucket=${backupBucket}`])],
) => raw(T.database, "db", { region: "fr-par", tags });
const redis = raw(T.redis, "r", { zone: "fr-par-1", tags: health });
const otherCopy = bucket("cq", "fr-par", "backup", { tier: "backup", "rpo-minutes": "60", "rto-minutes": "240" });
const abroad = { regions: [place("fr-par"), { ...place("fr-two"), jurisdictions: ["CH"] }] };
const partly = { regions: [place("fr-par"), { ...place("fr-two"), jurisdictions: ["CH", "EU"] }] };

const job = (type: string, restores: RawValue) =>
  raw(type, "j", {
    metadata: { name: "restore-test", annotations: { "bastide.dev/restores": restores } },
    spec: { schedule: "0 3 * * 0" },
  });
const backup = raw(T.bucket, "b", { name: "cp", region: "fr-par", tags: tagMap("health-pseudo", "backup") });

const store = (tags: RawValue, inputs: Record<string, RawValue> = {}) =>
  raw(T.bucket, "b", { name: "b", objectLockEnabled: true, tags, ...inputs });
const lock = (retention: Record<string, RawValue>) =>
  raw(T.bucketLock, "l", { bucket: "b", rule: { defaultRetention: retention } });
const locked = tagMap("health-pseudo", "backup");
const inBucket = urnOf(T.bucket, "b");
const address = (data: string) => raw(T.record, "r", { dnsZone: "z", type: "A", data });
const gatewayAt = (ip: string) => raw(T.gatewayIp, "g", { zone: "fr-par-1" }, { outputs: { address: ip } });
const alias = (type: string, data: string) => raw(T.record, "r", { dnsZone: "z", type, data });
const listed = { hosts: [{ host: "status.example.net", reason: "status page of the operator" }] };

export const moreContinuity = {
  "DR-01": {
    failing: [
      {
        name: "a server whose zone no other has",
        resources: [server("a", "fr-par-1", "data")],
        on: urnOf(T.server, "a"),
        property: "zone",
      },
    ],
  },
  "DR-02": {
    passing: [
      {
        name: "a copy, and by whose rights",
        resources: [source, home, ...rest],
        on,
        property: "copy",
        got: home.urn,
        path: [home.urn],
      },
      {
        name: "a good copy behind one that is none",
        resources: [source, bucket("ca", "fr-par", "data", { tier: "backup" }), home, ...rest],
        on,
        property: "copy",
        got: home.urn,
      },
      { name: "a cache, which holds what is stored elsewhere", resources: [source, home, ...rest, redis], on },
    ],
    failing: [
      {
        name: "a copy with everything but rights, told with its name",
        resources: [source, home, key("k1"), key("k2"), encryption("src", "k1"), encryption("cp", "k2")],
        on,
        property: "copy",
        path: [home.urn],
      },
      {
        name: "a copy in a region that the profile does not have",
        resources: [source, target("nl-ams"), ...rest],
        on,
        property: "copy",
        got: { lacks: ["a region of the profile"] },
      },
      {
        name: "a database that nobody dumps",
        resources: [dumped(undefined)],
        on: db,
        property: "tags.backup-bucket",
        got: null,
      },
      {
        name: "a database that is dumped beside the backups",
        resources: [dumped("src"), source],
        on: db,
        property: "tags.backup-bucket",
        got: "src",
      },
      {
        name: "a database that is dumped who knows where",
        resources: [dumped("elsewhere"), home],
        on: db,
        property: "tags.backup-bucket",
        got: "elsewhere",
      },
    ],
    undecided: [
      {
        name: "a copy that lacks something beside one whose project is not known",
        resources: [source, otherCopy, target("fr-par", { project: UNKNOWN }), ...rest],
        on,
        property: "copy",
        path: [home.urn],
      },
      {
        name: "a database that is dumped into a bucket whose tier is not known",
        resources: [dumped("b"), raw(T.bucket, "b", { name: "b", region: "fr-par", tags: UNKNOWN })],
        on: db,
        property: "tags.backup-bucket",
      },
      {
        name: "a database whose tags are not known",
        resources: [dumped(undefined, UNKNOWN)],
        on: db,
        property: "tags.backup-bucket",
      },
    ],
  },
  "DR-03": {
    passing: [
      {
        name: "a service of the same zone, behind its number",
        resources: [alias("HTTPS", "  1   www")],
        on: inRecord,
      },
      {
        name: "a service, behind its numbers",
        resources: [alias("SRV", "10 20 443 status.example.net.")],
        on: inRecord,
        law: listed,
      },
      {
        name: "an address by a URL with a port",
        resources: [record("https://STATUS.example.net:8443/health?x#y")],
        on: inRecord,
        law: listed,
      },
      { name: "a private address", resources: [address("10.0.0.7")], on: inRecord, got: "10.0.0.7" },
      {
        name: "an address that the law lists",
        resources: [address("203.0.113.7")],
        on: inRecord,
        law: { hosts: [{ host: "203.0.113.7", reason: "status page" }] },
      },
      {
        name: "a zone of the region",
        resources: [backend("b.fr-par-2.scw.cloud")],
        on: urnOf(T.backend, "b"),
        alone: true,
      },
    ],
    failing: [
      {
        name: "a place in another's name",
        resources: [backend("fr-par.example.com")],
        on: urnOf(T.backend, "b"),
        property: "failoverHost",
        alone: true,
      },
      {
        name: "a name of Scaleway without a place",
        resources: [backend("b.scw.cloud")],
        on: urnOf(T.backend, "b"),
        property: "failoverHost",
      },
      {
        name: "a name in which a place only occurs",
        resources: [backend("my-fr-par.x.scw.cloud")],
        on: urnOf(T.backend, "b"),
        property: "failoverHost",
      },
      {
        name: "a service elsewhere, behind its number",
        resources: [alias("HTTPS", "1 mail.example.com")],
        on: inRecord,
        property: "data",
        got: "mail.example.com",
      },
    ],
    undecided: [
      {
        name: "another address than the gateway's",
        resources: [gatewayAt("51.15.0.1"), address("51.15.0.2")],
        on: inRecord,
        path: ["51.15.0.2"],
      },
      {
        name: "an address that a listed host does not have",
        resources: [address("203.0.113.7")],
        on: inRecord,
        law: listed,
      },
      {
        name: "an address while the gateway's is not known",
        resources: [
          raw(T.gatewayIp, "g", { zone: "fr-par-1" }, { outputs: { address: UNKNOWN } }),
          address("51.15.0.2"),
        ],
        on: inRecord,
      },
    ],
    notApplicable: [{ name: "a failover to an empty name", resources: [backend("")], on: urnOf(T.backend, "b") }],
  },
  "DR-04": {
    passing: [
      {
        name: "a backup under compliance, for a day",
        resources: [store(locked), lock({ mode: "COMPLIANCE", days: 1 })],
        on: inBucket,
        property: "rule.defaultRetention.mode",
        got: "COMPLIANCE",
        path: [urnOf(T.bucketLock, "l")],
      },
      {
        name: "a backup under a lock of a year, and which lock",
        resources: [store(locked), lock({ mode: "GOVERNANCE", days: 365 })],
        on: inBucket,
        property: "rule.defaultRetention.days",
        path: [urnOf(T.bucketLock, "l")],
      },
    ],
    failing: [
      {
        name: "a technical backup whose versions are off",
        resources: [
          store(tagMap("technical", "backup"), { versioning: { enabled: false } }),
          lock({ mode: "GOVERNANCE", days: 30 }),
        ],
        on: inBucket,
        property: "versioning.enabled",
        got: false,
      },
      {
        name: "a lock of no day",
        resources: [store(locked), lock({ mode: "GOVERNANCE", days: 0 })],
        on: inBucket,
        property: "rule.defaultRetention.days",
        got: 0,
      },
      {
        name: "a lock that says no days",
        resources: [store(locked), lock({ mode: "GOVERNANCE" })],
        on: inBucket,
        property: "rule.defaultRetention.days",
      },
    ],
    undecided: [
      {
        name: "a lock that may be missing where the tier is not known",
        resources: [store({ ...tagMap("health-pseudo"), tier: UNKNOWN })],
        on: inBucket,
        property: "lock",
      },
    ],
    notApplicable: [
      {
        name: "a bucket of data needs no lock",
        resources: [store(tagMap("health-pseudo"))],
        on: inBucket,
        property: "lock",
      },
    ],
  },
  "DR-05": {
    passing: [
      {
        name: "a replica elsewhere, and which",
        resources: [database(), replica(false)],
        on: db,
        property: "replica",
        path: [urnOf(T.replica, "r")],
      },
      {
        name: "a replica elsewhere beside one in the same zone",
        resources: [
          database(),
          raw(T.replica, "near", { instanceId: "fr-par/db", sameZone: true }),
          raw(T.replica, "far", { instanceId: "fr-par/db", sameZone: false }),
        ],
        on: db,
        property: "replica",
      },
    ],
    failing: [
      { name: "no replica", resources: [database()], on: db, property: "replica", got: "none", path: [] },
      {
        name: "a replica of another database",
        resources: [
          database(),
          raw(T.database, "other", { region: "fr-par", tags: tagList() }, { id: "fr-par/other" }),
          raw(T.replica, "r", { instanceId: "fr-par/other", sameZone: false }),
        ],
        on: db,
        property: "replica",
        got: "none",
      },
      {
        name: "a replica in the same building, and which",
        resources: [database(), replica(true)],
        on: db,
        property: "replica",
        path: [urnOf(T.replica, "r")],
      },
    ],
    undecided: [
      {
        name: "a replica of a database that is one of two",
        resources: [
          database(),
          raw(T.database, "other", { region: "fr-par", tags: tagList() }),
          raw(
            T.replica,
            "r",
            { instanceId: UNKNOWN, sameZone: false },
            { dependsOn: { instanceId: [db, urnOf(T.database, "other")] } },
          ),
        ],
        on: db,
        property: "replica",
      },
    ],
  },
  "DR-07": {
    passing: [
      {
        name: "a job that tries two, and which job",
        resources: [backup, job(T.cronJob, "other   cp")],
        on: backup.urn,
        path: [urnOf(T.cronJob, "j")],
      },
    ],
    failing: [
      {
        name: "a job that runs once",
        resources: [backup, job("kubernetes:batch/v1:Job", "cp")],
        on: backup.urn,
        property: "restore test",
        got: "none",
      },
      {
        name: "a part of a job, which makes none",
        resources: [backup, job("kubernetes:batch/v1:CronJobPatch", "cp")],
        on: backup.urn,
        property: "restore test",
      },
    ],
    undecided: [
      {
        name: "a backup whose name is not known",
        resources: [
          raw(T.bucket, "b", { name: UNKNOWN, region: "fr-par", tags: tagMap("health-pseudo", "backup") }),
          job(T.cronJob, "cp"),
        ],
        on: backup.urn,
      },
    ],
  },
  G10: {
    passing: [
      {
        name: "what is left, told by service",
        resources: [cluster, pool("a", "fr-par-2"), pool("b", "fr-par-1")],
        on: "stack",
        property: "fr-par-2",
        got: { "scaleway:kubernetes/cluster:Cluster::c": ["fr-par-1"] },
      },
      {
        name: "a zone that another service does not know",
        resources: [
          cluster,
          pool("a", "fr-par-1"),
          pool("b", "fr-par-2"),
          server("x", "fr-par-2", "data"),
          server("y", "fr-par-3", "data"),
          server("z", "fr-par-1", "admin"),
        ],
        on: "stack",
        property: "fr-par-3",
      },
    ],
    failing: [
      {
        name: "a cluster that ends with its zone, and which",
        resources: [cluster, pool("a", "fr-par-1")],
        on: "stack",
        property: "fr-par-1",
        path: [cluster.urn],
      },
      {
        name: "a cluster that stands nowhere",
        resources: [cluster, pool("a", "fr-par-1", 0)],
        on: "stack",
        property: "zones",
        got: { lost: ["scaleway:kubernetes/cluster:Cluster::c"] },
        path: [cluster.urn],
      },
    ],
    undecided: [
      {
        name: "a cluster whose only zone is not known",
        resources: [cluster, pool("a", UNKNOWN)],
        on: "stack",
        property: "zones",
      },
    ],
    notApplicable: [
      {
        name: "an admin host alone, told once",
        resources: [server("a", "fr-par-1", "admin")],
        on: "stack",
        property: "zones",
      },
    ],
  },
  G3: {
    passing: [
      {
        name: "a copy in another region, and which",
        resources: [source, target("fr-two"), ...rest],
        on,
        law: two,
        property: "region",
        got: home.urn,
        path: [home.urn],
      },
      {
        name: "a copy in a region under one law of two",
        resources: [source, target("fr-two"), ...rest],
        on,
        law: partly,
        property: "region",
      },
    ],
    failing: [
      {
        name: "a copy in another country's region",
        resources: [source, target("fr-two"), ...rest],
        on,
        law: abroad,
        property: "region",
        got: { verdict: "region loss not covered", copy: "in the same region", satisfiable: true },
      },
      {
        name: "a copy in the same region, and which",
        resources: [source, home, ...rest],
        on,
        law: two,
        property: "region",
        path: [home.urn],
      },
      {
        name: "a copy in the same project and region",
        resources: [source, target("fr-par", { project: "data" }), ...rest],
        on,
        law: two,
        property: "region",
        got: { verdict: "region loss not covered", copy: "none", satisfiable: true },
        path: [],
      },
    ],
    undecided: [
      {
        name: "a copy in a place that is not known",
        resources: [source, bucket("cp", "x", "backup", { tier: "backup" }), ...rest].map((r) =>
          r.urn === home.urn ? { ...r, inputs: { ...r.inputs, region: UNKNOWN } } : r,
        ),
        on,
        law: two,
      },
    ],
    notApplicable: [{ name: "the copy itself", resources: [home], on: home.urn, property: "region" }],
  },
} as const satisfies Partial<Record<RuleId, MoreCases>>;
