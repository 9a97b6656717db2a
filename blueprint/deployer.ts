import { PROJECT_KEYS, type ProjectKey } from "./model/common.ts";
import type { PolicyRuleSpec } from "./model/identity.ts";

/**
 * The exact rights of the application that deploys. It makes things and can't read what is in them: no decryption, no
 * secret's value, and no object, though its sets name objects. The sets named `…FullAccess` are those for which Scaleway has
 * no narrower one that creates. Being able to grant, it could grant itself more: the advisory `deployer can grant rights`
 * says so in every verdict.
 */
const IN_PROJECT: Readonly<Partial<Record<ProjectKey, readonly string[]>>> = {
  network: [
    "BlockStorageFullAccess",
    "ContainerRegistryFullAccess",
    "IPAMFullAccess",
    "InstancesFullAccess",
    "KubernetesFullAccess",
    "PrivateNetworksFullAccess",
    "VPCFullAccess",
    "VPCGatewayFullAccess",
  ],
  bastion: ["SSHKeysFullAccess", "VPCGatewayFullAccess"],
  log: ["ObservabilityFullAccess"],
};

const WITH_BUCKETS: readonly ProjectKey[] = ["data", "data-raw", "backup", "backup-raw", "log"];
/** Keys protect buckets, and the volumes of the cluster's workloads. */
const WITH_KEYS: readonly ProjectKey[] = [...WITH_BUCKETS, "network"];
const WITH_SECRETS: readonly ProjectKey[] = ["network", "data", "data-raw"];

/**
 * Of the sets on objects, `ObjectsWrite` and `ObjectsRead` are what setting a bucket's lock and reading it back take: Scaleway
 * counts both as operations on objects, and no set on buckets holds them (documentation, "Amazon S3 and IAM permissions
 * equivalence"). `ObjectsDelete` empties buckets in a destroy with consent. From the first policy on none of the three
 * reaches an object: each bucket's policy names the deployer for the bucket's configuration alone, and health objects are
 * encrypted under keys that it may not use.
 */
const BUCKET_SETS = [
  "ObjectStorageBucketPolicyFullAccess",
  "ObjectStorageBucketsDelete",
  "ObjectStorageBucketsRead",
  "ObjectStorageBucketsWrite",
  "ObjectStorageObjectsDelete",
  "ObjectStorageObjectsRead",
  "ObjectStorageObjectsWrite",
];
const KEY_SETS = ["KeyManagerKeyCreate", "KeyManagerKeyDelete", "KeyManagerKeyWrite", "KeyManagerReadOnly"];
const SECRET_SETS = [
  "SecretManagerReadOnly",
  "SecretManagerSecretCreate",
  "SecretManagerSecretDelete",
  "SecretManagerSecretWrite",
];

/** Rights in the projects that the foundation makes. */
export function deployerRules(projects: readonly ProjectKey[], onlyFrom: readonly string[]): readonly PolicyRuleSpec[] {
  return PROJECT_KEYS.filter((project) => projects.includes(project)).map((project) => ({
    permissionSets: [
      ...(IN_PROJECT[project] ?? []),
      ...(WITH_KEYS.includes(project) ? KEY_SETS : []),
      ...(WITH_BUCKETS.includes(project) ? BUCKET_SETS : []),
      ...(WITH_SECRETS.includes(project) ? SECRET_SETS : []),
    ],
    projects: [project],
    onlyFrom,
  }));
}

/** Rights that have organisation scope only: identities, projects, the audit trail's export, and reading quotas. */
export const ORGANIZATION_SETS: readonly string[] = [
  "AuditTrailFullAccess",
  "IAMApplicationManager",
  "IAMGroupManager",
  "IAMPolicyManager",
  "OrganizationReadOnly",
  "ProjectManager",
];

/**
 * What keeping the engine's state needs, in the bootstrap project, and reading that layer back: the state bucket's policy
 * names nobody else, so that a refresh by a person's key is refused.
 */
export const STATE_SETS: readonly string[] = [
  "KeyManagerReadOnly",
  "ObjectStorageObjectsDelete",
  "ObjectStorageObjectsWrite",
  "ObjectStorageReadOnly",
];
