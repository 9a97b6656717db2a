import { type RawObject, UNKNOWN } from "../../../judge/facts/raw.ts";
import type { RuleId } from "../../../policy-packs/bastide/rules/ids.ts";
import { raw, urnOf } from "../../harness/raw.ts";
import type { MoreCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";
import { attached, balancer, cluster, given, LB, LBIP, net } from "./traps.ts";

const l = urnOf(LB, "l");
const b = urnOf(T.bucket, "b");
const c = urnOf(T.cluster, "c");
const e = urnOf(T.encryption, "e");
const g = urnOf(T.gateway, "g");
const item = raw(T.item, "i", { bucket: "b", key: "k", storageClass: "GLACIER" });
const bastion = (inputs: RawObject) => raw(T.gateway, "g", { zone: "fr-par-1", ...inputs });
const sse = (rules: RawObject[] | typeof UNKNOWN) => raw(T.encryption, "e", { bucket: "b", rules });
const ID = "11111111-2222-3333-4444-555555555555";
const kms = (kmsMasterKeyId?: string) => ({
  applyServerSideEncryptionByDefault: {
    sseAlgorithm: "aws:kms",
    ...(kmsMasterKeyId === undefined ? {} : { kmsMasterKeyId }),
  },
});
const part = (type: string, bucket: string | typeof UNKNOWN = "b") =>
  raw(type, "p", { bucket, region: "fr-par", projectId: "p" });

/** A policy of a bucket in a state, as a refresh leaves it unless said otherwise. */
const readBack = (over: RawObject = {}, overwritten: readonly string[] | null = [], answered = over) =>
  raw(
    T.bucketPolicy,
    "p",
    { bucket: "fr-par/b", region: "fr-par", projectId: "p", ...over },
    { id: "fr-par/b", outputs: { bucket: "fr-par/b", ...answered }, ...(overwritten ? { overwritten } : {}) },
  );
const policy = urnOf(T.bucketPolicy, "p");
const refreshed = (inputs: RawObject, overwritten: readonly string[], type: string = T.bucket) =>
  raw(type, "b", inputs, { id: "fr-par/b", overwritten });

export const moreTraps = {
  "TRP-01": {
    passing: [
      {
        name: "a region that a refresh took away",
        resources: [refreshed({ name: "b" }, ["region"])],
        on: b,
        property: "region",
        got: "written before a refresh",
        proof: "assumed",
        door: "state",
      },
      {
        name: "a region that a refresh read back",
        resources: [refreshed({ name: "b", region: "fr-par" }, ["tags"])],
        on: b,
        property: "region",
        got: "written",
        door: "state",
      },
    ],
    failing: [
      {
        name: "a region that was never registered, beside one input that a refresh took away",
        resources: [refreshed({ name: "b" }, ["zone"])],
        on: b,
        property: "region",
        door: "state",
      },
      {
        name: "a state that was not refreshed",
        resources: [raw(T.bucket, "b", { name: "b" }, { id: "fr-par/b" })],
        on: b,
        property: "region",
        door: "state",
      },
    ],
  },
  "TRP-02": {
    failing: [
      {
        name: "a zone alone",
        resources: [raw(T.provider, "x", { zone: "fr-par-1" })],
        on: urnOf(T.provider, "x"),
        property: "zone",
        got: { region: null, zone: "fr-par-1" },
      },
      {
        name: "neither",
        resources: [raw(T.provider, "x", { region: "", zone: "" })],
        on: urnOf(T.provider, "x"),
        property: "zone",
      },
    ],
    notApplicable: [
      {
        name: "another provider, told of its zone",
        resources: [raw("pulumi:providers:random", "r")],
        on: urnOf("pulumi:providers:random", "r"),
        property: "zone",
      },
    ],
  },
  "TRP-03": {
    passing: [
      {
        name: "a project that a refresh took away",
        resources: [refreshed({ name: "b" }, ["projectId"])],
        on: b,
        property: "projectId",
        got: "written before a refresh",
        proof: "assumed",
        door: "state",
      },
    ],
    failing: [
      {
        name: "a project that was never registered, after a refresh",
        resources: [refreshed({ name: "b" }, ["region"])],
        on: b,
        property: "projectId",
        door: "state",
      },
    ],
  },
  "TRP-06": {
    failing: [
      {
        name: "everybody beside a named range",
        resources: [bastion({ bastionEnabled: true, allowedIpRanges: ["192.0.2.0/28", "0.0.0.0/0"] })],
        on: g,
        property: "allowedIpRanges",
        got: ["192.0.2.0/28", "0.0.0.0/0"],
      },
      {
        name: "an empty list, told as everybody",
        resources: [bastion({ bastionEnabled: true, allowedIpRanges: [] })],
        on: g,
        property: "allowedIpRanges",
        got: "none: everybody",
      },
    ],
  },
  "TRP-08": {
    passing: [
      {
        name: "no address given",
        resources: [raw(LB, "l", { ipIds: [] })],
        on: l,
        property: "ipIds",
        got: "none given",
      },
    ],
    failing: [
      {
        name: "no answer to an address that was given",
        resources: [given, raw(LB, "l", { ipIds: ["fr-par-1/i"] }, { outputs: { ipAddress: null } })],
        on: l,
        property: "ipAddress",
        got: null,
        door: "state",
      },
    ],
    undecided: [
      {
        name: "addresses that are not known",
        resources: [raw(LB, "l", { ipIds: UNKNOWN }, { outputs: { ipAddress: "51.15.0.1" } })],
        on: l,
        property: "ipAddress",
        door: "state",
      },
      {
        name: "an address that is not answered",
        resources: [raw(LBIP, "i", {}, { id: "fr-par-1/i", outputs: { ipAddress: UNKNOWN } }), balancer("51.15.0.1")],
        on: l,
        property: "ipAddress",
      },
      {
        name: "an address that is one of two",
        resources: [
          raw(LBIP, "i", {}),
          raw(LBIP, "o", {}),
          raw(
            LB,
            "l",
            { ipIds: [UNKNOWN] },
            { outputs: { ipAddress: "51.15.0.1" }, dependsOn: { ipIds: [urnOf(LBIP, "i"), urnOf(LBIP, "o")] } },
          ),
        ],
        on: l,
        property: "ipAddress",
        door: "state",
      },
    ],
  },
  "TRP-10": {
    passing: [
      {
        name: "a cluster that waits, and for what",
        resources: [net, attached, cluster("fr-par/n", true)],
        on: c,
        property: "dependsOn",
        got: attached.urn,
        path: [net.urn, attached.urn],
        proof: "checked",
      },
      {
        name: "a pool that waits by its cluster, and on which way",
        resources: [
          net,
          attached,
          cluster("fr-par/n", true),
          raw(T.pool, "p", { clusterId: "fr-par/c" }, { dependsOn: { clusterId: [c] } }),
        ],
        on: urnOf(T.pool, "p"),
        path: [c, net.urn, attached.urn],
      },
      {
        name: "two that wait for each other, and one for its way out",
        resources: [net, { ...attached, dependencies: [c] }, cluster("fr-par/n", true)],
        on: c,
      },
      {
        name: "a pool of a cluster that is not here, beside one that waits",
        resources: [net, attached, cluster("fr-par/n", true), raw(T.pool, "p", { clusterId: "fr-par/x" })],
        on: c,
      },
    ],
    failing: [
      {
        name: "a cluster beside its gateway, and in which network",
        resources: [net, attached, cluster("fr-par/n", false)],
        on: c,
        property: "dependsOn",
        path: [net.urn],
      },
    ],
    notApplicable: [
      {
        name: "a network of another stack",
        resources: [net, attached, cluster("fr-par/x", false)],
        on: c,
        property: "dependsOn",
      },
    ],
  },
  "TRP-13": {
    passing: [
      {
        name: "the id of its bucket, as a refresh reads it",
        resources: [readBack()],
        on: policy,
        property: "bucket",
        got: "fr-par/b",
        proof: "assumed",
        door: "state",
      },
      {
        name: "the bucket of an object, as a refresh reads it",
        resources: [
          raw(
            T.item,
            "p",
            { bucket: "fr-par/b", key: "k", region: "fr-par", projectId: "p" },
            { id: "fr-par/b/k", outputs: { bucket: "fr-par/b" }, overwritten: [] },
          ),
        ],
        on: urnOf(T.item, "p"),
        property: "bucket",
        proof: "assumed",
        door: "state",
      },
      {
        name: "a region that a refresh took away",
        resources: [readBack({ region: null }, ["region"])],
        on: policy,
        property: "region",
        proof: "assumed",
        door: "state",
      },
    ],
    failing: [
      {
        name: "an id in a state that was not refreshed",
        resources: [readBack({}, null)],
        on: policy,
        property: "bucket",
        door: "state",
      },
      {
        name: "an id of another bucket, after a refresh",
        resources: [readBack({ bucket: "fr-par/a" })],
        on: policy,
        property: "bucket",
        door: "state",
      },
      {
        name: "the beginning of its bucket's name, after a refresh",
        resources: [
          raw(
            T.bucketPolicy,
            "p",
            { bucket: "fr-par/b" },
            { id: "fr-par/bb", outputs: { bucket: "fr-par/b" }, overwritten: [] },
          ),
        ],
        on: policy,
        property: "bucket",
        door: "state",
      },
      {
        name: "an id that the provider did not answer, after a refresh",
        resources: [readBack({ bucket: "fr-par/b" }, [], { bucket: "b" })],
        on: policy,
        property: "bucket",
        door: "state",
      },
      {
        name: "a bucket with its project, after a refresh",
        resources: [readBack({ bucket: "fr-par/b@p" })],
        on: policy,
        property: "bucket",
        door: "state",
      },
      {
        name: "no project, after a refresh that took the region away",
        resources: [readBack({ region: null, projectId: null }, ["region"])],
        on: policy,
        property: "projectId",
        door: "state",
      },
    ],
    notApplicable: [
      { name: "a bucket itself", resources: [raw(T.bucket, "b", { name: "b", bucket: "b" })], on: "stack" },
      { name: "another's part that names a bucket", resources: [part("acme:scaleway:object/item:Item")], on: "stack" },
    ],
    undecided: [
      {
        name: "a bucket that another resource names",
        resources: [
          raw(T.vpc, "v"),
          raw(
            T.item,
            "p",
            { bucket: UNKNOWN, key: "k", region: "fr-par", projectId: "p" },
            { dependsOn: { bucket: [urnOf(T.vpc, "v")] } },
          ),
        ],
        on: urnOf(T.item, "p"),
        property: "bucket",
        from: urnOf(T.vpc, "v"),
      },
    ],
  },
  "TRP-14": {
    passing: [
      {
        name: "an id to come, and of which key",
        resources: [
          raw(T.key, "k"),
          raw(
            T.encryption,
            "e",
            {
              bucket: "b",
              rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: UNKNOWN } }],
            },
            { dependsOn: { rules: [urnOf(T.key, "k")] } },
          ),
        ],
        on: e,
        path: [urnOf(T.key, "k")],
      },
    ],
    failing: [
      {
        name: "an id with something behind it",
        resources: [sse([kms(`${ID}-1`)])],
        on: e,
        property: "rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId",
      },
    ],
    undecided: [{ name: "rules that are not known", resources: [sse(UNKNOWN)], on: e, property: "rules" }],
    notApplicable: [{ name: "a setting without key", resources: [sse([kms()])], on: "stack" }],
  },
  "TRP-16": {
    failing: [
      {
        name: "an archived object of Amsterdam, told with both places",
        resources: [raw(T.bucket, "b", { name: "b", region: "nl-ams" }), item],
        on: item.urn,
        property: "storageClass",
        got: { bucket: "nl-ams", archive: "fr-par" },
      },
    ],
    undecided: [
      {
        name: "an archived object of a bucket that is one of two",
        resources: [
          raw(T.bucket, "b", { region: "fr-par" }),
          raw(T.bucket, "c", { region: "nl-ams" }),
          {
            ...item,
            inputs: { ...item.inputs, bucket: UNKNOWN },
            propertyDependencies: { bucket: [b, urnOf(T.bucket, "c")] },
          },
        ],
        on: item.urn,
        property: "storageClass",
      },
    ],
    notApplicable: [
      {
        name: "an object of one zone, in Amsterdam",
        resources: [
          raw(T.bucket, "b", { name: "b", region: "nl-ams" }),
          { ...item, inputs: { ...item.inputs, storageClass: "ONEZONE_IA" } },
        ],
        on: item.urn,
        property: "storageClass",
      },
    ],
  },
} as const satisfies Partial<Record<RuleId, MoreCases>>;
