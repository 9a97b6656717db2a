import { type RawObject, type RawResource, type RawValue, UNKNOWN } from "../../../judge/facts/raw.ts";
import type { RuleId } from "../../../policy-packs/bastide/rules/ids.ts";
import { raw, tagList, tagMap, urnOf } from "../../harness/raw.ts";
import type { MoreCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";

const par = { region: "fr-par" };
const source = (inputs: RawObject = {}) => raw(T.source, "s", { ...par, type: "logs", retentionDays: 365, ...inputs });
const s = urnOf(T.source, "s");
const alerts = (inputs: RawObject = {}) =>
  raw(T.alerts, "a", { ...par, contactPoints: [{ email: "o@example.org" }], ...inputs });
const trail = (bucket: RawValue = "log", dependsOn = {}) =>
  raw(T.exportJob, "t", { ...par, s3: { bucket, region: "fr-par" } }, { dependsOn });
const t = urnOf(T.exportJob, "t");
const cluster = (inputs: RawObject = par) => raw(T.cluster, "c", { cni: "cilium", tags: tagList(), ...inputs });
const c = urnOf(T.cluster, "c");
const gateway = (bastionEnabled: RawValue) =>
  raw(T.gateway, "g", { zone: "fr-par-1", bastionEnabled, allowedIpRanges: ["192.0.2.0/28"], tags: tagList() });
const g = urnOf(T.gateway, "g");
const database = (dataClass: string) => raw(T.database, "d", { ...par, tags: tagList(dataClass, "data") });
const d = urnOf(T.database, "d");

const archive = (inputs: RawObject = {}) =>
  raw(T.bucket, "b", {
    name: "b",
    ...par,
    objectLockEnabled: true,
    projectId: "logs",
    tags: tagMap("technical", "log"),
    ...inputs,
  });
const log = urnOf(T.bucket, "b");
const lock = (retention: RawObject, bucket: RawValue = "b") =>
  raw(T.bucketLock, "l", { bucket, rule: { defaultRetention: retention } });
const l = urnOf(T.bucketLock, "l");
const year = lock({ mode: "COMPLIANCE", days: 365 });
const key = raw(T.key, "k", par, { id: "fr-par/6170" });
const sse = (bucket: string, kmsMasterKeyId: RawValue | undefined, name = "e", extras = {}) =>
  raw(
    T.encryption,
    name,
    {
      bucket,
      rules: [
        {
          applyServerSideEncryptionByDefault:
            kmsMasterKeyId === undefined ? { sseAlgorithm: "AES256" } : { sseAlgorithm: "aws:kms", kmsMasterKeyId },
        },
      ],
    },
    extras,
  );
const e = urnOf(T.encryption, "e");
const may = (who: string, ...Action: string[]) => ({
  Effect: "Allow",
  Principal: who === "*" ? "*" : { SCW: `application_id:${who}` },
  Action,
  Resource: ["b/*"],
});
const policy = (...Statement: RawObject[]) =>
  raw(T.bucketPolicy, "p", { bucket: "b", policy: JSON.stringify({ Version: "2023-04-17", Statement }) });
const pol = urnOf(T.bucketPolicy, "p");
const writes = policy(may("w", "s3:PutObject"));
/** An archive apart, with some of its parts in another form, and what stands beside it. */
const apart = (changed: readonly RawResource[] = [], ...more: readonly RawResource[]): readonly RawResource[] =>
  [archive(), year, key, sse("b", "6170"), writes].map((r) => changed.find((it) => it.urn === r.urn) ?? r).concat(more);
const data = (inputs: RawObject = {}, name = "d") =>
  raw(T.bucket, name, { name, projectId: "data", tags: tagMap(), ...inputs });
/** Another archive, apart from data and not from the first. */
const second = [
  data({ projectId: "logs", objectLockEnabled: true, tags: tagMap("technical", "log") }),
  raw(T.bucketLock, "m", { bucket: "d", rule: { defaultRetention: { mode: "COMPLIANCE", days: 365 } } }),
  sse("d", "6170", "f"),
  raw(T.bucketPolicy, "q", {
    bucket: "d",
    policy: JSON.stringify({ Version: "2023-04-17", Statement: [may("w", "s3:PutObject")] }),
  }),
];
const UNDOING = [
  "s3:BypassGovernanceRetention",
  "s3:DeleteBucket",
  "s3:DeleteBucketPolicy",
  "s3:DeleteObject",
  "s3:DeleteObjectVersion",
  "s3:PutBucketPolicy",
  "s3:PutLifecycleConfiguration",
];
const forgets = (rule: RawObject, tags: RawValue = tagMap("technical", "log")) =>
  raw(T.bucket, "b", { name: "b", ...par, tags, lifecycleRules: [rule] });
const EXPIRES = "lifecycleRules[0].expiration.days";

export const moreLogging = {
  "OBS-01": {
    passing: [
      {
        name: "a long retention of what may be logs",
        resources: [source({ type: UNKNOWN })],
        on: s,
        property: "retentionDays",
        got: 365,
      },
      { name: "a log bucket whose objects stay, told so", resources: [archive()], on: log, property: "lifecycleRules" },
      {
        name: "a rule that is off",
        resources: [forgets({ enabled: false, expiration: { days: 1 } })],
        on: log,
        property: EXPIRES,
        got: "disabled",
      },
      {
        name: "a rule that ends after a year",
        resources: [forgets({ enabled: true, expiration: { days: 365 } })],
        on: log,
        property: EXPIRES,
        got: 365,
      },
      {
        name: "a rule without expiry",
        resources: [forgets({ enabled: true, transitions: [{ days: 30, storageClass: "ONEZONE_IA" }] })],
        on: log,
        property: EXPIRES,
      },
      {
        name: "a bucket of data that forgets, beside a log source",
        resources: [forgets({ enabled: true, expiration: { days: 1 } }, tagMap()), source()],
        on: s,
      },
    ],
    failing: [
      {
        name: "logs that nobody says how long",
        resources: [source({ retentionDays: null })],
        on: s,
        property: "retentionDays",
      },
      {
        name: "a rule that ends a day too early",
        resources: [forgets({ enabled: true, expiration: { days: 364 } })],
        on: log,
        property: EXPIRES,
        got: 364,
      },
    ],
    undecided: [
      {
        name: "rules that are not known",
        resources: [archive({ lifecycleRules: UNKNOWN })],
        on: log,
        property: "lifecycleRules",
      },
      {
        name: "a rule of a bucket whose tier is not known",
        resources: [forgets({ enabled: true, expiration: { days: 1 } }, UNKNOWN)],
        on: log,
        property: EXPIRES,
      },
      {
        name: "a rule of which nobody knows whether it is on",
        resources: [forgets({ enabled: UNKNOWN, expiration: { days: UNKNOWN } })],
        on: log,
        property: EXPIRES,
      },
    ],
    notApplicable: [
      { name: "traces", resources: [source({ type: "traces", retentionDays: 15 })], on: s, property: "retentionDays" },
    ],
  },
  "OBS-02": {
    passing: [
      {
        name: "a cluster with logs, and whose",
        resources: [cluster(), source(), alerts()],
        on: c,
        property: "log source",
        got: s,
        path: [s],
      },
      {
        name: "a gateway without bastion, and a watched cluster",
        resources: [gateway(false), cluster(), source(), alerts()],
        on: c,
      },
      {
        name: "a bastion that is watched",
        resources: [gateway(true), source(), alerts()],
        on: g,
        property: "alert",
        path: [urnOf(T.alerts, "a")],
      },
      {
        name: "a health database with a trail",
        resources: [database("health-pseudo"), source(), alerts(), trail()],
        on: d,
        property: "audit trail",
        path: [t],
      },
      {
        name: "a network, which needs no watch",
        resources: [raw(T.vpc, "v", par), cluster(), source(), alerts()],
        on: c,
      },
    ],
    failing: [
      {
        name: "a bastion that nobody watches",
        resources: [gateway(true)],
        on: g,
        property: "log source",
        got: "none in fr-par",
      },
      { name: "what may be a bastion, and nobody watches", resources: [gateway(UNKNOWN)], on: g, property: "alert" },
      {
        name: "a health database that nobody watches",
        resources: [database("health-pseudo")],
        on: d,
        property: "audit trail",
      },
      {
        name: "a frontend with logs off",
        resources: [raw(T.frontend, "f", { lbId: "l", enableAccessLogs: false })],
        on: urnOf(T.frontend, "f"),
        property: "enableAccessLogs",
        got: false,
      },
    ],
    undecided: [
      {
        name: "a cluster of nobody knows where",
        resources: [cluster({ region: UNKNOWN }), source(), alerts()],
        on: c,
        property: "log source",
      },
      {
        name: "a source of nobody knows where",
        resources: [cluster(), source({ region: UNKNOWN }), alerts()],
        on: c,
        property: "log source",
      },
      {
        name: "contacts that are not known",
        resources: [cluster(), source(), alerts({ contactPoints: UNKNOWN })],
        on: c,
        property: "alert",
      },
    ],
    notApplicable: [
      {
        name: "a technical database, told of its logs",
        resources: [database("technical")],
        on: d,
        property: "log source",
      },
    ],
  },
  "OBS-03": {
    passing: [
      {
        name: "an archive apart, locked, and by what",
        resources: apart(),
        on: log,
        property: "rule.defaultRetention.days",
        got: 365,
        path: [l],
      },
      {
        name: "a lock of a day",
        resources: apart([lock({ mode: "COMPLIANCE", days: 1 })]),
        on: log,
        property: "rule.defaultRetention.mode",
        path: [l],
      },
      {
        name: "a project of its own, and which",
        resources: apart([], data()),
        on: log,
        property: "projectId",
        got: "logs alone",
        path: ["logs"],
      },
      {
        name: "two archives in a project and under a key of logs alone",
        resources: apart([], ...second),
        on: log,
        property: "projectId",
      },
      {
        name: "a key of its own, and which",
        resources: apart([], data(), sse("d", "other", "f")),
        on: log,
        property: "serverSideEncryption",
        got: key.urn,
        path: [e, key.urn],
      },
      {
        name: "writers, told with the policy",
        resources: apart(),
        on: log,
        property: "policy",
        got: ["application_id:w"],
        path: [pol],
      },
      {
        name: "one who deletes and does not write",
        resources: apart([policy(may("w", "s3:PutObject"), may("x", "s3:DeleteObject"))]),
        on: log,
        property: "policy",
      },
      {
        name: "a trail that ends in it, told with it",
        resources: apart([], trail("b")),
        on: t,
        property: "s3.bucket",
        got: log,
        path: [log],
        proof: "checked",
      },
      {
        name: "a trail that ends in it by a dependency",
        resources: apart([{ ...archive(), id: UNKNOWN }], trail(UNKNOWN, { s3: [log] })),
        on: t,
        property: "s3.bucket",
        proof: "assumed",
      },
      {
        name: "a key that is known by a dependency",
        resources: apart([{ ...key, id: UNKNOWN }, sse("b", UNKNOWN, "e", { dependsOn: { rules: [key.urn] } })]),
        on: log,
        property: "serverSideEncryption",
        proof: "assumed",
      },
    ],
    failing: [
      {
        name: "an archive without lock",
        resources: apart().filter((r) => r.urn !== l),
        on: log,
        property: "lock",
        got: "none",
      },
      {
        name: "an archive that can't be locked",
        resources: apart([archive({ objectLockEnabled: false })]),
        on: log,
        property: "objectLockEnabled",
        got: false,
      },
      {
        name: "a lock of no day",
        resources: apart([lock({ mode: "COMPLIANCE", days: 0 })]),
        on: log,
        property: "rule.defaultRetention.days",
        path: [l],
      },
      {
        name: "a lock that says no days",
        resources: apart([lock({ mode: "COMPLIANCE" })]),
        on: log,
        property: "rule.defaultRetention.days",
      },
      {
        name: "a project that nobody wrote",
        resources: apart([archive({ projectId: null })]),
        on: log,
        property: "projectId",
      },
      {
        name: "data and backups in the same project, in the order of words",
        resources: apart(
          [],
          data({ projectId: "logs" }),
          data({ projectId: "logs", tags: tagMap("technical", "backup") }, "f"),
        ),
        on: log,
        property: "projectId",
        got: "also tier backup, data",
        path: ["logs"],
      },
      {
        name: "no key",
        resources: apart([sse("b", undefined)]),
        on: log,
        property: "serverSideEncryption",
        got: "no key of its own",
      },
      {
        name: "a key beside none",
        resources: apart([], sse("b", undefined, "f")),
        on: log,
        property: "serverSideEncryption",
        got: "no key of its own",
      },
      {
        name: "a key that other data use, and whose",
        resources: apart([], data(), sse("d", "6170", "f")),
        on: log,
        property: "serverSideEncryption",
        got: "a key that other data use too",
        path: [e, key.urn, urnOf(T.bucket, "d")],
      },
      {
        name: "a key that other data use beside another one",
        resources: apart([], data(), sse("d", "other", "f"), sse("d", "6170", "h"), sse("b", "second", "i")),
        on: log,
        property: "serverSideEncryption",
      },
      {
        name: "no policy",
        resources: apart().filter((r) => r.urn !== pol),
        on: log,
        property: "policy",
        got: "no policy: IAM alone, which can't tell buckets apart",
      },
      ...UNDOING.map((action) => ({
        name: `a writer that may undo: ${action}`,
        resources: apart([policy(may("w", "s3:PutObject", action))]),
        on: log,
        property: "policy",
        got: { writeAndDelete: ["application_id:w"] },
        path: [pol],
      })),
      {
        name: "everybody who deletes",
        resources: apart([policy(may("w", "s3:PutObject"), may("*", "s3:DeleteObject"))]),
        on: log,
        property: "policy",
        got: { writeAndDelete: ["*"] },
      },
      {
        name: "everybody who writes, and one who deletes",
        resources: apart([policy(may("*", "s3:PutObject"), may("x", "s3:DeleteObject"))]),
        on: log,
        property: "policy",
        got: { writeAndDelete: ["application_id:x"] },
      },
      {
        name: "a trail that ends in a bucket of another stack",
        resources: apart([], trail("elsewhere")),
        on: t,
        property: "s3.bucket",
        got: "elsewhere",
      },
      {
        name: "a trail that ends among the data, and where",
        resources: [data(), trail("d")],
        on: t,
        property: "s3.bucket",
        got: "a bucket of another tier",
        path: [urnOf(T.bucket, "d")],
      },
    ],
    undecided: [
      {
        name: "a lock that may be another's",
        resources: apart([lock({ mode: "COMPLIANCE", days: 365 }, UNKNOWN)]),
        on: log,
        property: "lock",
      },
      {
        name: "a project that is not known",
        resources: apart([archive({ projectId: UNKNOWN })]),
        on: log,
        property: "projectId",
      },
      {
        name: "keys that are not known",
        resources: apart([raw(T.encryption, "e", { bucket: "b", rules: UNKNOWN })]),
        on: log,
        property: "serverSideEncryption",
      },
      {
        name: "a trail that ends in one of two",
        resources: apart([], data(), trail(UNKNOWN, { s3: [log, urnOf(T.bucket, "d")] })),
        on: t,
        property: "s3.bucket",
      },
      {
        name: "no lock where the tier is not known",
        resources: [archive({ tags: UNKNOWN })],
        on: log,
        property: "lock",
      },
    ],
    notApplicable: [
      {
        name: "a bucket of data, told of the lock",
        resources: [raw(T.bucket, "b", { tags: tagMap() })],
        on: log,
        property: "lock",
      },
    ],
  },
} as const satisfies Partial<Record<RuleId, MoreCases>>;
