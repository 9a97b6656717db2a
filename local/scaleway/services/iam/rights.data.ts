/**
 * Which permission sets open which calls of the JSON API: the first row whose pattern fits the route decides. Names and what
 * each set covers: Scaleway, "Permission sets"; which products take a resource into a condition: "Products supporting
 * resource-level conditions". Key Manager and Secret Manager have a set for each thing that is done, the others for reading
 * and for everything.
 */
export interface RightsRow {
  /** Of the route as written, e.g. `POST /key-manager/v1alpha1/regions/:region/keys`. */
  readonly route: RegExp;
  /** In error bodies. */
  readonly resource: string;
  readonly action: "read" | "write" | "create" | "delete";
  /** `project`: a rule over the resource's project. `organization`: only a rule over the Organization. */
  readonly scope: "project" | "organization";
  /** One of them suffices; empty: any valid key. */
  readonly sets: readonly string[];
  readonly resourceLevel: boolean;
}

const EVERYTHING = ["AllProductsFullAccess"];
const EVERYTHING_READ = ["AllProductsFullAccess", "AllProductsReadOnly"];

type Scope = RightsRow["scope"];
const row = (
  route: string,
  resource: string,
  action: RightsRow["action"],
  sets: readonly string[],
  more: { readonly scope?: Scope; readonly resourceLevel?: boolean } = {},
): RightsRow => ({
  route: new RegExp(`^${route}`),
  resource,
  action,
  scope: more.scope ?? "project",
  sets,
  resourceLevel: more.resourceLevel ?? false,
});

/** A product of projects with two sets: `<name>ReadOnly` and `<name>FullAccess`. */
const product = (path: string, resource: string, name: string): readonly RightsRow[] => [
  row(`GET ${path}`, resource, "read", [`${name}ReadOnly`, `${name}FullAccess`, ...EVERYTHING_READ]),
  row(`\\w+ ${path}`, resource, "write", [`${name}FullAccess`, ...EVERYTHING]),
];

/** A part of the Organization: who reads it, who manages it. IAMManager includes all of ProjectManager. */
const organization = (
  path: string,
  resource: string,
  read: readonly string[],
  manage: readonly string[],
): readonly RightsRow[] => {
  const more = { scope: "organization", resourceLevel: path.includes("iam") } as const;
  return [
    row(`GET ${path}`, resource, "read", [...read, ...manage], more),
    row(`\\w+ ${path}`, resource, "write", manage, more),
  ];
};

const IAM = ["IAMManager", "OrganizationManager"];
const iam = (part: string, name: string): readonly RightsRow[] =>
  organization(`/iam/v1alpha1/${part}`, part, [`${name}ReadOnly`, "IAMReadOnly"], [`${name}Manager`, ...IAM]);

const KEYS = "/key-manager/v1alpha1/regions/:region/keys";
const key = (route: string, action: RightsRow["action"], sets: readonly string[]): RightsRow =>
  row(route, "key", action, [...sets, "KeyManagerFullAccess", ...EVERYTHING], { resourceLevel: true });
const SECRETS = "/secret-manager/v1beta1/regions/:region/secrets";
const secret = (route: string, action: RightsRow["action"], sets: readonly string[]): RightsRow =>
  row(route, "secret", action, [...sets, "SecretManagerFullAccess", ...EVERYTHING], { resourceLevel: true });

export const RIGHTS_ROWS: readonly RightsRow[] = [
  // Catalogues that every key reads.
  row("GET /marketplace/", "image", "read", []),
  row("GET /product-catalog/", "product", "read", []),

  row("GET /iam/v1alpha1/quota", "quota", "read", ["OrganizationReadOnly", "OrganizationManager"], {
    scope: "organization",
  }),
  ...product("/iam/v1alpha1/ssh-keys", "ssh_key", "SSHKeys"),
  ...iam("applications", "IAMApplication"),
  // Keys of applications; those of people are IAMUserManager's to list, and nobody's but IAMManager's to make.
  ...iam("api-keys", "IAMApplication"),
  ...iam("groups", "IAMGroup"),
  ...iam("policies", "IAMPolicy"),
  ...iam("rules", "IAMPolicy"),
  ...iam("users", "IAMUser"),
  ...organization("/iam/v1alpha1/", "iam", ["IAMReadOnly"], IAM),
  ...organization("/account/v3/projects", "project", ["ProjectReadOnly", "IAMReadOnly"], ["ProjectManager", ...IAM]),

  row(
    "GET /audit-trail/.+/([a-z-]*events(-overview)?|products)",
    "event",
    "read",
    ["AuditTrailReadOnly", "AuditTrailFullAccess"],
    {
      scope: "organization",
    },
  ),
  row("GET /audit-trail/.+/export-jobs", "export_job", "read", ["AuditTrailExportRead", "AuditTrailFullAccess"], {
    scope: "organization",
  }),
  row(
    "DELETE /audit-trail/.+/export-jobs",
    "export_job",
    "delete",
    ["AuditTrailExportDelete", "AuditTrailFullAccess"],
    {
      scope: "organization",
    },
  ),
  row("\\w+ /audit-trail/", "export_job", "write", ["AuditTrailFullAccess"], { scope: "organization" }),

  key(`POST ${KEYS}$`, "create", ["KeyManagerKeyCreate"]),
  key(`POST ${KEYS}/:id/(encrypt|generate-data-key)$`, "write", ["KeyManagerKeyEncrypt"]),
  key(`POST ${KEYS}/:id/decrypt$`, "write", ["KeyManagerKeyDecrypt"]),
  key(`POST ${KEYS}/:id/sign$`, "write", ["KeyManagerKeySign"]),
  key(`POST ${KEYS}/:id/verify$`, "write", ["KeyManagerKeyVerify"]),
  key(`POST ${KEYS}/:id/restore$`, "write", ["KeyManagerKeyRestore"]),
  key(`DELETE ${KEYS}/:id$`, "delete", ["KeyManagerKeyDelete"]),
  key(`GET ${KEYS.replace("keys", "algorithms")}$`, "read", ["KeyManagerReadOnly", "AllProductsReadOnly"]),
  key(`GET ${KEYS}`, "read", ["KeyManagerReadOnly", "AllProductsReadOnly"]),
  key(`\\w+ ${KEYS}`, "write", ["KeyManagerKeyWrite"]),

  secret(`POST ${SECRETS}$`, "create", ["SecretManagerSecretCreate"]),
  secret(`POST ${SECRETS}/:id/versions$`, "create", ["SecretManagerSecretCreate"]),
  secret(`GET ${SECRETS}/:id/versions/:revision/access$`, "read", ["SecretManagerSecretAccess"]),
  secret(`GET ${SECRETS}-by-path/versions/:revision/access$`, "read", ["SecretManagerSecretAccess"]),
  secret(`DELETE ${SECRETS}/`, "delete", ["SecretManagerSecretDelete"]),
  secret(`GET ${SECRETS}`, "read", ["SecretManagerReadOnly", "AllProductsReadOnly"]),
  secret(`GET ${SECRETS.replace("secrets", "(tags|secret-types)")}$`, "read", [
    "SecretManagerReadOnly",
    "AllProductsReadOnly",
  ]),
  secret(`\\w+ ${SECRETS}`, "write", ["SecretManagerSecretWrite"]),

  ...product("/vpc/v2/regions/:region/(private-networks|subnets)", "private_network", "PrivateNetworks"),
  ...product("/vpc/v2/", "vpc", "VPC"),
  ...product("/vpc-gw/", "gateway", "VPCGateway"),
  ...product("/ipam/", "ip", "IPAM"),
  ...product("/instance/", "server", "Instances"),
  ...product("/block/", "volume", "BlockStorage"),
  ...product("/file/", "filesystem", "FileStorage"),
  ...product("/k8s/", "cluster", "Kubernetes"),
  ...product("/registry/", "namespace", "ContainerRegistry"),
  ...product("/cockpit/", "observability", "Observability"),
];
