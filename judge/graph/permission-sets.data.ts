/**
 * What Scaleway's permission sets let their holder do with data. Source: Scaleway, "Permission sets" (IAM reference) and "Amazon S3
 * and IAM permissions equivalence", read 2026-11-24. A set of these products that stands nowhere here counts as everything of its product:
 * a new name must not slip through.
 */
export type Power =
  /** Objects of a project's buckets. */
  | "objects.read"
  | "objects.write"
  | "objects.delete"
  /** Policies, access lists, lifecycle and versioning of buckets. */
  | "buckets.rules"
  /** With the keys of a project. */
  | "keys.decrypt"
  | "keys.rules"
  | "keys.delete"
  /** Contents of secrets. */
  | "secrets.read"
  | "secrets.write"
  | "secrets.delete"
  /** Images. */
  | "images.read"
  | "images.write"
  /** Clusters of a project, and everything inside them. */
  | "clusters.change"
  /** Rights themselves: policies, members of groups, keys of applications. */
  | "rights.give";

/** By product, its sets in full; `FullAccess` of each is all of them. */
export const PRODUCTS: Readonly<
  Record<string, { readonly all: readonly Power[]; readonly sets: Readonly<Record<string, readonly Power[]>> }>
> = {
  ObjectStorage: {
    all: ["objects.read", "objects.write", "objects.delete", "buckets.rules"],
    sets: {
      ReadOnly: ["objects.read"],
      ObjectsRead: ["objects.read"],
      ObjectsWrite: ["objects.write"],
      ObjectsDelete: ["objects.delete"],
      BucketsRead: [],
      BucketsWrite: ["buckets.rules"],
      BucketsDelete: ["objects.delete"],
      BucketPolicyRead: [],
      BucketPolicyReadOnly: [],
      BucketPolicyFullAccess: ["buckets.rules"],
    },
  },
  KeyManager: {
    all: ["keys.decrypt", "keys.rules", "keys.delete"],
    sets: {
      ReadOnly: [],
      KeyCreate: [],
      KeyDecrypt: ["keys.decrypt"],
      KeyEncrypt: [],
      KeySign: [],
      KeyVerify: [],
      KeyDelete: ["keys.delete"],
      KeyRestore: [],
      KeyRead: [],
      KeyWrite: ["keys.rules"],
      DataKeyWrite: [],
    },
  },
  SecretManager: {
    all: ["secrets.read", "secrets.write", "secrets.delete"],
    sets: {
      ReadOnly: [],
      SecretRead: [],
      SecretAccess: ["secrets.read"],
      SecretCreate: ["secrets.write"],
      SecretWrite: ["secrets.write"],
      SecretDelete: ["secrets.delete"],
      SecretRestore: [],
    },
  },
  ContainerRegistry: {
    all: ["images.read", "images.write"],
    sets: { ReadOnly: ["images.read"] },
  },
  // Kapsule makes of these the groups `scaleway:cluster-write` and `system:masters`; `scaleway:cluster-read` reads no Secret.
  Kubernetes: {
    all: ["clusters.change"],
    sets: { ReadOnly: [], ExternalNodeRegister: [], SystemMastersGroupAccess: ["clusters.change"] },
  },
  IAM: {
    all: ["rights.give"],
    sets: {
      ReadOnly: [],
      ApplicationReadOnly: [],
      GroupReadOnly: [],
      LogReadOnly: [],
      PolicyReadOnly: [],
      SSHKeyManager: [],
      UserReadOnly: [],
    },
  },
  Organization: {
    all: ["rights.give"],
    sets: { ReadOnly: [] },
  },
};

/** Sets that span products. */
export const SPANNING: Readonly<Record<string, readonly Power[]>> = {
  AllProductsFullAccess: Object.entries(PRODUCTS)
    .filter(([name]) => name !== "IAM" && name !== "Organization")
    .flatMap(([, product]) => product.all),
  AllProductsReadOnly: ["objects.read", "images.read"],
};

/**
 * Products of which the published sets `FullAccess` and `ReadOnly` give no power over stored data by themselves: what they can do is
 * judged by the rules on wide grants. Source: as above.
 */
export const OTHER_PRODUCTS: readonly string[] = [
  "AppleSilicon",
  "AuditTrail",
  "BlockStorage",
  "Containers",
  "DataWarehouse",
  "Dedibox",
  "DediboxConsole",
  "DistributedDataLab",
  "DomainsDNS",
  "EdgeServices",
  "ElasticMetal",
  "FileStorage",
  "Functions",
  "GenerativeApis",
  "IPAM",
  "Inference",
  "Instances",
  "Interlink",
  "InterlinkPartner",
  "IoT",
  "KafkaCluster",
  "LoadBalancers",
  "MessagingAndQueuing",
  "MongoDB",
  "NotificationManager",
  "Observability",
  "PrivateNetworks",
  "QaaS",
  "Redis",
  "RelationalDatabases",
  "SSHKeys",
  "SearchDB",
  "ServerlessJobs",
  "ServerlessSQLDatabase",
  "SiteToSiteVPN",
  "TransactionalEmail",
  "TransactionalEmailBlocklist",
  "TransactionalEmailDomain",
  "TransactionalEmailEmail",
  "TransactionalEmailOfferSubscription",
  "TransactionalEmailProjectSettings",
  "TransactionalEmailWebhook",
  "VPC",
  "VPCGateway",
  "WebHosting",
];

/** Published sets of single actions, and those of the organisation. */
export const OTHER_SETS: readonly string[] = [
  "AbuseTicketManager",
  "AuditTrailExportDelete",
  "AuditTrailExportRead",
  "BillingManager",
  "BillingReadOnly",
  "ContainersPrivateAccess",
  "EnvironmentalImpactReadOnly",
  "FunctionsPrivateAccess",
  "GenerativeApisModelAccess",
  "IAMApplicationManager",
  "IAMGroupManager",
  "IAMManager",
  "IAMPolicyManager",
  "IAMUserManager",
  "InstancesServerStart",
  "InstancesServerStop",
  "OrganizationManager",
  "ProjectManager",
  "ProjectReadOnly",
  "ServerlessSQLDatabaseDataReadWrite",
  "ServerlessSQLDatabaseReadWrite",
  "SupportTicketManager",
  "SupportTicketReadOnly",
  "TransactionalEmailEmailApiCreate",
  "TransactionalEmailEmailSmtpCreate",
  "TransactionalEmailPoolReadOnly",
];
