import { UNKNOWN } from "../../../judge/facts/raw.ts";
import { raw, tagList, tagMap, urnOf } from "../../harness/raw.ts";
import type { RuleCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";

const ams = raw(T.provider, "ams", { region: "nl-ams" });

export const loc01: RuleCases = {
  passing: [
    {
      name: "a bucket in Paris",
      resources: [raw(T.bucket, "b", { region: "fr-par", tags: tagMap() })],
      on: urnOf(T.bucket, "b"),
      property: "region",
      proof: "checked",
    },
    {
      name: "a zonal resource without zone goes to fr-par-1, whatever region its provider names",
      resources: [ams, raw(T.gateway, "g", { type: "VPC-GW-S" }, { provider: ams.urn })],
      on: urnOf(T.gateway, "g"),
      property: "zone",
      proof: "assumed",
    },
    {
      name: "the id says where it really is",
      resources: [raw(T.vpc, "v", {}, { id: "fr-par/1f1c" })],
      on: urnOf(T.vpc, "v"),
      property: "region",
    },
    {
      name: "a pool whose id names its region, and its zone the place in it",
      resources: [raw(T.pool, "p", { zone: "fr-par-2", region: "fr-par" }, { id: "fr-par/1f1c" })],
      on: urnOf(T.pool, "p"),
      property: "zone",
    },
    {
      name: "an export job whose bucket is in Paris too",
      resources: [raw(T.exportJob, "j", { name: "j", region: "fr-par", s3: { bucket: "b", region: "fr-par" } })],
      on: urnOf(T.exportJob, "j"),
      property: "s3.region",
    },
  ],
  failing: [
    {
      name: "a health bucket in Amsterdam",
      resources: [raw(T.bucket, "b", { region: "nl-ams", tags: tagMap("health-pseudo") })],
      on: urnOf(T.bucket, "b"),
      property: "region",
      got: "nl-ams",
    },
    {
      name: "a region that the provider only warns about",
      resources: [raw(T.vpc, "v", { region: "us-east" })],
      on: urnOf(T.vpc, "v"),
      property: "region",
    },
    {
      name: "a pool with a zone here and a region there",
      resources: [raw(T.pool, "p", { zone: "fr-par-1", region: "nl-ams" })],
      on: urnOf(T.pool, "p"),
      property: "region",
    },
    {
      name: "a bucket that takes its region from the provider",
      resources: [ams, raw(T.bucket, "b", { tags: tagMap() }, { provider: ams.urn })],
      on: urnOf(T.bucket, "b"),
      property: "region",
    },
    {
      name: "an export into a bucket elsewhere",
      resources: [raw(T.exportJob, "j", { name: "j", region: "fr-par", s3: { bucket: "b", region: "nl-ams" } })],
      on: urnOf(T.exportJob, "j"),
      property: "s3.region",
    },
    {
      name: "an id that contradicts what is written",
      resources: [raw(T.vpc, "v", { region: "fr-par" }, { id: "nl-ams/1f1c" })],
      on: urnOf(T.vpc, "v"),
      property: "region",
      got: "nl-ams",
    },
  ],
  undecided: [
    {
      name: "a region computed from another resource",
      resources: [
        raw(T.vpc, "v", { region: "fr-par" }),
        raw(T.bucket, "b", { region: UNKNOWN }, { dependsOn: { region: [urnOf(T.vpc, "v")] } }),
      ],
      on: urnOf(T.bucket, "b"),
      property: "region",
    },
  ],
  notApplicable: [{ name: "a global resource", resources: [raw(T.application, "a")], on: "stack" }],
  mutations: [
    { of: "a bucket in Paris", on: urnOf(T.bucket, "b"), property: "region", to: "pl-waw" },
    {
      of: "an export job whose bucket is in Paris too",
      on: urnOf(T.exportJob, "j"),
      property: "s3.region",
      to: "it-mil",
    },
  ],
};

const archive = [{ enabled: true, transitions: [{ days: 30, storageClass: "GLACIER" }] }];

export const loc03: RuleCases = {
  passing: [
    {
      name: "a health bucket without lifecycle rule",
      resources: [raw(T.bucket, "b", { name: "b", region: "fr-par", tags: tagMap("health-raw") })],
      on: urnOf(T.bucket, "b"),
    },
    {
      name: "an object in one zone",
      resources: [
        raw(T.bucket, "b", { name: "b", region: "fr-par", tags: tagMap("health-raw") }),
        raw(T.item, "o", { bucket: "b", key: "k", storageClass: "ONEZONE_IA" }),
      ],
      on: urnOf(T.item, "o"),
    },
  ],
  failing: [
    {
      name: "a transition to the archive class",
      resources: [raw(T.bucket, "b", { tags: tagMap("health-pseudo"), lifecycleRules: archive })],
      on: urnOf(T.bucket, "b"),
      property: "lifecycleRules[0]",
    },
    {
      name: "a lifecycle rule on a bucket that nobody classed",
      resources: [raw(T.bucket, "b", { lifecycleRules: archive })],
      on: urnOf(T.bucket, "b"),
      property: "lifecycleRules[0]",
    },
    {
      name: "an archived object of a health bucket",
      resources: [
        raw(T.bucket, "b", { name: "b", region: "fr-par", tags: tagMap("health-raw") }),
        raw(T.item, "o", { bucket: "fr-par/b", key: "k", storageClass: "GLACIER" }),
      ],
      on: urnOf(T.item, "o"),
      property: "storageClass",
      got: "GLACIER",
    },
  ],
  undecided: [
    {
      name: "lifecycle rules that are not known",
      resources: [raw(T.bucket, "b", { tags: tagMap("health-raw"), lifecycleRules: UNKNOWN })],
      on: urnOf(T.bucket, "b"),
    },
    {
      name: "an archived object of a bucket of another stack",
      resources: [raw(T.item, "o", { bucket: "elsewhere", key: "k", storageClass: "GLACIER" })],
      on: urnOf(T.item, "o"),
    },
  ],
  notApplicable: [
    {
      name: "a technical bucket",
      resources: [raw(T.bucket, "b", { tags: tagMap("technical"), lifecycleRules: archive })],
      on: urnOf(T.bucket, "b"),
    },
  ],
  mutations: [
    {
      of: "a health bucket without lifecycle rule",
      on: urnOf(T.bucket, "b"),
      property: "lifecycleRules",
      to: [{ enabled: true, expiration: { days: 30 } }],
    },
    { of: "an object in one zone", on: urnOf(T.item, "o"), property: "storageClass", to: "GLACIER" },
  ],
};

export const loc05: RuleCases = {
  passing: [
    {
      name: "Scaleway's provider at the official API",
      resources: [raw(T.provider, "p", { region: "fr-par" }), raw(T.vpc, "v", { region: "fr-par" })],
      on: urnOf(T.provider, "p"),
      property: "apiUrl",
    },
    {
      name: "the first-party plug-in",
      resources: [raw("pulumi:providers:bastide", "p"), raw(T.bastideKey, "k", { region: "fr-par" })],
      on: urnOf("pulumi:providers:bastide", "p"),
    },
  ],
  failing: [
    {
      name: "a default provider that the stack's configuration leads elsewhere",
      resources: [raw(T.vpc, "v", { region: "fr-par" })],
      on: "stack",
      property: "config.scaleway:apiUrl",
      program: { config: { "scaleway:apiUrl": "https://proxy.example.org" } },
    },
    {
      name: "a bucket of another cloud",
      resources: [raw("aws:s3/bucket:Bucket", "b")],
      on: urnOf("aws:s3/bucket:Bucket", "b"),
      property: "type",
      got: "aws",
    },
    {
      name: "another cloud's provider alone",
      resources: [raw("pulumi:providers:azure-native", "p"), raw(T.vpc, "v")],
      on: urnOf("pulumi:providers:azure-native", "p"),
      property: "type",
    },
    {
      name: "an API address of somebody else's",
      resources: [raw(T.provider, "p", { apiUrl: "https://api.scaleway.com.example.org" }), raw(T.vpc, "v")],
      on: urnOf(T.provider, "p"),
      property: "apiUrl",
    },
    {
      name: "a dynamic provider",
      resources: [raw("pulumi-nodejs:dynamic:Resource", "d")],
      on: urnOf("pulumi-nodejs:dynamic:Resource", "d"),
      property: "type",
    },
  ],
  undecided: [
    {
      name: "a default provider that this door does not show",
      resources: [raw(T.vpc, "v", { region: "fr-par" }, { provider: urnOf(T.provider, "default_1_54_0") })],
      on: "stack",
      property: "providers",
    },
    {
      name: "an API address that is not known",
      resources: [raw(T.provider, "p", { apiUrl: UNKNOWN }), raw(T.vpc, "v", { tags: tagList() })],
      on: urnOf(T.provider, "p"),
      property: "apiUrl",
    },
  ],
  notApplicable: [
    {
      name: "nothing but a component",
      resources: [raw("acme:web:Site", "s", {}, { custom: false })],
      on: "stack",
    },
  ],
  mutations: [
    {
      of: "Scaleway's provider at the official API",
      on: urnOf(T.provider, "p"),
      property: "apiUrl",
      to: "http://127.0.0.1:8080",
    },
  ],
};
