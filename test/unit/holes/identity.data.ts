import { T } from "../../harness/types.ts";
import type { Holes } from "./hole.ts";
import { app, bucketTags, grant, PAR, project, tagged, type World } from "./world.ts";

const RAW_KEY = "project-data-raw";
const broker = (w: World): string => w.id(app("broker"));
const decryptRaw = (w: World) => ({
  permissionSetNames: ["KeyManagerKeyDecrypt"],
  projectIds: [w.id([T.project, RAW_KEY])],
});

export const IDENTITY_HOLES: Holes = {
  G8: [
    {
      name: "a group in a group that may decrypt",
      make: (w) => {
        const inner = w.add(T.iamGroup, "inner", { applicationIds: [broker(w)], ...tagged("admin") });
        const outer = w.add(T.iamGroup, "outer", { applicationIds: [inner], ...tagged("admin") });
        grant(w, "decrypts", { groupId: outer }, decryptRaw(w));
      },
      on: app("broker"),
      way: ["inner.applicationIds[0]", "outer.applicationIds[0]", "decrypts.groupId", "decrypts.rules[0]"],
    },
    {
      name: "a membership that joins the custodians of directly identifying data",
      make: (w) => {
        const groupId = w.id([T.iamGroup, "identity-group-vault-custodians"]);
        w.add(T.membership, "joined", { groupId, applicationId: broker(w) });
      },
      on: app("broker"),
      way: [
        "joined.applicationId",
        "identity-policy-vault-custodians.groupId",
        "identity-policy-vault-custodians.rules[0]",
      ],
    },
    {
      name: "a secret that holds the key of one who may",
      make: (w) => {
        const projectId = w.id(project("network"));
        const secret = w.add(T.secret, "handover", { ...PAR, projectId, path: "/", ...tagged("compute") });
        const key = w.find([T.apiKey, "identity-key-vault-a"]).urn;
        w.add(
          T.secretVersion,
          "handover-version",
          { ...PAR, secretId: secret, data: "x" },
          { dependsOn: { data: [key] } },
        );
      },
      on: app("secrets-reader"),
      way: [
        "identity-policy-secrets-reader.applicationId",
        "identity-policy-secrets-reader.rules[0]",
        "handover-version.data",
        "identity-policy-vault.applicationId",
        "identity-policy-vault.rules[1]",
      ],
    },
    {
      name: "a policy over the whole organization",
      make: (w) =>
        grant(
          w,
          "everywhere",
          { applicationId: broker(w) },
          { permissionSetNames: ["SecretManagerSecretAccess"], organizationId: "00000000-0000-4000-8000-000000000000" },
        ),
      on: app("broker"),
      way: [
        "everywhere.applicationId",
        "everywhere.rules[0]",
        "secrets-fr-par-copier-raw-a-version.data",
        "identity-policy-copier-raw.applicationId",
        "identity-policy-copier-raw.rules[1]",
      ],
    },
    {
      name: "a reader of the engine's state",
      make: (w) => {
        const projectIds = [w.id([T.project, "bootstrap-project"])];
        grant(
          w,
          "state-reader",
          { applicationId: broker(w) },
          { permissionSetNames: ["ObjectStorageObjectsRead", "KeyManagerKeyDecrypt"], projectIds },
        );
        w.allow("bootstrap-state", [`application_id:${broker(w)}`], ["s3:GetObject"]);
      },
      on: app("broker"),
      way: [
        "state-reader.applicationId",
        "state-reader.rules[0]",
        "bootstrap-state-policy.policy",
        "bootstrap-state-encryption.rules",
        "state-reader.applicationId",
        "state-reader.rules[0]",
        "bootstrap-state.name",
        "identity-policy-copier-raw.applicationId",
        "identity-policy-copier-raw.rules[1]",
      ],
    },
    {
      name: "a condition on one key that another clause undoes",
      make: (w) => {
        const own = w.bare([T.bastideKey, "keys-fr-par-snds-base-data"]);
        const condition = `resource.id == "${own}" || request.user_agent.contains("spark")`;
        grant(w, "conditional", { applicationId: broker(w) }, { ...decryptRaw(w), condition });
      },
      on: app("broker"),
      way: ["conditional.applicationId", "conditional.rules[0]"],
    },
  ],
  G9: [
    {
      name: "a person whom a bucket names, and a right to every key of the project",
      make: (w) => {
        const user = w.add(T.user, "analyst", { email: "analyst@bastide.example", ...tagged("admin") });
        const projectIds = [w.id(project("data"))];
        grant(w, "analyst-reads", { userId: user }, { permissionSetNames: ["ObjectStorageObjectsRead"], projectIds });
        grant(w, "analyst-decrypts", { userId: user }, { permissionSetNames: ["KeyManagerKeyDecrypt"], projectIds });
        w.allow("domain-snds-base-tables", [`user_id:${user}`], ["s3:GetObject"]);
      },
      on: [T.user, "analyst"],
      way: [
        "analyst-reads.userId",
        "analyst-reads.rules[0]",
        "domain-snds-base-tables-policy.policy",
        "domain-snds-base-tables-encryption.rules",
        "analyst-decrypts.userId",
        "analyst-decrypts.rules[0]",
      ],
    },
    {
      name: "a copy into a bucket that everybody reads",
      make: (w) => {
        const projectId = w.id(project("network"));
        const name = "bastide-rehearsal-drop";
        w.add(T.bucket, "drop", { ...PAR, name, projectId, ...bucketTags("compute") });
        w.add(T.bucketPolicy, "drop-policy", {
          ...PAR,
          projectId,
          bucket: name,
          policy: JSON.stringify({ Version: "2023-04-17", Statement: [] }),
        });
        w.allow("drop", [`application_id:${broker(w)}`], ["s3:PutObject"]);
        w.allow("drop", ["*"], ["s3:GetObject"]);
        grant(
          w,
          "drops",
          { applicationId: broker(w) },
          { permissionSetNames: ["ObjectStorageObjectsWrite"], projectIds: [projectId] },
        );
      },
      on: app("broker"),
      way: [
        "identity-policy-broker.applicationId",
        "identity-policy-broker.rules[0]",
        "domain-cancer-registry-tables-policy.policy",
        "domain-cancer-registry-tables-encryption.rules",
        "identity-policy-broker.applicationId",
        "identity-policy-broker.rules[1]",
        "drops.applicationId",
        "drops.rules[0]",
        "drop-policy.policy",
        "drop-policy.policy",
      ],
    },
    {
      name: "everybody, at the end of a list of principals",
      make: (w) => w.allow("domain-snds-base-tables", [`application_id:${broker(w)}`, "*"], ["s3:GetObject"]),
      on: [T.bucket, "domain-snds-base-tables"],
      way: ["domain-snds-base-tables-policy.policy"],
    },
    {
      name: "an application that is not in the file",
      make: (w) => {
        const projectIds = [w.id(project("data"))];
        const gone = "99999999-0000-4000-8000-000000000000";
        grant(
          w,
          "stranger",
          { applicationId: gone },
          { permissionSetNames: ["ObjectStorageObjectsRead", "KeyManagerKeyDecrypt"], projectIds },
        );
        w.allow("domain-snds-base-tables", [`application_id:${gone}`], ["s3:GetObject"]);
      },
      on: [T.bucket, "domain-snds-base-tables"],
      way: ["stranger", "domain-snds-base-tables-policy"],
      outcome: "undecided",
    },
  ],
  "IAM-06": [
    {
      name: "a registry that everybody may pull from",
      make: (w) => w.change([T.registry, "registry-fr-par-research"], (before) => ({ ...before, isPublic: true })),
      on: [T.registry, "registry-fr-par-research"],
      way: [],
    },
  ],
};
