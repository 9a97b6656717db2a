import { type RawObject, UNKNOWN } from "../../../judge/facts/raw.ts";
import { K, NAMESPACE, namespaceOf, object, podSpec, RESTRICTED } from "../../harness/kubernetes.ts";
import { raw, tagMap, urnOf } from "../../harness/raw.ts";
import type { RuleCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";

/** The tests' clock stands in November 2026. */
const SOON = "2027-01-15";
const notes = {
  "transfer-set": "snds-base",
  "transfer-source": "abfss://raw@old",
  "transfer-destination": "s3://snds-base",
  "transfer-owner": "snds-office",
  "transfer-until": SOON,
  "transfer-manifest": "s3://manifests/snds-base.json",
  "transfer-decommission": "2027-03-01",
};
const job = (name: string, purpose: string | typeof UNKNOWN, annotations: RawObject, account = "copier") =>
  raw(K.job, name, {
    metadata: { name, namespace: NAMESPACE, labels: { purpose }, annotations },
    spec: { template: { spec: podSpec({ serviceAccountName: account }) } },
  });
/** Annotations with some of them changed or, by `null`, taken away. */
const noted = (over: RawObject): RawObject =>
  Object.fromEntries(Object.entries({ ...notes, ...over }).filter(([, v]) => v !== null));
const transfer = (over: RawObject = {}) => job("copy", "transfer", noted(over));
const comparison = (over: RawObject = {}, account = "comparer") =>
  job("compare", "comparison", { "transfer-set": "snds-base", ...over }, account);
const copy = urnOf(K.job, "copy");
const note = (key: string) => `metadata.annotations["${key}"]`;
const PUBLIC = "20.38.0.0/16";
const out = (metadata: RawObject, cidr: string | typeof UNKNOWN = PUBLIC) =>
  raw(K.networkPolicy, "out", {
    metadata: { name: "out", namespace: NAMESPACE, ...metadata },
    spec: {
      podSelector: { matchLabels: { app: "copy" } },
      policyTypes: ["Egress"],
      egress: [{ to: [{ ipBlock: { cidr } }] }],
    },
  });
const way = urnOf(K.networkPolicy, "out");

export const mig01: RuleCases = {
  passing: [
    { name: "a transfer that says all", resources: [transfer()], on: copy, property: note("transfer-until") },
    { name: "a way out with an end", resources: [out({ annotations: { "transfer-until": SOON } })], on: way },
  ],
  failing: [
    { name: "no end", resources: [transfer({ "transfer-until": null })], on: copy, property: note("transfer-until") },
    {
      name: "an end that is past",
      resources: [transfer({ "transfer-until": "2026-01-01" })],
      on: copy,
      property: note("transfer-until"),
    },
    {
      name: "an end that is far",
      resources: [transfer({ "transfer-until": "2028-01-01" })],
      on: copy,
      property: note("transfer-until"),
    },
    {
      name: "an end that is no day",
      resources: [transfer({ "transfer-until": "soon" })],
      on: copy,
      property: note("transfer-until"),
    },
    { name: "nobody's", resources: [transfer({ "transfer-owner": "" })], on: copy, property: note("transfer-owner") },
    {
      name: "no destination",
      resources: [transfer({ "transfer-destination": null })],
      on: copy,
      property: note("transfer-destination"),
    },
    { name: "a way out for ever", resources: [out({})], on: way, property: note("transfer-until") },
  ],
  undecided: [
    { name: "a purpose that is not known", resources: [job("copy", UNKNOWN, {})], on: copy },
    { name: "an end that is not known", resources: [transfer({ "transfer-until": UNKNOWN })], on: copy },
  ],
  notApplicable: [
    { name: "a job of another kind", resources: [job("copy", "training", {})], on: "stack" },
    { name: "the egress proxy's way out", resources: [out({ labels: { tier: "dmz" } })], on: "stack" },
    { name: "a way that stays inside", resources: [out({}, "10.0.0.0/8")], on: "stack" },
  ],
  mutations: [
    {
      of: "a transfer that says all",
      on: copy,
      property: "metadata.annotations",
      to: { ...notes, "transfer-until": "" },
    },
    { of: "a way out with an end", on: way, property: "metadata.annotations", to: {} },
  ],
};

export const mig02: RuleCases = {
  passing: [{ name: "compared by another", resources: [transfer(), comparison()], on: copy }],
  failing: [
    { name: "never compared", resources: [transfer()], on: copy, property: "comparison" },
    {
      name: "another set compared",
      resources: [transfer(), comparison({ "transfer-set": "pmsi" })],
      on: copy,
      property: "comparison",
    },
    {
      name: "compared by the copier",
      resources: [transfer(), comparison({}, "copier")],
      on: copy,
      property: "comparison.serviceAccountName",
    },
    {
      name: "no manifest",
      resources: [transfer({ "transfer-manifest": null }), comparison()],
      on: copy,
      property: note("transfer-manifest"),
    },
    {
      name: "an old side without end",
      resources: [transfer({ "transfer-decommission": null }), comparison()],
      on: copy,
      property: note("transfer-decommission"),
    },
    {
      name: "a set without name",
      resources: [transfer({ "transfer-set": null }), comparison()],
      on: copy,
      property: note("transfer-set"),
    },
  ],
  undecided: [
    { name: "a purpose that is not known", resources: [job("copy", UNKNOWN, {})], on: copy },
    {
      name: "a job that may be the comparison",
      resources: [transfer(), job("compare", UNKNOWN, { "transfer-set": "snds-base" })],
      on: copy,
      property: "comparison",
    },
    {
      name: "a set that is not known",
      resources: [transfer({ "transfer-set": UNKNOWN }), comparison()],
      on: copy,
      property: note("transfer-set"),
    },
  ],
  notApplicable: [{ name: "a job of another kind", resources: [job("copy", "training", {})], on: "stack" }],
  mutations: [
    { of: "compared by another", on: urnOf(K.job, "compare"), property: "metadata.labels.purpose", to: "training" },
    {
      of: "compared by another",
      on: urnOf(K.job, "compare"),
      property: "spec.template.spec.serviceAccountName",
      to: "copier",
    },
  ],
};

const bucket = (name: string, dataClass: string, tier: string) =>
  raw(T.bucket, name, { name, region: "fr-par", tags: tagMap(dataClass, tier) }, { id: `fr-par/${name}` });
const airlock = bucket("export", "health-derived", "export");
const open = bucket("site", "public", "data");
const grant = (who: string, ...actions: string[]) => ({
  Sid: `${who}-${actions.join("-").replaceAll(":", "")}`,
  Effect: "Allow",
  Principal: { SCW: [`application_id:${who}`] },
  Action: actions,
  Resource: ["export/*"],
});
const policyOf = (name: string, ...Statement: ReturnType<typeof grant>[]) =>
  raw(T.bucketPolicy, `${name}-policy`, {
    bucket: name,
    region: "fr-par",
    policy: JSON.stringify({ Version: "2023-04-17", Statement }),
  });
const reviewed = policyOf("export", grant("space", "s3:PutObject"), grant("reviewer", "s3:GetObject"));
const space = namespaceOf({ ...RESTRICTED, permit: "p-1" });

export const mig03: RuleCases = {
  passing: [
    { name: "one writes, another reads", resources: [airlock, reviewed], on: airlock.urn },
    {
      name: "a bucket that nobody else reads",
      resources: [airlock, reviewed, open, policyOf("site", grant("space", "s3:PutObject", "s3:GetObject"))],
      on: airlock.urn,
    },
    { name: "a space that reaches the airlock", resources: [space, out({}, "10.0.3.0/24")], on: way },
  ],
  failing: [
    { name: "no policy", resources: [airlock], on: airlock.urn, property: "policy" },
    {
      name: "two writers",
      resources: [
        airlock,
        policyOf("export", grant("space", "s3:PutObject"), grant("other", "s3:*"), grant("reviewer", "s3:GetObject")),
      ],
      on: airlock.urn,
      property: "policy.writers",
    },
    {
      name: "who writes reads",
      resources: [airlock, policyOf("export", grant("space", "s3:PutObject", "s3:GetObject"))],
      on: airlock.urn,
      property: "policy.readers",
    },
    {
      name: "nobody reviews",
      resources: [airlock, policyOf("export", grant("space", "s3:PutObject"))],
      on: airlock.urn,
      property: "policy.readers",
    },
    {
      name: "a second way: a bucket that others read",
      resources: [
        airlock,
        reviewed,
        open,
        policyOf("site", grant("space", "s3:PutObject"), grant("visitor", "s3:GetObject")),
      ],
      on: open.urn,
      property: "policy.readers",
    },
    { name: "a space with a way out", resources: [space, out({})], on: way, property: "spec.egress[0].to[0]" },
  ],
  undecided: [
    {
      name: "a policy that is not known",
      resources: [airlock, raw(T.bucketPolicy, "p", { bucket: "export", policy: UNKNOWN })],
      on: airlock.urn,
    },
    { name: "a destination that is not known", resources: [space, out({}, UNKNOWN)], on: way },
  ],
  notApplicable: [
    { name: "no airlock", resources: [bucket("tables", "health-pseudo", "data")], on: "stack" },
    { name: "a namespace of no permit", resources: [namespaceOf(), out({})], on: "stack" },
  ],
  mutations: [
    {
      of: "one writes, another reads",
      on: reviewed.urn,
      property: "policy",
      to: JSON.stringify({ Version: "2023-04-17", Statement: [grant("space", "s3:*")] }),
    },
    { of: "a space that reaches the airlock", on: way, property: "spec.egress.0.to.0.ipBlock.cidr", to: "0.0.0.0/0" },
  ],
};

const kept = (exit: string | undefined) =>
  raw(T.bucket, "b", { name: "b", region: "fr-par", tags: { ...tagMap(), ...(exit === undefined ? {} : { exit }) } });
const inBucket = urnOf(T.bucket, "b");
const volume = (annotations: RawObject) =>
  raw(K.volumeClaim, "c", { metadata: { name: "c", namespace: NAMESPACE, annotations }, spec: {} });

export const mig04: RuleCases = {
  passing: [
    { name: "a bucket that names it", resources: [kept("iceberg/copy-job")], on: inBucket },
    { name: "a claim that names it", resources: [volume({ exit: "parquet/dump" })], on: urnOf(K.volumeClaim, "c") },
  ],
  failing: [
    { name: "a bucket that names none", resources: [kept(undefined)], on: inBucket, property: "tags.exit", got: null },
    { name: "a claim that names none", resources: [volume({})], on: urnOf(K.volumeClaim, "c"), property: note("exit") },
    {
      name: "a database that names none",
      resources: [raw(T.database, "d", { region: "fr-par" })],
      on: urnOf(T.database, "d"),
      property: "tags.exit",
    },
  ],
  undecided: [
    { name: "tags that are not known", resources: [raw(T.bucket, "b", { name: "b", tags: UNKNOWN })], on: inBucket },
    {
      name: "annotations that are not known",
      resources: [object(K.volumeClaim, "c", { metadata: UNKNOWN })],
      on: urnOf(K.volumeClaim, "c"),
    },
  ],
  notApplicable: [{ name: "nothing with state", resources: [raw(T.vpc, "v")], on: "stack" }],
  mutations: [
    { of: "a bucket that names it", on: inBucket, property: "tags.exit", to: undefined },
    { of: "a claim that names it", on: urnOf(K.volumeClaim, "c"), property: "metadata.annotations", to: {} },
  ],
};
