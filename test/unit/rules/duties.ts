import { UNKNOWN } from "../../../judge/facts/raw.ts";
import { raw, tagMap, urnOf } from "../../harness/raw.ts";
import type { RuleCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";

const policy = (name: string, who: Record<string, string>, ...permissionSetNames: readonly string[]) =>
  raw(T.policy, name, { ...who, rules: [{ permissionSetNames, projectIds: ["p"] }] });
const p = urnOf(T.policy, "p");
const app = raw(T.application, "a", { name: "a" }, { id: "1111" });
const technical = raw(T.bucket, "t", { name: "t", projectId: "p", tags: tagMap() });
const health = raw(T.bucket, "h", { name: "h", projectId: "p", tags: tagMap("health-pseudo") });
const access = (bucket: string, ...Action: readonly string[]) =>
  raw(T.bucketPolicy, bucket, {
    bucket,
    policy: JSON.stringify({
      Version: "2023-04-17",
      Statement: [{ Effect: "Allow", Principal: { SCW: "application_id:1111" }, Action, Resource: [`${bucket}/*`] }],
    }),
  });

export const iam04: RuleCases = {
  passing: [
    { name: "a keeper of keys", resources: [policy("p", { groupId: "g" }, "KeyManagerKeyWrite")], on: p },
    {
      name: "keys and objects of a project without health data",
      resources: [technical, policy("p", { groupId: "g" }, "IAMPolicyManager", "ObjectStorageObjectsRead")],
      on: p,
    },
    {
      name: "a set on objects that a bucket's policy closes",
      resources: [
        health,
        access("h", "s3:PutObject"),
        policy("p", { groupId: "g" }, "KeyManagerKeyWrite", "ObjectStorageObjectsRead"),
      ],
      on: p,
    },
  ],
  failing: [
    {
      name: "keys and decryption",
      resources: [policy("p", { groupId: "g" }, "KeyManagerKeyWrite", "KeyManagerKeyDecrypt")],
      on: p,
      property: "rules",
      got: {
        keys: "KeyManagerKeyWrite",
        data: "KeyManagerKeyDecrypt",
        why: "whoever administers keys decrypts what they read",
      },
    },
    {
      name: "a set on objects of a bucket without policy",
      resources: [health, policy("p", { groupId: "g" }, "IAMPolicyManager", "ObjectStorageObjectsRead")],
      on: p,
      property: "rules",
    },
    {
      name: "a project that nobody saw",
      resources: [policy("p", { groupId: "g" }, "KubernetesFullAccess", "ObjectStorageObjectsDelete")],
      on: p,
      property: "rules",
    },
  ],
  undecided: [
    {
      name: "sets that are not known",
      resources: [raw(T.policy, "p", { groupId: "g", rules: [{ permissionSetNames: UNKNOWN, projectIds: ["p"] }] })],
      on: p,
    },
    {
      name: "a bucket that may have a policy",
      resources: [
        health,
        raw(T.bucketPolicy, "x", { bucket: UNKNOWN, policy: "{}" }),
        policy("p", { groupId: "g" }, "IAMPolicyManager", "ObjectStorageObjectsRead"),
      ],
      on: p,
    },
  ],
  notApplicable: [
    { name: "a reader of metrics", resources: [policy("p", { groupId: "g" }, "ObservabilityReadOnly")], on: p },
  ],
  mutations: [
    {
      of: "a keeper of keys",
      on: p,
      property: "rules.0.permissionSetNames",
      to: ["KeyManagerKeyWrite", "SecretManagerSecretAccess"],
    },
    {
      of: "a set on objects that a bucket's policy closes",
      on: urnOf(T.bucketPolicy, "h"),
      property: "bucket",
      to: "x",
    },
  ],
};

const group = (externalMembership: boolean, applicationIds: readonly string[] = [], name = "g") =>
  raw(T.iamGroup, name, { externalMembership, applicationIds }, { id: `group-${name}` });

export const g05: RuleCases = {
  passing: [
    {
      name: "a reader of one bucket, and of nothing else",
      resources: [
        app,
        health,
        access("h", "s3:GetObject"),
        policy("p", { applicationId: "1111" }, "ObservabilityReadOnly"),
      ],
      on: app.urn,
    },
    {
      name: "two groups of people that stay apart even in one person",
      resources: [
        group(true),
        group(true, [], "k"),
        policy("p", { groupId: "group-g" }, "KeyManagerKeyWrite"),
        policy("q", { groupId: "group-k" }, "ObservabilityReadOnly"),
      ],
      on: urnOf(T.iamGroup, "g"),
    },
    {
      name: "one who hands out, and another who reads",
      resources: [
        app,
        raw(T.bucket, "h", { name: "h", tags: tagMap("technical", "export") }),
        access("h", "s3:PutObject"),
      ],
      on: app.urn,
    },
  ],
  failing: [
    {
      name: "keys by a group, data by a bucket's policy",
      resources: [
        app,
        health,
        access("h", "s3:GetObject"),
        group(false, ["1111"]),
        policy("p", { groupId: "group-g" }, "KeyManagerKeyWrite"),
      ],
      on: app.urn,
      property: "duties",
    },
    {
      name: "a membership of its own",
      resources: [
        app,
        group(false),
        raw(T.membership, "m", { groupId: "group-g", applicationId: "1111" }),
        policy("p", { groupId: "group-g" }, "IAMPolicyManager"),
        policy("q", { applicationId: "1111" }, "KeyManagerKeyDecrypt"),
      ],
      on: app.urn,
      property: "duties",
    },
    {
      name: "two groups that one person may be in",
      resources: [
        group(true),
        group(true, [], "k"),
        policy("p", { groupId: "group-g" }, "KeyManagerKeyWrite"),
        policy("q", { groupId: "group-k" }, "KeyManagerKeyDecrypt"),
      ],
      on: urnOf(T.iamGroup, "g"),
      property: "duties",
    },
    {
      name: "who hands out reads what was handed out",
      resources: [
        app,
        raw(T.bucket, "h", { name: "h", tags: tagMap("technical", "export") }),
        access("h", "s3:PutObject", "s3:GetObject"),
      ],
      on: app.urn,
      property: "duties",
    },
  ],
  undecided: [
    {
      name: "a policy whose rules are not known",
      resources: [raw(T.policy, "p", { groupId: "g", rules: UNKNOWN })],
      on: "stack",
    },
  ],
  notApplicable: [
    { name: "nobody with a duty", resources: [policy("p", { groupId: "g" }, "ObservabilityReadOnly")], on: "stack" },
  ],
  mutations: [
    {
      of: "a reader of one bucket, and of nothing else",
      on: p,
      property: "rules.0.permissionSetNames",
      to: ["KeyManagerKeyWrite"],
    },
    {
      of: "two groups of people that stay apart even in one person",
      on: urnOf(T.policy, "q"),
      property: "rules.0.permissionSetNames",
      to: ["KeyManagerKeyDecrypt"],
    },
  ],
};
