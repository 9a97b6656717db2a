import { type RawObject, SECRET, UNKNOWN } from "../../../judge/facts/raw.ts";
import type { RuleId } from "../../../policy-packs/bastide/rules/ids.ts";
import { component, raw, tagMap, urnOf } from "../../harness/raw.ts";
import type { MoreCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";

const granted = urnOf(T.policy, "p");
const policy = (rules: unknown, who: RawObject = { applicationId: "app" }, dependsOn = {}) =>
  raw(T.policy, "p", { ...who, rules: rules as RawObject[] }, { dependsOn });
const bootstrap = raw(
  T.stackReference,
  "ref",
  { name: "organization/bastide/rehearsal.bootstrap" },
  { outputs: { outputs: { deployerApplicationId: "deployer-id" } } },
);
const manager = { permissionSetNames: ["IAMPolicyManager", "VPCFullAccess"], organizationId: "org" };
const decrypts = { permissionSetNames: ["KeyManagerKeyDecrypt"], projectIds: ["p"] };
const key = raw(T.key, "own");
const app = raw(T.application, "reader", { name: "reader" });
const apiKey = urnOf(T.apiKey, "k");
const keyOf = (inputs: RawObject) => raw(T.apiKey, "k", { expiresAt: "2026-12-24T12:00Z", ...inputs });
const ending = (expiresAt: string) => keyOf({ applicationId: "a", expiresAt });

const bucket = raw(T.bucket, "b", { name: "b", region: "fr-par", tags: tagMap("health-pseudo") });
const unclassed = raw(T.bucket, "b", { name: "b", region: "fr-par", tags: UNKNOWN });
const statement = (changes: RawObject = {}) => ({
  Sid: "reads",
  Effect: "Allow",
  Principal: { SCW: ["application_id:app-id"] },
  Action: ["s3:GetObject"],
  Resource: ["b/*"],
  ...changes,
});
const documentOf = (...Statement: RawObject[]) => JSON.stringify({ Version: "2023-04-17", Statement });
const written = (...statements: RawObject[]) =>
  raw(T.bucketPolicy, "p", { bucket: "b", policy: documentOf(...statements) });
const sealed = urnOf(T.bucketPolicy, "p");
const declared = (...statements: RawObject[]) => ({
  kind: "bucket-policy",
  subject: `${T.bucketPolicy}::p`,
  property: "policy",
  statements: statements.map((s) => ({ sid: "reads", effect: "Allow", objects: ["*"], ...s })),
});
const homeOf = (...statements: RawObject[]) =>
  component("bastide:components:SealedBucket", "home", { declared: [declared(...statements)] });
const reader = `${T.application}::reader`;
const home = homeOf({ principals: [reader], actions: ["s3:GetObject"] });
const inHome = (policy: typeof bucket) => ({ ...policy, parent: home.urn });
const hidden = (behind: readonly string[], value: typeof UNKNOWN | typeof SECRET = UNKNOWN) =>
  raw(T.bucketPolicy, "p", { bucket: "b", policy: value }, { parent: home.urn, dependsOn: { policy: behind } });
const known = { ...app, id: "app-id" };
const other = raw(T.application, "other", { name: "other" }, { id: "other-id" });
const both = homeOf({ principals: [reader, `${T.application}::other`], actions: ["s3:GetObject"] });

export const moreAccess = {
  "IAM-01": {
    passing: [
      {
        name: "an organisation of an empty name",
        resources: [
          policy([{ permissionSetNames: ["ObjectStorageObjectsRead"], organizationId: "", projectIds: ["p"] }]),
        ],
        on: granted,
        property: "rules[0].organizationId",
      },
      {
        name: "decryption under a condition that is made of a key, and of an application beside it",
        resources: [
          key,
          app,
          policy([{ ...decrypts, condition: UNKNOWN }], { applicationId: "app" }, { rules: [app.urn, key.urn] }),
        ],
        on: granted,
        property: "rules[0].condition",
        proof: "assumed",
      },
    ],
    failing: [
      {
        name: "the deployer together with somebody",
        resources: [bootstrap, policy([manager], { applicationId: "deployer-id", userId: "u" })],
        on: granted,
        property: "rules[0].permissionSetNames",
      },
      {
        name: "a wide grant to nobody yet",
        resources: [policy([manager], { noPrincipal: true })],
        on: granted,
        property: "rules[0].permissionSetNames",
      },
      {
        name: "decryption with every key of a project, beside a narrow right",
        resources: [
          policy([{ ...decrypts, permissionSetNames: ["ObjectStorageObjectsRead", "KeyManagerKeyDecrypt"] }]),
        ],
        on: granted,
        property: "rules[0].condition",
      },
    ],
    undecided: [
      { name: "rules that are not known", resources: [policy(UNKNOWN)], on: granted, property: "rules" },
      {
        name: "decryption under a condition that is made of no key",
        resources: [app, policy([{ ...decrypts, condition: UNKNOWN }], { applicationId: "app" }, { rules: [app.urn] })],
        on: granted,
        property: "rules[0].condition",
        from: app.urn,
      },
    ],
  },
  "IAM-02": {
    passing: [
      {
        name: "a grant to a group, and which property binds it",
        resources: [policy([decrypts], { groupId: "g" })],
        on: granted,
        property: "userId",
        got: "groupId",
      },
    ],
    failing: [
      {
        name: "a grant to a person who is not made yet",
        resources: [policy([decrypts], { userId: UNKNOWN })],
        on: granted,
        property: "userId",
        got: "a user",
      },
    ],
  },
  "IAM-03": {
    passing: [
      {
        name: "an end with a zone and parts of a second",
        resources: [ending("2026-12-24T12:00:00.125+01:00")],
        on: apiKey,
        property: "expiresAt",
      },
      { name: "an end to the minute", resources: [ending("2026-12-24T12:00Z")], on: apiKey, property: "expiresAt" },
      {
        name: "an application that is known",
        resources: [keyOf({ applicationId: "a" })],
        on: apiKey,
        property: "applicationId",
        got: "a",
      },
      {
        name: "an application that is not made",
        resources: [keyOf({ applicationId: UNKNOWN })],
        on: apiKey,
        property: "applicationId",
        got: "set",
      },
    ],
    failing: [
      ...[
        "December 24, 2026",
        "2026-12-24T12:00:00",
        "2026-12-24 12:00",
        "about 2026-12-24",
        "2026-12-24T12:00:00Z12",
      ].map((expiresAt) => ({
        name: `an end that is no instant: ${expiresAt}`,
        resources: [ending(expiresAt)],
        on: apiKey,
        property: "expiresAt",
        got: expiresAt,
      })),
      { name: "nobody's key", resources: [keyOf({})], on: apiKey, property: "applicationId", got: null },
      {
        name: "a key of a person who is not made yet",
        resources: [keyOf({ userId: UNKNOWN })],
        on: apiKey,
        property: "userId",
        got: "a user",
      },
    ],
  },
  "IAM-05": {
    passing: [
      {
        name: "one application, by its policy alone",
        resources: [bucket, written(statement())],
        on: sealed,
        property: "policy",
        alone: true,
      },
      {
        name: "a bucket with its policy",
        resources: [bucket, written(statement())],
        on: bucket.urn,
        property: "policy",
        path: [sealed],
        proof: "checked",
      },
      {
        name: "a bucket with a policy that depends on it",
        resources: [
          { ...bucket, id: UNKNOWN },
          raw(
            T.bucketPolicy,
            "p",
            { bucket: UNKNOWN, policy: documentOf(statement()) },
            { dependsOn: { bucket: [bucket.urn] } },
          ),
        ],
        on: bucket.urn,
        path: [sealed],
        proof: "assumed",
      },
      {
        name: "a bucket of unknown class with its policy",
        resources: [unclassed, written(statement())],
        on: unclassed.urn,
      },
      {
        name: "a declared policy that is made of its bucket, too",
        resources: [bucket, home, app, hidden([app.urn, bucket.urn])],
        on: sealed,
        proof: "declared",
      },
      {
        name: "the declared actions in another order",
        resources: [
          bucket,
          homeOf({ principals: [reader], actions: ["s3:PutObject", "s3:GetObject"] }),
          known,
          inHome(written(statement({ Action: ["s3:GetObject", "s3:PutObject"] }))),
        ],
        on: sealed,
      },
      {
        name: "a real document whose declared reader is not made yet",
        resources: [bucket, home, app, inHome(written(statement()))],
        on: sealed,
      },
    ],
    failing: [
      ...["application_id:app-*", "other_application_id:app", "my user_id:u"].map((principal) => ({
        name: `a principal that names nobody: ${principal}`,
        resources: [bucket, written(statement({ Principal: { SCW: [principal] } }))],
        on: sealed,
        property: "policy.Statement[0]",
        got: [principal],
        alone: true as const,
      })),
      {
        name: "a declared policy that is too wide",
        resources: [bucket, homeOf({ principals: [reader], actions: ["s3:*"] }), app, hidden([app.urn])],
        on: sealed,
        property: "policy.Statement[0]",
        got: ["s3:*"],
        proof: "declared",
      },
      {
        name: "a declared policy for a whole project",
        resources: [
          bucket,
          homeOf({ principals: [`${T.project}::all`], actions: ["s3:GetObject"] }),
          raw(T.project, "all", { name: "all" }),
          hidden([urnOf(T.project, "all")]),
        ],
        on: sealed,
        property: "policy.Statement[0]",
      },
      {
        name: "another reader than its component declares",
        resources: [
          bucket,
          home,
          known,
          inHome(written(statement({ Principal: { SCW: ["application_id:other-id"] } }))),
        ],
        on: sealed,
        property: "policy",
        got: "another policy",
      },
      {
        name: "one reader more than its component declares",
        resources: [
          bucket,
          home,
          known,
          inHome(written(statement({ Principal: { SCW: ["application_id:app-id", "application_id:other-id"] } }))),
        ],
        on: sealed,
        property: "policy",
      },
      {
        name: "a stranger in the place of one of two readers",
        resources: [
          bucket,
          both,
          known,
          other,
          {
            ...written(statement({ Principal: { SCW: ["application_id:app-id", "application_id:stranger"] } })),
            parent: both.urn,
          },
        ],
        on: sealed,
        property: "policy",
      },
      {
        name: "a statement more than its component declares",
        resources: [bucket, home, known, inHome(written(statement(), statement({ Action: ["s3:PutObject"] })))],
        on: sealed,
        property: "policy",
      },
      {
        name: "a refusal where its component declares a right",
        resources: [bucket, home, known, inHome(written(statement({ Effect: "Deny" })))],
        on: sealed,
        property: "policy",
      },
    ],
    undecided: [
      {
        name: "a secret document, whatever its component declares",
        resources: [bucket, home, app, hidden([app.urn], SECRET)],
        on: sealed,
        alone: true,
      },
      {
        name: "a bucket whose class is not known, without policy",
        resources: [unclassed],
        on: unclassed.urn,
        property: "policy",
      },
      {
        name: "a policy that may be the bucket's",
        resources: [
          bucket,
          app,
          raw(
            T.bucketPolicy,
            "p",
            { bucket: UNKNOWN, policy: documentOf(statement()) },
            { dependsOn: { bucket: [app.urn] } },
          ),
        ],
        on: bucket.urn,
        property: "policy",
        from: app.urn,
      },
    ],
  },
} as const satisfies Partial<Record<RuleId, MoreCases>>;
