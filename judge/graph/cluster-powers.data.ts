/**
 * What rights inside a cluster amount to, beyond what they say. Sources: Kubernetes, "RBAC good practices" and "Using RBAC
 * Authorization"; Scaleway, "Setting IAM permissions and implementing RBAC on a cluster", read 2026-12-01.
 */
export type ClusterPower =
  /** Reads Secrets, by name or all of a namespace. */
  | "secrets"
  /** Makes Secrets: one of a token's type is filled by the server, so with `secrets` it is every account of the namespace. */
  | "mint"
  /** Runs pods, or binds any role: every Secret, account and pod of a namespace. */
  | "run"
  /** Gets into pods that run. */
  | "enter"
  /** Acts as service accounts. */
  | "accounts"
  | "users"
  | "groups"
  /** The whole cluster: a node, an identity of one's choice, or every object on its way into the store. */
  | "everything";

export interface PowerRow {
  readonly power: ClusterPower;
  readonly verbs: readonly string[];
  readonly group: string;
  readonly resources: readonly string[];
  /** Of kinds of the whole cluster: a Role can't give it. */
  readonly clusterWide?: true;
}

const READ = ["get", "list", "watch"];
const CHANGE = ["create", "update", "patch"];
const CONTROLLERS = ["daemonsets", "deployments", "replicasets", "statefulsets"];
const RBAC = "rbac.authorization.k8s.io";
const BORROW = ["bind", "escalate"];
const IMPERSONATE = ["impersonate"];

export const POWER_ROWS: readonly PowerRow[] = [
  { power: "secrets", verbs: READ, group: "", resources: ["secrets"] },
  { power: "mint", verbs: ["create"], group: "", resources: ["secrets"] },
  { power: "run", verbs: ["create"], group: "", resources: ["pods"] },
  { power: "run", verbs: CHANGE, group: "", resources: ["replicationcontrollers"] },
  { power: "run", verbs: CHANGE, group: "apps", resources: CONTROLLERS },
  { power: "run", verbs: CHANGE, group: "extensions", resources: CONTROLLERS },
  { power: "run", verbs: CHANGE, group: "batch", resources: ["cronjobs", "jobs"] },
  { power: "run", verbs: BORROW, group: RBAC, resources: ["clusterroles", "roles"] },
  { power: "enter", verbs: ["create", "get"], group: "", resources: ["pods/attach", "pods/exec"] },
  { power: "enter", verbs: ["patch", "update"], group: "", resources: ["pods", "pods/ephemeralcontainers"] },
  { power: "accounts", verbs: ["create"], group: "", resources: ["serviceaccounts/token"] },
  { power: "accounts", verbs: IMPERSONATE, group: "", resources: ["serviceaccounts"] },
  { power: "users", verbs: IMPERSONATE, group: "", resources: ["users"], clusterWide: true },
  { power: "groups", verbs: IMPERSONATE, group: "", resources: ["groups"], clusterWide: true },
  { power: "everything", verbs: BORROW, group: RBAC, resources: ["clusterroles"], clusterWide: true },
  { power: "everything", verbs: ["create", "get"], group: "", resources: ["nodes/proxy"], clusterWide: true },
  { power: "everything", verbs: ["create"], group: "", resources: ["persistentvolumes"], clusterWide: true },
  {
    power: "everything",
    verbs: ["patch", "update"],
    group: "certificates.k8s.io",
    resources: ["certificatesigningrequests/approval"],
    clusterWide: true,
  },
  {
    power: "everything",
    verbs: CHANGE,
    group: "admissionregistration.k8s.io",
    resources: ["mutatingwebhookconfigurations"],
    clusterWide: true,
  },
];

/** Roles that a cluster has by itself. One that stands nowhere, here or in the estate, gives everything where it is bound. */
export const OWN_ROLES: Readonly<Record<string, readonly ClusterPower[]>> = {
  admin: ["secrets", "mint", "run", "enter", "accounts"],
  "cluster-admin": ["secrets", "mint", "run", "enter", "accounts", "users", "groups", "everything"],
  edit: ["secrets", "mint", "run", "enter", "accounts"],
  "scaleway:cluster-read": [],
  // Its rules are not published, and it may be edited: taken for all.
  "scaleway:cluster-write": ["secrets", "mint", "run", "enter", "accounts", "users", "groups", "everything"],
  "system:auth-delegator": [],
  "system:basic-user": [],
  "system:discovery": [],
  "system:public-info-viewer": [],
  "system:service-account-issuer-discovery": [],
  view: [],
};

/** Whom no rule of a cluster stops. */
export const MASTERS = "system:masters";
