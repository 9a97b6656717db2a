import { type RawObject, UNKNOWN } from "../../../judge/facts/raw.ts";
import {
  allows,
  app,
  appUrn,
  bucket,
  bucketUrn,
  encrypts,
  grant,
  iamGroup,
  key,
  keySecret,
  TWO_PERMITS,
  user,
} from "../../harness/grants.ts";
import { K, podSpec } from "../../harness/kubernetes.ts";
import { raw, urnOf } from "../../harness/raw.ts";
import type { RuleCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";
import { acls, gateway, net, netUrn, peered, server, serves, vpc } from "../../harness/wires.ts";

const READ = ["ObjectStorageObjectsRead"];
const to = (name: string) => ({ applicationId: name });
const apart = [
  vpc("v"),
  net("one", "compute", { v4: "10.0.0.0/24", permit: "P1" }),
  net("two", "compute", { v4: "10.0.1.0/24", permit: "P2" }),
  ...acls("v"),
];
const space = (name: string, permit: string) => raw(K.namespace, name, { metadata: { name, labels: { permit } } });
const podIn = (namespace: string) =>
  raw(K.pod, `pod-${namespace}`, { metadata: { name: `pod-${namespace}`, namespace }, spec: podSpec() });
const closed = (namespace: string, over: RawObject = {}) =>
  raw(K.networkPolicy, `closed-${namespace}`, {
    metadata: { name: "closed", namespace },
    spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"], ...over },
  });
const spaces = [space("s1", "P1"), space("s2", "P2"), podIn("s1"), podIn("s2")];

export const g8: RuleCases = {
  passing: [
    {
      name: "pods of two permits, each behind its policy",
      resources: [...spaces, closed("s1"), closed("s2", { policyTypes: ["Ingress"] })],
      on: urnOf(K.pod, "pod-s1"),
      property: "networkPolicy",
    },
    { name: "two networks apart", resources: apart, on: netUrn("one"), property: "reach" },
    { name: "two permits with what is theirs", resources: TWO_PERMITS, on: appUrn("a1"), property: "rights" },
    {
      name: "a bucket under its permit's key",
      resources: [bucket("b1", { permit: "P1" }), key("k1", "P1"), encrypts("b1", "k1")],
      on: bucketUrn("b1"),
      property: "encryption",
    },
  ],
  failing: [
    {
      name: "two networks that nothing filters",
      resources: apart.slice(0, 3),
      on: netUrn("one"),
      property: "reach",
    },
    {
      name: "a machine in both",
      resources: [...apart, server("s", ["one", "two"])],
      on: netUrn("two"),
      property: "reach",
    },
    {
      name: "a policy that names both",
      resources: [
        ...TWO_PERMITS.slice(0, 7),
        allows("b2", ["application_id:a1", "application_id:a2"], ["s3:GetObject"]),
      ],
      on: appUrn("a1"),
      property: "rights",
    },
    {
      name: "a group in a group that decrypts the other's key",
      resources: [
        app("a1", "P1"),
        iamGroup("team", ["a1"]),
        iamGroup("all-teams", ["team"]),
        key("k2", "P2"),
        grant({ groupId: "all-teams" }, ["KeyManagerKeyDecrypt"]),
      ],
      on: appUrn("a1"),
      property: "rights",
    },
    {
      name: "a secret that holds the key of the vault",
      resources: [
        app("reader"),
        app("vault", undefined, "data"),
        bucket("identities", { dataClass: "health-raw" }),
        grant(to("vault"), READ),
        ...keySecret("s", "vault", "q"),
        grant(to("reader"), ["SecretManagerFullAccess"], { projects: ["q"] }),
      ],
      on: appUrn("reader"),
      property: "rights",
    },
    {
      name: "pods that every namespace may call",
      resources: [...spaces, closed("s1", { ingress: [{ from: [{ namespaceSelector: {} }] }] })],
      on: urnOf(K.pod, "pod-s1"),
      property: "networkPolicy",
    },
    {
      name: "one key for two permits",
      resources: [bucket("b1", { permit: "P1" }), key("k2", "P2"), encrypts("b1", "k2")],
      on: bucketUrn("b1"),
      property: "encryption",
    },
  ],
  undecided: [
    {
      name: "a grant whose projects are not known",
      resources: [app("a1", "P1"), bucket("b2", { permit: "P2" }), grant(to("a1"), READ, { projects: UNKNOWN })],
      on: appUrn("a1"),
    },
    {
      name: "a bucket whose key is not known",
      resources: [
        bucket("b1", { permit: "P1" }),
        { ...encrypts("b1", "k"), inputs: { bucket: "b1", region: "fr-par", rules: UNKNOWN } },
      ],
      on: bucketUrn("b1"),
      property: "encryption",
    },
  ],
  notApplicable: [{ name: "no space", resources: [bucket("b")], on: "stack" }],
  mutations: [
    { of: "two permits with what is theirs", on: bucketUrn("b2"), property: "tags.permit", to: "P9" },
    {
      of: "pods of two permits, each behind its policy",
      on: urnOf(K.networkPolicy, "closed-s1"),
      property: "spec.policyTypes",
      to: ["Egress"],
    },
    { of: "two networks apart", on: urnOf(T.acl, "acl-v"), property: "defaultPolicy", to: "accept" },
  ],
};

const exit = [gateway("g"), serves("g", "out")];
const airlock = [
  vpc("v"),
  net("one", "compute", { v4: "10.0.0.0/24", permit: "P1" }),
  net("out", "export", { v4: "10.0.2.0/24" }),
  ...acls("v"),
  ...exit,
];

export const g9: RuleCases = {
  passing: [
    {
      name: "a way out by the airlock alone",
      resources: [...airlock, server("hatch", ["one", "out"])],
      on: netUrn("one"),
      property: "reach",
    },
    {
      name: "results that a partner reads in the airlock",
      resources: [
        app("a1", "P1"),
        bucket("b1", { permit: "P1" }),
        bucket("results", { tier: "export", inProject: "q" }),
        grant(to("a1"), READ),
        grant(to("a1"), ["ObjectStorageObjectsWrite"], { projects: ["q"] }),
        grant(to("partner"), READ, { projects: ["q"] }),
      ],
      on: appUrn("a1"),
      property: "rights",
    },
  ],
  failing: [
    {
      name: "a second machine at another edge",
      resources: [
        ...airlock,
        net("dmz", "dmz", { v4: "10.0.3.0/24" }),
        gateway("h"),
        serves("h", "dmz"),
        server("s", ["one", "dmz"]),
      ],
      on: netUrn("one"),
      property: "reach",
    },
    {
      name: "a bucket that a partner reads, beside the airlock",
      resources: [
        app("a1", "P1"),
        bucket("b1", { permit: "P1" }),
        bucket("drop", { inProject: "q" }),
        grant(to("a1"), READ),
        grant(to("a1"), ["ObjectStorageObjectsWrite"], { projects: ["q"] }),
        grant(to("partner"), READ, { projects: ["q"] }),
      ],
      on: appUrn("a1"),
      property: "rights",
    },
    {
      name: "a person who reads data",
      resources: [user("u"), bucket("b"), grant({ userId: "u" }, READ)],
      on: urnOf(T.user, "u"),
      property: "rights",
    },
    {
      name: "a group of people that reads data",
      resources: [iamGroup("g", [], { externalMembership: true }), bucket("b"), grant({ groupId: "g" }, READ)],
      on: urnOf(T.iamGroup, "g"),
      property: "rights",
    },
  ],
  undecided: [
    {
      name: "a peer that is not in the file",
      resources: [...airlock, ...peered("v", "gone", false)],
      on: netUrn("one"),
    },
  ],
  notApplicable: [{ name: "no space and nobody", resources: [bucket("b")], on: "stack" }],
  mutations: [
    {
      of: "results that a partner reads in the airlock",
      on: bucketUrn("results"),
      property: "tags.tier",
      to: "data",
    },
    { of: "a way out by the airlock alone", on: netUrn("out"), property: "tags", to: ["tier=dmz"] },
  ],
};
