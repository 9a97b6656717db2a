import { type RawObject, UNKNOWN } from "../../../judge/facts/raw.ts";
import { component, raw, tagMap, urnOf } from "../../harness/raw.ts";
import type { RuleCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";

const policy = (rule: RawObject, inputs: RawObject = { applicationId: "app" }) =>
  raw(T.policy, "p", { ...inputs, rules: [rule] });
const read = { permissionSetNames: ["ObjectStorageObjectsRead"], projectIds: ["data"] };
const granted = urnOf(T.policy, "p");
const bootstrap = raw(
  T.stackReference,
  "ref",
  { name: "organization/bastide/rehearsal.bootstrap" },
  { outputs: { outputs: { deployerApplicationId: "deployer-id" } } },
);
const manager = { permissionSetNames: ["IAMPolicyManager", "VPCFullAccess"], organizationId: "org" };

/** In a policy pack no stack reference is seen: the component's word is all there is. */
const identity = component("bastide:components:Projects", "projects", {
  spec: { grant: { key: "p", principal: { kind: "application", key: "bootstrap-deployer" } } },
});

export const iam01: RuleCases = {
  passing: [
    {
      name: "one action on one project",
      resources: [policy(read)],
      on: granted,
      property: "rules[0].permissionSetNames",
    },
    {
      name: "decryption with one key",
      resources: [
        policy({ permissionSetNames: ["KeyManagerKeyDecrypt"], projectIds: ["p"], condition: 'resource.id == "k"' }),
      ],
      on: granted,
      property: "rules[0].condition",
    },
    {
      name: "decryption under a condition that is made of keys",
      resources: [
        raw(T.key, "own"),
        raw(
          T.policy,
          "p",
          {
            applicationId: "app",
            rules: [{ permissionSetNames: ["KeyManagerKeyDecrypt"], projectIds: ["p"], condition: UNKNOWN }],
          },
          { dependsOn: { rules: [urnOf(T.key, "own")] } },
        ),
      ],
      on: granted,
      property: "rules[0].condition",
      proof: "assumed",
    },
    {
      name: "the deployer of the bootstrap layer, by its id",
      resources: [bootstrap, policy(manager, { applicationId: "deployer-id" })],
      on: granted,
      property: "rules[0].organizationId",
    },
    {
      name: "the deployer of the bootstrap layer, by a dependency",
      resources: [
        bootstrap,
        raw(
          T.policy,
          "p",
          { applicationId: UNKNOWN, rules: [manager] },
          { dependsOn: { applicationId: [bootstrap.urn] } },
        ),
      ],
      on: granted,
    },
    {
      name: "the deployer on a component's word, where stack references are hidden",
      resources: [identity, { ...policy(manager, { applicationId: "x" }), parent: identity.urn }],
      on: granted,
      door: "policy-pack",
      proof: "declared",
    },
  ],
  failing: [
    {
      name: "an id from nowhere, through a door that shows stack references",
      resources: [identity, { ...policy(manager, { applicationId: "x" }), parent: identity.urn }],
      on: granted,
      property: "rules[0].permissionSetNames",
    },
    {
      name: "an id from nowhere that no component speaks for",
      resources: [policy(manager, { applicationId: "x" })],
      on: granted,
      property: "rules[0].permissionSetNames",
      door: "policy-pack",
    },
    {
      name: "everything",
      resources: [policy({ ...read, permissionSetNames: ["AllProductsFullAccess"] })],
      on: granted,
      property: "rules[0].permissionSetNames",
      got: ["AllProductsFullAccess"],
    },
    {
      name: "everything, even for the deployer",
      resources: [
        bootstrap,
        policy({ ...read, permissionSetNames: ["AllProductsFullAccess"] }, { applicationId: "deployer-id" }),
      ],
      on: granted,
      property: "rules[0].permissionSetNames",
    },
    {
      name: "a whole product",
      resources: [policy({ ...read, permissionSetNames: ["ObjectStorageFullAccess"] })],
      on: granted,
      property: "rules[0].permissionSetNames",
    },
    {
      name: "decryption with every key of a project",
      resources: [policy({ permissionSetNames: ["KeyManagerKeyDecrypt"], projectIds: ["p"] })],
      on: granted,
      property: "rules[0].condition",
    },
    {
      name: "decryption under a condition that names no key",
      resources: [
        policy({
          permissionSetNames: ["KeyManagerKeyDecrypt"],
          projectIds: ["p"],
          condition: 'resource.id == "k" || request.user_agent == "x"',
        }),
      ],
      on: granted,
      property: "rules[0].condition",
    },
    {
      name: "granting rights",
      resources: [policy({ permissionSetNames: ["IAMPolicyManager"], projectIds: ["p"] })],
      on: granted,
      property: "rules[0].permissionSetNames",
    },
    {
      name: "every cluster's masters",
      resources: [policy({ permissionSetNames: ["KubernetesSystemMastersGroupAccess"], projectIds: ["p"] })],
      on: granted,
      property: "rules[0].permissionSetNames",
    },
    {
      name: "a set that nobody published, beside one that is",
      resources: [policy({ ...read, permissionSetNames: ["ObjectStorageObjectsRead", "ObjectStorageEverything"] })],
      on: granted,
      property: "rules[0].permissionSetNames",
      got: ["ObjectStorageEverything"],
    },
    {
      name: "the whole organisation",
      resources: [policy({ permissionSetNames: ["ObjectStorageObjectsRead"], organizationId: "org" })],
      on: granted,
      property: "rules[0].organizationId",
    },
    {
      name: "an application of this stack that calls itself deployer",
      resources: [
        raw(T.application, "deployer", { name: "deployer" }, { id: "a" }),
        policy(manager, { applicationId: "a" }),
      ],
      on: granted,
      property: "rules[0].permissionSetNames",
    },
  ],
  undecided: [
    {
      name: "permission sets that are not known",
      resources: [policy({ permissionSetNames: UNKNOWN, projectIds: ["p"] })],
      on: granted,
      property: "rules[0].permissionSetNames",
    },
    {
      name: "a wide grant to somebody who is not known",
      resources: [policy(manager, { applicationId: UNKNOWN })],
      on: granted,
    },
  ],
  notApplicable: [{ name: "no policy", resources: [raw(T.application, "a")], on: "stack" }],
  mutations: [
    {
      of: "one action on one project",
      on: granted,
      property: "rules.0.permissionSetNames",
      to: ["ObjectStorageFullAccess"],
    },
    { of: "one action on one project", on: granted, property: "rules.0.organizationId", to: "org" },
    { of: "decryption with one key", on: granted, property: "rules.0.condition", to: undefined },
    { of: "the deployer of the bootstrap layer, by its id", on: granted, property: "applicationId", to: "other" },
  ],
};

const bucket = raw(T.bucket, "b", { name: "b", region: "fr-par", tags: tagMap("health-pseudo") });
const statement = (changes: RawObject = {}) => ({
  Sid: "reads",
  Effect: "Allow",
  Principal: { SCW: ["application_id:app-id"] },
  Action: ["s3:GetObject"],
  Resource: ["b/*"],
  ...changes,
});
const document = (...statements: RawObject[]) => JSON.stringify({ Version: "2023-04-17", Statement: statements });
const bucketPolicy = (json: string) => raw(T.bucketPolicy, "p", { bucket: "b", policy: json });
const sealed = urnOf(T.bucketPolicy, "p");

const app = raw(T.application, "reader", { name: "reader" });
const home = component("bastide:components:SealedBucket", "home", {
  declared: [
    {
      kind: "bucket-policy",
      subject: `${T.bucketPolicy}::p`,
      property: "policy",
      statements: [
        {
          sid: "reads",
          effect: "Allow",
          principals: [`${T.application}::reader`],
          actions: ["s3:GetObject"],
          objects: ["*"],
        },
      ],
    },
  ],
});
const unknownPolicy = (behind: string[]) =>
  raw(T.bucketPolicy, "p", { bucket: "b", policy: UNKNOWN }, { parent: home.urn, dependsOn: { policy: behind } });

export const iam05: RuleCases = {
  passing: [
    {
      name: "one application, one action",
      resources: [bucket, bucketPolicy(document(statement()))],
      on: sealed,
      property: "policy",
      proof: "checked",
    },
    {
      name: "what a component declares, while ids are not known",
      resources: [bucket, home, app, unknownPolicy([app.urn])],
      on: sealed,
      proof: "declared",
    },
    {
      name: "the real document is the declared one",
      resources: [bucket, home, { ...app, id: "app-id" }, { ...bucketPolicy(document(statement())), parent: home.urn }],
      on: sealed,
    },
  ],
  failing: [
    { name: "a health bucket without policy", resources: [bucket], on: bucket.urn, property: "policy" },
    {
      name: "everybody",
      resources: [bucket, bucketPolicy(document(statement({ Principal: "*" })))],
      on: sealed,
      property: "policy.Statement[0]",
      got: ["*"],
    },
    {
      name: "everybody, the long way",
      resources: [bucket, bucketPolicy(document(statement(), statement({ Principal: { SCW: "*" } })))],
      on: sealed,
      property: "policy.Statement[1]",
    },
    {
      name: "whoever joins a project",
      resources: [bucket, bucketPolicy(document(statement({ Principal: { SCW: "project_id:p" } })))],
      on: sealed,
      property: "policy.Statement[0]",
    },
    {
      name: "every action",
      resources: [bucket, bucketPolicy(document(statement({ Action: "s3:*" })))],
      on: sealed,
      property: "policy.Statement[0]",
    },
    {
      name: "everybody but one",
      resources: [
        bucket,
        bucketPolicy(document(statement({ Principal: null, NotPrincipal: { SCW: "application_id:x" } }))),
      ],
      on: sealed,
      property: "policy.Statement[0]",
    },
    {
      name: "the deprecated version, which is no allow-list",
      resources: [bucket, bucketPolicy(document(statement()).replace("2023-04-17", "2012-10-17"))],
      on: sealed,
      property: "policy.Version",
      got: "2012-10-17",
    },
    { name: "not a document", resources: [bucket, bucketPolicy("{")], on: sealed, property: "policy" },
    {
      name: "another document than its component declares",
      resources: [
        bucket,
        home,
        { ...app, id: "app-id" },
        { ...bucketPolicy(document(statement({ Action: ["s3:PutObject"] }))), parent: home.urn },
      ],
      on: sealed,
      property: "policy",
      got: "another policy",
    },
  ],
  undecided: [
    {
      name: "a document that is not known, and nobody declares",
      resources: [bucket, raw(T.bucketPolicy, "p", { bucket: "b", policy: UNKNOWN })],
      on: sealed,
    },
    {
      name: "a declaration that leaves out what the document is made from",
      resources: [
        bucket,
        home,
        app,
        unknownPolicy([app.urn, urnOf(T.application, "other")]),
        raw(T.application, "other"),
      ],
      on: sealed,
    },
  ],
  notApplicable: [
    { name: "a technical bucket", resources: [raw(T.bucket, "b", { tags: tagMap() })], on: urnOf(T.bucket, "b") },
  ],
  mutations: [
    {
      of: "one application, one action",
      on: sealed,
      property: "policy",
      to: document(statement({ Action: ["s3:Get*"] })),
    },
    { of: "one application, one action", on: sealed, property: "bucket", to: "other" },
  ],
};

const everybody = "http://acs.amazonaws.com/groups/global/AllUsers";

export const iam06: RuleCases = {
  passing: [
    { name: "a private registry", resources: [raw(T.registry, "r")], on: urnOf(T.registry, "r"), property: "isPublic" },
    {
      name: "a bucket that names its origins",
      resources: [
        raw(T.bucket, "b", { corsRules: [{ allowedMethods: ["GET"], allowedOrigins: ["https://a.example"] }] }),
      ],
      on: urnOf(T.bucket, "b"),
      property: "corsRules[0].allowedOrigins",
    },
  ],
  failing: [
    {
      name: "a public registry",
      resources: [raw(T.registry, "r", { isPublic: true })],
      on: urnOf(T.registry, "r"),
      property: "isPublic",
      got: true,
    },
    {
      name: "a bucket that everybody reads",
      resources: [raw(T.bucketAcl, "a", { bucket: "b", acl: "public-read" })],
      on: urnOf(T.bucketAcl, "a"),
      property: "acl",
      got: "public-read",
    },
    {
      name: "a grant to everybody",
      resources: [
        raw(T.bucketAcl, "a", {
          bucket: "b",
          accessControlPolicy: { owner: { id: "o" }, grants: [{ permission: "READ", grantee: { uri: everybody } }] },
        }),
      ],
      on: urnOf(T.bucketAcl, "a"),
      property: "accessControlPolicy.grants",
    },
    {
      name: "the bucket's own old ACL",
      resources: [raw(T.bucket, "b", { acl: "authenticated-read" })],
      on: urnOf(T.bucket, "b"),
      property: "acl",
    },
    {
      name: "a website",
      resources: [raw(T.website, "w", { bucket: "b", indexDocument: { suffix: "index.html" } })],
      on: urnOf(T.website, "w"),
      property: "indexDocument",
    },
    {
      name: "a public object",
      resources: [raw(T.item, "o", { bucket: "b", key: "k", visibility: "public-read" })],
      on: urnOf(T.item, "o"),
      property: "visibility",
    },
    {
      name: "any origin",
      resources: [raw(T.bucket, "b", { corsRules: [{ allowedMethods: ["GET"], allowedOrigins: ["*"] }] })],
      on: urnOf(T.bucket, "b"),
      property: "corsRules[0].allowedOrigins",
    },
    {
      name: "a container, public when it does not say",
      resources: [raw(T.container, "c", { namespaceId: "n" })],
      on: urnOf(T.container, "c"),
      property: "privacy",
      got: "public",
    },
  ],
  undecided: [
    {
      name: "a visibility that is not known",
      resources: [raw(T.item, "o", { bucket: "b", key: "k", visibility: UNKNOWN })],
      on: urnOf(T.item, "o"),
      property: "visibility",
    },
  ],
  notApplicable: [{ name: "a network", resources: [raw(T.vpc, "v")], on: "stack" }],
  mutations: [
    { of: "a private registry", on: urnOf(T.registry, "r"), property: "isPublic", to: true },
    {
      of: "a bucket that names its origins",
      on: urnOf(T.bucket, "b"),
      property: "corsRules.0.allowedOrigins",
      to: ["https://*.example"],
    },
  ],
};
