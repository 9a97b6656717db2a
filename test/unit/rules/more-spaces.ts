import { type RawObject, UNKNOWN } from "../../../judge/facts/raw.ts";
import type { RuleId } from "../../../policy-packs/bastide/rules/ids.ts";
import { app, appUrn, bucket, bucketUrn, encrypts, grant, iamGroup, key, user } from "../../harness/grants.ts";
import { K, podSpec } from "../../harness/kubernetes.ts";
import { raw, urnOf } from "../../harness/raw.ts";
import type { MoreCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";
import { aclRule, acls, gateway, net, netUrn, serves, vpc } from "../../harness/wires.ts";
import { place } from "./copies.ts";

const READ = ["ObjectStorageObjectsRead"];
const WRITE = ["ObjectStorageObjectsWrite"];
const to = (name: string) => ({ applicationId: name });
const v = vpc("v");
const ONE = "10.0.0.0/24";
const one = net("one", "compute", { v4: ONE, permit: "P1" });
const space = (name: string, permit: string) => raw(K.namespace, name, { metadata: { name, labels: { permit } } });
const podIn = (namespace: string, name = `pod-${namespace}`, labels: RawObject | typeof UNKNOWN = {}) =>
  raw(K.pod, name, { metadata: { name, namespace, labels }, spec: podSpec() });
const hearing = (namespace: string, from: RawObject) =>
  raw(K.networkPolicy, `open-${namespace}`, {
    metadata: { name: "open", namespace },
    spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: [{ from: [from] }] },
  });
const person = urnOf(T.user, "u");
const grantOf = (who: string, set: string) => urnOf(T.policy, `grant-${who}-${set}`);
const exporter = "scaleway:observability/exporter:Exporter";
const source = raw(
  T.source,
  "logs",
  { region: "fr-par", projectId: "p", type: "logs", retentionDays: 365 },
  { id: "fr-par/logs" },
);
const sends = (endpoint: string | typeof UNKNOWN) =>
  raw(exporter, "out", { region: "fr-par", datasourceId: "fr-par/logs", otlpDestination: { endpoint } });
const abroad = { ...bucket("b"), id: "nl-ams/b", inputs: { ...bucket("b").inputs, region: "nl-ams" } };
const sse = encrypts("b", "k");
const RELEASE = "kubernetes:helm.sh/v3:Release";
const image = (name: string) => raw(T.container, "c", { namespaceId: "n", image: name });
const host = (name: string, jurisdiction: string) => ({ hosts: [{ host: name, reason: "r", jurisdiction }] });

export const moreSpaces = {
  G4: {
    passing: [
      {
        name: "a bucket in one of two regions",
        on: bucketUrn("b"),
        property: "places",
        resources: [bucket("b"), key("k"), sse],
        law: { regions: [place("fr-two"), place("fr-par")] },
        got: ["fr-par"],
        proof: "checked",
      },
      {
        name: "a bucket whose key is known by a dependency only",
        on: bucketUrn("b"),
        property: "places",
        resources: [
          bucket("b"),
          { ...key("k"), id: UNKNOWN },
          {
            ...sse,
            inputs: {
              ...sse.inputs,
              rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: UNKNOWN } }],
            },
            propertyDependencies: { rules: [key("k").urn] },
          },
        ],
        proof: "assumed",
      },
      {
        name: "telemetry to a host that the law lists, told with it",
        law: { hosts: [{ host: "siem.example", reason: "watch" }] },
        on: bucketUrn("b"),
        resources: [bucket("b"), source, sends("https://siem.example/v1/logs")],
        got: ["fr-par", "siem.example"],
      },
    ],
    failing: [
      {
        name: "a key elsewhere, and the way to it",
        on: bucketUrn("b"),
        property: "places",
        resources: [bucket("b"), { ...key("k"), id: "nl-ams/k" }, sse],
        got: {
          as: "key",
          at: urnOf(T.key, "k"),
          region: "nl-ams",
          way: [{ from: bucketUrn("b"), to: urnOf(T.key, "k"), by: sse.urn, property: "rules" }],
        },
        path: [bucketUrn("b"), sse.urn, urnOf(T.key, "k")],
      },
      {
        name: "a bucket elsewhere, told as itself",
        on: bucketUrn("b"),
        property: "places",
        resources: [abroad],
        got: { as: "itself", at: bucketUrn("b"), region: "nl-ams", way: [] },
        path: [],
      },
      {
        name: "telemetry to a host that the law does not list",
        on: bucketUrn("b"),
        property: "places",
        resources: [bucket("b"), source, sends("https://otlp.example.com")],
        path: [bucketUrn("b"), source.urn, urnOf(exporter, "out"), "host:otlp.example.com"],
      },
    ],
    undecided: [
      {
        name: "telemetry that goes nobody knows where, and who would know",
        on: bucketUrn("b"),
        resources: [bucket("b"), source, sends(UNKNOWN)],
        from: urnOf(exporter, "out"),
      },
      {
        name: "a bucket of nobody knows where",
        on: bucketUrn("b"),
        resources: [{ ...bucket("b"), id: UNKNOWN, inputs: { ...bucket("b").inputs, region: UNKNOWN } }],
        from: bucketUrn("b"),
      },
    ],
  },
  G8: {
    passing: [
      {
        name: "the compute that serves all, beside one space",
        resources: [v, one, net("all", "compute", { v4: "10.0.1.0/24" })],
        on: netUrn("one"),
        property: "reach",
      },
      {
        name: "a space with a way out, which is G9's",
        resources: [v, one, ...acls("v"), gateway("g"), serves("g", "one")],
        on: netUrn("one"),
        property: "reach",
      },
      {
        name: "two pods of one permit, which may call each other",
        resources: [space("s1", "P1"), podIn("s1"), podIn("s1", "second")],
        on: urnOf(K.pod, "pod-s1"),
        property: "networkPolicy",
      },
      {
        name: "a pod of no space that calls into one",
        resources: [space("s1", "P1"), podIn("s1"), raw(K.namespace, "x", { metadata: { name: "x" } }), podIn("x")],
        on: urnOf(K.pod, "pod-s1"),
        property: "networkPolicy",
      },
      {
        name: "an application of no space that reads what identifies",
        resources: [
          app("vault", undefined, "data"),
          bucket("identities", { dataClass: "health-raw" }),
          grant(to("vault"), READ),
          app("a1", "P1"),
        ],
        on: appUrn("a1"),
        property: "rights",
      },
    ],
    failing: [
      {
        name: "two networks of permits in the data tier",
        resources: [
          v,
          net("d1", "data", { v4: ONE, permit: "P1" }),
          net("d2", "data", { v4: "10.0.1.0/24", permit: "P2" }),
        ],
        on: netUrn("d1"),
        property: "reach",
        path: [netUrn("d1"), urnOf(T.vpc, "v"), netUrn("d2")],
      },
      {
        name: "compute that reaches what identifies",
        resources: [
          v,
          net("all", "compute", { v4: ONE }),
          net("raw", "data", { v4: "10.0.1.0/24", dataClass: "health-raw" }),
        ],
        on: netUrn("all"),
        property: "reach",
      },
      {
        name: "a group of a space that reads another's bucket",
        resources: [
          { ...iamGroup("g1", []), inputs: { ...iamGroup("g1", []).inputs, tags: ["permit=P1"] } },
          bucket("b2", { permit: "P2" }),
          grant({ groupId: "g1" }, READ),
        ],
        on: urnOf(T.iamGroup, "g1"),
        property: "rights",
        path: [urnOf(T.iamGroup, "g1"), grantOf("g1", READ[0] ?? ""), bucketUrn("b2")],
      },
      {
        name: "one key for two permits, and which",
        resources: [bucket("b1", { permit: "P1" }), key("k2", "P2"), encrypts("b1", "k2")],
        on: bucketUrn("b1"),
        property: "encryption",
        got: urnOf(T.key, "k2"),
        path: [encrypts("b1", "k2").urn, urnOf(T.key, "k2")],
      },
      {
        name: "pods that another permit's may call, and which",
        resources: [
          space("s1", "P1"),
          space("s2", "P2"),
          podIn("s1"),
          podIn("s2"),
          hearing("s1", { namespaceSelector: {} }),
          hearing("s2", { podSelector: {} }),
        ],
        on: urnOf(K.pod, "pod-s1"),
        property: "networkPolicy",
        path: [urnOf(K.pod, "pod-s2"), urnOf(K.networkPolicy, "open-s1"), urnOf(K.pod, "pod-s1")],
      },
      {
        name: "pods whose labels nobody knows, of namespaces of two permits",
        resources: [space("s1", "P1"), space("s2", "P2"), podIn("s1", "pod-s1", UNKNOWN), podIn("s2")],
        on: urnOf(K.pod, "pod-s1"),
        property: "networkPolicy",
      },
    ],
  },
  G9: {
    passing: [
      {
        name: "nodes of a space that leave by their own NAT",
        resources: [v, one, ...acls("v"), gateway("g"), serves("g", "one")],
        on: netUrn("one"),
        property: "reach",
      },
      {
        name: "a space that reaches the data, and they nothing",
        resources: [
          v,
          one,
          net("data", "data", { v4: "10.0.1.0/24" }),
          ...acls("v", [aclRule(ONE, "10.0.1.0/24", 443)]),
        ],
        on: netUrn("one"),
        property: "reach",
      },
      {
        name: "a person who only writes data",
        resources: [user("u"), bucket("b"), grant({ userId: "u" }, WRITE)],
        on: person,
        property: "rights",
      },
      {
        name: "a person who reads what is technical",
        resources: [user("u"), bucket("b", { dataClass: "technical" }), grant({ userId: "u" }, READ)],
        on: person,
      },
      {
        name: "a person who reads the airlock",
        resources: [user("u"), bucket("b", { tier: "export" }), grant({ userId: "u" }, READ)],
        on: person,
      },
      {
        name: "a person who decrypts with a key, and reads nothing",
        resources: [user("u"), key("k"), grant({ userId: "u" }, ["KeyManagerKeyDecrypt"])],
        on: person,
      },
      {
        name: "a group that no person joins elsewhere",
        resources: [
          user("u"),
          iamGroup("g", [], { externalMembership: false }),
          bucket("b"),
          grant({ groupId: "g" }, READ),
        ],
        on: person,
      },
    ],
    failing: [
      {
        name: "data of a space that leave by their own NAT, as only nodes may",
        resources: [v, net("one", "data", { v4: ONE, permit: "P1" }), ...acls("v"), gateway("g"), serves("g", "one")],
        on: netUrn("one"),
        property: "reach",
      },
      {
        name: "a person who reads data, known by a dependency only",
        resources: [
          { ...user("u"), id: UNKNOWN },
          bucket("b"),
          {
            ...grant({ userId: "u" }, READ),
            inputs: { ...grant({ userId: "u" }, READ).inputs, userId: UNKNOWN },
            propertyDependencies: { userId: [person] },
          },
        ],
        on: person,
        property: "rights",
        proof: "assumed",
      },
      {
        name: "a person who reads data, and by what right",
        resources: [user("u"), bucket("b"), bucket("c"), grant({ userId: "u" }, READ)],
        on: person,
        property: "rights",
        got: {
          right: "read",
          on: bucketUrn("b"),
          how: "granted",
          others: 1,
          way: [
            {
              from: person,
              to: grantOf("u", "ObjectStorageObjectsRead"),
              by: grantOf("u", "ObjectStorageObjectsRead"),
              property: "userId",
            },
            {
              from: grantOf("u", "ObjectStorageObjectsRead"),
              to: bucketUrn("b"),
              by: grantOf("u", "ObjectStorageObjectsRead"),
              property: "rules[0]",
            },
          ],
        },
        path: [person, grantOf("u", "ObjectStorageObjectsRead"), bucketUrn("b")],
        proof: "checked",
      },
    ],
    undecided: [
      {
        name: "a person whose rights are in projects that are not known",
        from: grantOf("u", "ObjectStorageObjectsRead"),
        resources: [user("u"), bucket("b"), grant({ userId: "u" }, READ, { projects: UNKNOWN })],
        on: person,
        property: "rights",
      },
    ],
  },
  G7: {
    notApplicable: [
      {
        name: "alerts, which LOC-04 judges",
        resources: [raw(T.alerts, "a", { contactPoints: [{ email: "x@example.fr" }] })],
        on: "stack",
      },
    ],
    passing: [
      {
        name: "a host in capitals, and by whose law",
        resources: [image("registry.example.fr/a/b:1")],
        on: urnOf(T.container, "c"),
        law: host("Registry.Example.FR", "FR"),
        got: { image: "registry.example.fr/a/b:1" },
      },
    ],
    failing: [
      {
        name: "a host beside one that is registered",
        resources: [image("ghcr.io/a/b:1")],
        on: urnOf(T.container, "c"),
        property: "image",
        law: host("registry.example.fr", "FR"),
        got: { image: "ghcr.io/a/b:1" },
      },
      {
        name: "a chart of a public repository, and for what",
        resources: [raw(RELEASE, "r", { chart: "oci://registry-1.docker.io/x/spark", version: "1.0.0" })],
        on: urnOf(RELEASE, "r"),
        property: "chart",
        got: { chart: "oci://registry-1.docker.io/x/spark" },
      },
    ],
  },
} as const satisfies Partial<Record<RuleId, MoreCases>>;
