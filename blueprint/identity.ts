import type { GrantedBucket } from "./access.ts";
import { planSshKeys } from "./bastion.ts";
import { isHealth, isRaw, type PlanContext } from "./context.ts";
import { planApiKeys } from "./credentials.ts";
import { deployerRules } from "./deployer.ts";
import type { ProjectKey, ProjectSpec } from "./model/common.ts";
import type { ApplicationSpec, GroupSpec, IdentitySpec, PolicyRuleSpec, PolicySpec } from "./model/identity.ts";
import { keyOf } from "./naming.ts";
import { applicationKey, DEPLOYER_KEY, type Principal, principals } from "./principals.ts";
import { bucketRules } from "./rights.ts";

/** Projects, applications, groups, policies and API keys. */
export function planIdentity(context: PlanContext, buckets: readonly GrantedBucket[]): IdentitySpec {
  const projects = planProjects(context);
  // An application without a single right would only be one more key to lose.
  const everyone = principals(context).filter((principal) => rulesOf(context, principal, buckets).length > 0);
  const groups = peopleOf(context);
  return {
    projects,
    applications: everyone.map((principal) => planApplication(context, principal)),
    groups: groups.map(({ group }) => group),
    policies: [
      deployerGrant(context, projects),
      ...everyone.map((principal) => planPolicy(context, principal, buckets)),
      ...groups.map(({ policy }) => policy),
    ],
    apiKeys: everyone
      .filter((principal) => principal.machine)
      .flatMap((principal) =>
        planApiKeys(context, {
          key: keyOf("identity", "key", principal.name),
          application: applicationKey(principal.name),
          project: principal.project,
          of: principal.name,
        }),
      ),
    sshKeys: planSshKeys(context),
  };
}

const PROJECTS: Readonly<Record<Exclude<ProjectKey, "bootstrap">, string>> = {
  network: "Networks, clusters and what runs on them",
  bastion: "Bastion gateways and the SSH keys that open them",
  data: "Data domains",
  "data-raw": "Directly identifying data, apart from everything else",
  backup: "Replicas of the data domains",
  "backup-raw": "Replica of the directly identifying data",
  log: "Audit logs, session records, logs and metrics",
};

function planProjects(context: PlanContext): readonly ProjectSpec[] {
  const hasRaw = context.domains.some((domain) => isRaw(domain.dataClass));
  const make = (project: Exclude<ProjectKey, "bootstrap">): ProjectSpec => {
    const key = keyOf("project", project);
    return { key, name: context.name(key), description: PROJECTS[project], project };
  };
  const raw = hasRaw ? [make("data-raw"), make("backup-raw")] : [];
  return [make("network"), make("bastion"), make("data"), make("backup"), make("log"), ...raw];
}

const planApplication = (context: PlanContext, principal: Principal): ApplicationSpec => ({
  ...context.planned(applicationKey(principal.name), tagsOfPrincipal(context, principal)),
  description: principal.description,
});

const tagsOfPrincipal = (context: PlanContext, principal: Principal) =>
  ({
    tier: principal.tier,
    dataClass: principal.raw ? "health-raw" : principal.project === "data" ? context.computeClass : "technical",
  }) as const;

function planPolicy(context: PlanContext, principal: Principal, buckets: readonly GrantedBucket[]): PolicySpec {
  return {
    ...context.planned(keyOf("identity", "policy", principal.name), tagsOfPrincipal(context, principal)),
    description: principal.description,
    principal: { kind: "application", key: applicationKey(principal.name) },
    rules: rulesOf(context, principal, buckets),
  };
}

const rulesOf = (
  context: PlanContext,
  principal: Principal,
  buckets: readonly GrantedBucket[],
): readonly PolicyRuleSpec[] => [...bucketRules(principal.name, buckets), ...ownRules(context, principal)];

/** What a principal needs beside buckets. Writers that encrypt need the customer keys, the platform its databases' passwords: both lie in `data`. */
function ownRules(context: PlanContext, principal: Principal): readonly PolicyRuleSpec[] {
  const health = context.domains.some((domain) => isHealth(domain.dataClass));
  switch (principal.name) {
    case "broker":
    case "copier":
      return [rule("data", "SecretManagerSecretAccess")];
    case "ingest":
    // Under SSE-C nothing is read without the customer key, copies neither.
    case "restorer":
      return health ? [rule("data", "SecretManagerSecretAccess")] : [];
    case "vault":
      return [rule("data-raw", "SecretManagerSecretAccess")];
    case "image-puller":
      return [rule("network", "ContainerRegistryReadOnly")];
    case "secrets-reader":
      return [rule("network", "SecretManagerReadOnly", "SecretManagerSecretAccess")];
    default:
      return [];
  }
}

const rule = (project: ProjectKey, ...permissionSets: readonly string[]): PolicyRuleSpec => ({
  permissionSets,
  projects: [project],
});

function deployerGrant(context: PlanContext, projects: readonly ProjectSpec[]): PolicySpec {
  return {
    ...context.planned(keyOf("identity", "policy", "deployer"), { tier: "admin" }),
    description: "Rights of the deployer in the projects of this layer",
    principal: { kind: "application", key: DEPLOYER_KEY },
    rules: deployerRules(
      projects.map((project) => project.project),
      context.settings.admin.sources,
    ),
  };
}

/** Groups that people join by the identity provider, each with rights that never add up to data and keys. */
function peopleOf(context: PlanContext): readonly { readonly group: GroupSpec; readonly policy: PolicySpec }[] {
  const onlyFrom = context.settings.admin.sources;
  const hasRaw = context.domains.some((domain) => isRaw(domain.dataClass));
  const make = (
    name: string,
    description: string,
    rules: readonly PolicyRuleSpec[],
  ): { readonly group: GroupSpec; readonly policy: PolicySpec } => {
    const key = keyOf("identity", "group", name);
    return {
      group: { ...context.planned(key, { tier: "admin" }), description, applications: [], people: true },
      policy: {
        ...context.planned(keyOf("identity", "policy", name), { tier: "admin" }),
        description,
        principal: { kind: "group", key },
        rules: rules.map((it) => ({ ...it, onlyFrom })),
      },
    };
  };
  const custody = ["KeyManagerKeyRestore", "KeyManagerKeyWrite", "KeyManagerReadOnly"];
  return [
    make("operators", "See the state of networks, clusters and logs; change nothing by hand", [
      rule(
        "network",
        "ContainerRegistryReadOnly",
        "IPAMReadOnly",
        "InstancesReadOnly",
        "KubernetesReadOnly",
        "PrivateNetworksReadOnly",
        "VPCGatewayReadOnly",
        "VPCReadOnly",
      ),
      rule("log", "ObservabilityReadOnly"),
    ]),
    make("auditors", "Read logs and metrics", [rule("log", "ObservabilityReadOnly")]),
    make("key-custodians", "Rotate, disable and restore keys; encrypt and decrypt nothing", [
      { permissionSets: custody, projects: ["data", "backup", "log"] },
    ]),
    ...(hasRaw
      ? [
          make("vault-custodians", "Rotate, disable and restore the vault's keys; encrypt and decrypt nothing", [
            { permissionSets: custody, projects: ["data-raw", "backup-raw"] },
          ]),
        ]
      : []),
  ];
}
