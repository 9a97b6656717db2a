import { type RawObject, UNKNOWN } from "../../../judge/facts/raw.ts";
import type { RuleId } from "../../../policy-packs/bastide/rules/ids.ts";
import { K, NAMESPACE, namespaceOf, podSpec, RESTRICTED } from "../../harness/kubernetes.ts";
import { raw, tagMap, urnOf } from "../../harness/raw.ts";
import type { MoreCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";

/** Some 90 days on from the tests' clock, 2026-11-23T12:00. */
const LAST_DAY = "2027-02-21";
const DAY_AFTER = "2027-02-22";
const notes: RawObject = {
  "transfer-set": "snds-base",
  "transfer-source": "abfss://raw@old",
  "transfer-destination": "s3://snds-base",
  "transfer-owner": "snds-office",
  "transfer-until": "2027-01-15",
  "transfer-manifest": "s3://manifests/snds-base.json",
  "transfer-decommission": "2027-03-01",
};
const job = (
  name: string,
  purpose: string,
  annotations: RawObject,
  account: unknown = "copier",
  type: string = K.job,
) => {
  const template = {
    spec: podSpec({ serviceAccountName: account === null ? null : account === UNKNOWN ? UNKNOWN : String(account) }),
  };
  const spec = type === K.job ? { template } : { schedule: "0 3 * * *", jobTemplate: { spec: { template } } };
  return raw(type, name, { metadata: { name, namespace: NAMESPACE, labels: { purpose }, annotations }, spec });
};
const transfer = (over: RawObject = {}, account: unknown = "copier") =>
  job("copy", "transfer", { ...notes, ...over }, account);
const compare = (over: RawObject = {}, account: unknown = "comparer") =>
  job("compare", "comparison", { "transfer-set": "snds-base", ...over }, account);
const copy = urnOf(K.job, "copy");
const compared = urnOf(K.job, "compare");
const note = (key: string) => `metadata.annotations["${key}"]`;

const policy = (egress: unknown, metadata: RawObject = {}) =>
  raw(K.networkPolicy, "out", {
    metadata: { name: "out", namespace: NAMESPACE, ...metadata },
    spec: { podSelector: { matchLabels: { app: "copy" } }, policyTypes: ["Egress"], egress: egress as RawObject[] },
  });
const way = urnOf(K.networkPolicy, "out");
const to = (...cidrs: (string | typeof UNKNOWN)[]) => [{ to: cidrs.map((cidr) => ({ ipBlock: { cidr } })) }];
const PUBLIC = "20.38.0.0/16";

const bucket = (name: string, dataClass: string, tier: string) =>
  raw(T.bucket, name, { name, region: "fr-par", tags: tagMap(dataClass, tier) }, { id: `fr-par/${name}` });
const airlock = bucket("export", "health-derived", "export");
const site = bucket("site", "public", "data");
const tables = bucket("tables", "health-pseudo", "data");
const may = (who: string, ...actions: string[]) => ({
  Sid: `${who}-${actions.length}-${actions.join("-").replaceAll(":", "")}`,
  Effect: "Allow",
  Principal: who === "*" ? "*" : { SCW: [`application_id:${who}`] },
  Action: actions,
  Resource: ["export/*"],
});
const policyOf = (name: string, ...Statement: ReturnType<typeof may>[]) =>
  raw(T.bucketPolicy, `${name}-policy`, {
    bucket: name,
    region: "fr-par",
    policy: JSON.stringify({ Version: "2023-04-17", Statement }),
  });
const reviewed = policyOf("export", may("space", "s3:PutObject"), may("reviewer", "s3:GetObject"));
const space = namespaceOf({ ...RESTRICTED, permit: "p-1" });

export const moreMigration = {
  "MIG-01": {
    passing: [
      {
        name: "an end on the last day that is allowed",
        resources: [transfer({ "transfer-until": LAST_DAY })],
        on: copy,
        property: note("transfer-until"),
      },
      {
        name: "an end today",
        resources: [transfer({ "transfer-until": "2026-11-23" })],
        on: copy,
        property: note("transfer-until"),
      },
      {
        name: "a scheduled transfer that says all",
        resources: [job("copy", "transfer", notes, "copier", K.cronJob)],
        on: urnOf(K.cronJob, "copy"),
        property: note("transfer-owner"),
      },
    ],
    failing: [
      {
        name: "an end a day too far",
        resources: [transfer({ "transfer-until": DAY_AFTER })],
        on: copy,
        property: note("transfer-until"),
        got: DAY_AFTER,
      },
      {
        name: "an end yesterday",
        resources: [transfer({ "transfer-until": "2026-11-22" })],
        on: copy,
        property: note("transfer-until"),
      },
      {
        name: "an end with more than a day in it",
        resources: [transfer({ "transfer-until": "2027-01-15 or so" })],
        on: copy,
        property: note("transfer-until"),
      },
      {
        name: "an end with words before it",
        resources: [transfer({ "transfer-until": "about 2027-01-15" })],
        on: copy,
        property: note("transfer-until"),
      },
      {
        name: "a scheduled transfer for ever",
        resources: [job("copy", "transfer", { ...notes, "transfer-until": "" }, "copier", K.cronJob)],
        on: urnOf(K.cronJob, "copy"),
        property: note("transfer-until"),
      },
      {
        name: "no source",
        resources: [transfer({ "transfer-source": "" })],
        on: copy,
        property: note("transfer-source"),
      },
      {
        name: "a way out beside one that stays inside",
        resources: [policy(to("10.0.0.0/8", PUBLIC))],
        on: way,
        property: note("transfer-until"),
      },
      {
        name: "a way out of another tier",
        resources: [policy(to(PUBLIC), { labels: { tier: "compute" } })],
        on: way,
        property: note("transfer-until"),
      },
    ],
    undecided: [
      {
        name: "ways that are not known",
        resources: [
          raw(K.networkPolicy, "out", {
            metadata: { name: "out", namespace: NAMESPACE },
            spec: { podSelector: {}, policyTypes: ["Egress"], egress: UNKNOWN },
          }),
        ],
        on: way,
        property: "spec.egress",
      },
      {
        name: "an owner that is not known",
        resources: [transfer({ "transfer-owner": UNKNOWN })],
        on: copy,
        property: note("transfer-owner"),
      },
    ],
    notApplicable: [
      { name: "a way to pods", resources: [policy([{ to: [{ podSelector: {} }] }])], on: "stack" },
      {
        name: "something else that is called a transfer",
        resources: [namespaceOf({ purpose: "transfer" })],
        on: "stack",
      },
    ],
  },
  "MIG-02": {
    passing: [
      {
        name: "compared on a schedule, by another",
        resources: [transfer(), job("compare", "comparison", { "transfer-set": "snds-base" }, "comparer", K.cronJob)],
        on: copy,
        property: "comparison.serviceAccountName",
        got: "comparer",
        path: [urnOf(K.cronJob, "compare")],
      },
      {
        name: "everything written down",
        resources: [transfer(), compare()],
        on: copy,
        property: note("transfer-decommission"),
        got: "2027-03-01",
      },
    ],
    failing: [
      {
        name: "compared by the copier, whom nobody named",
        resources: [transfer({}, null), compare({}, null)],
        on: copy,
        property: "comparison.serviceAccountName",
        path: [compared],
      },
      {
        name: "an old side that ends some day",
        resources: [transfer({ "transfer-decommission": "2027-03-01 or later" }), compare()],
        on: copy,
        property: note("transfer-decommission"),
      },
      {
        name: "an old side that ends about then",
        resources: [transfer({ "transfer-decommission": "about 2027-03-01" }), compare()],
        on: copy,
        property: note("transfer-decommission"),
      },
      {
        name: "a manifest without name",
        resources: [transfer({ "transfer-manifest": "" }), compare()],
        on: copy,
        property: note("transfer-manifest"),
      },
      {
        name: "a set of an empty name",
        resources: [transfer({ "transfer-set": "" }), compare({ "transfer-set": "" })],
        on: copy,
        property: note("transfer-set"),
      },
      {
        name: "a scheduled transfer that nobody compares",
        resources: [job("copy", "transfer", notes, "copier", K.cronJob)],
        on: urnOf(K.cronJob, "copy"),
        property: "comparison",
        got: null,
      },
    ],
    undecided: [
      {
        name: "a comparison of a set that is not known",
        resources: [transfer(), compare({ "transfer-set": UNKNOWN })],
        on: copy,
        property: "comparison",
        from: compared,
      },
      {
        name: "a copier who is not known",
        resources: [transfer({}, UNKNOWN), compare()],
        on: copy,
        property: "comparison.serviceAccountName",
      },
      {
        name: "a comparer who is not known",
        resources: [transfer(), compare({}, UNKNOWN)],
        on: copy,
        property: "comparison.serviceAccountName",
      },
    ],
    notApplicable: [
      { name: "a namespace that is called a transfer", resources: [namespaceOf({ purpose: "transfer" })], on: "stack" },
    ],
  },
  "MIG-03": {
    passing: [
      {
        name: "two reviewers of one writer",
        resources: [
          airlock,
          policyOf(
            "export",
            may("space", "s3:PutObject"),
            may("reviewer", "s3:GetObject"),
            may("second", "s3:GetObject"),
          ),
        ],
        on: airlock.urn,
        property: "policy.readers",
        got: ["application_id:reviewer", "application_id:second"],
        path: [reviewed.urn],
      },
      {
        name: "a bucket that the reviewer reads, too",
        resources: [
          airlock,
          reviewed,
          site,
          policyOf("site", may("space", "s3:PutObject"), may("reviewer", "s3:GetObject")),
        ],
        on: airlock.urn,
        property: "policy.writers",
        got: ["application_id:space"],
      },
      {
        name: "a bucket that others fill and read",
        resources: [
          airlock,
          reviewed,
          site,
          policyOf("site", may("editor", "s3:PutObject"), may("visitor", "s3:GetObject")),
        ],
        on: airlock.urn,
      },
      {
        name: "tables of health data that other spaces read",
        resources: [
          airlock,
          reviewed,
          tables,
          policyOf("tables", may("space", "s3:PutObject"), may("analyst", "s3:GetObject")),
        ],
        on: airlock.urn,
      },
      {
        name: "a space that reaches nothing",
        resources: [space, policy([])],
        on: way,
        property: "spec.egress",
        path: [space.urn],
      },
      { name: "a space that reaches pods", resources: [space, policy([{ to: [{ podSelector: {} }] }])], on: way },
    ],
    failing: [
      {
        name: "everybody fills another bucket, and others read it",
        resources: [
          airlock,
          reviewed,
          site,
          policyOf("site", may("*", "s3:PutObject"), may("visitor", "s3:GetObject")),
        ],
        on: site.urn,
        property: "policy.readers",
        got: ["application_id:visitor"],
        path: [urnOf(T.bucketPolicy, "site-policy")],
      },
      {
        name: "everybody writes",
        resources: [airlock, policyOf("export", may("*", "s3:PutObject"), may("reviewer", "s3:GetObject"))],
        on: airlock.urn,
        property: "policy.writers",
        got: ["*"],
      },
      {
        name: "everybody reads",
        resources: [airlock, policyOf("export", may("space", "s3:PutObject"), may("*", "s3:GetObject"))],
        on: airlock.urn,
        property: "policy.readers",
      },
      {
        name: "one reviewer who writes beside one who does not",
        resources: [
          airlock,
          policyOf("export", may("space", "s3:PutObject", "s3:GetObject"), may("reviewer", "s3:GetObject")),
        ],
        on: airlock.urn,
        property: "policy.readers",
      },
      {
        name: "a space that reaches everybody",
        resources: [space, policy([{ ports: [{ port: 443 }] }])],
        on: way,
        property: "spec.egress[0]",
        got: "everybody",
      },
    ],
    undecided: [
      {
        name: "a namespace whose labels are not known",
        resources: [
          raw(K.namespace, NAMESPACE, { metadata: { name: NAMESPACE, labels: UNKNOWN } }),
          policy(to(PUBLIC)),
        ],
        on: way,
        property: "spec.egress",
      },
      {
        name: "ways out of a space that are not known",
        resources: [
          space,
          raw(K.networkPolicy, "out", {
            metadata: { name: "out", namespace: NAMESPACE },
            spec: { podSelector: {}, policyTypes: ["Egress"], egress: UNKNOWN },
          }),
        ],
        on: way,
        property: "spec.egress",
      },
      {
        name: "peers of a space that are not known",
        resources: [space, policy([{ to: UNKNOWN }])],
        on: way,
        property: "spec.egress[0]",
      },
    ],
    notApplicable: [
      { name: "a namespace that is not seen", resources: [policy(to(PUBLIC))], on: "stack" },
      {
        name: "tables whose policy nobody knows",
        resources: [tables, raw(T.bucketPolicy, "p", { bucket: "tables", policy: UNKNOWN })],
        on: "stack",
      },
    ],
  },
  "MIG-04": {
    failing: [
      {
        name: "an exit of an empty name",
        resources: [raw(T.bucket, "b", { name: "b", region: "fr-par", tags: { ...tagMap(), exit: "" } })],
        on: urnOf(T.bucket, "b"),
        property: "tags.exit",
        got: "",
      },
    ],
  },
} as const satisfies Partial<Record<RuleId, MoreCases>>;
