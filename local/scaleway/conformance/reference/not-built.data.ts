/** Operations of the reference that answer 501 here, and why; by API and name, as a pattern. Each has to match something. */
export interface NotBuilt {
  readonly operations: RegExp;
  readonly reason: string;
}

export const NOT_BUILT: readonly NotBuilt[] = [
  {
    operations: /^iam\/v1alpha1 (\w*Saml\w*|\w*Scim\w*)$/,
    reason: "single sign-on needs an identity provider, and none is in reach",
  },
  {
    operations: /^iam\/v1alpha1 \w*WebAuthn\w*$/,
    reason: "a passkey needs a browser with an authenticator; the other second factor is built",
  },
  {
    operations: /^iam\/v1alpha1 (Initiate|Join|Remove)UserConnection$/,
    reason: "ties a person's accounts in several organizations together; there is one organization here",
  },
  {
    operations: /^account\/v3 \w*ContractSignatures?$/,
    reason: "contracts are signed by people; nothing else asks for one",
  },
  {
    operations: /^k8s\/v1 (GetNodeMetadata|AuthExternalNode)$/,
    reason: "called by the installer on a node, never by users; there are no machines here",
  },
  {
    operations: /^instance\/v1 \w*BlockMigration\w*$/,
    reason: "moves volumes of a kind that is no longer sold; none can be made here",
  },
  {
    operations: /^instance\/v1 ReleaseIPToIpam$/,
    reason: "public addresses are the Instance API's alone here; IPAM has those of private networks",
  },
  {
    operations: /^file\/v1alpha1 ListFileSystemTypes$/,
    reason: "neither recordings nor documentation name a type, and prices are not emulated",
  },
  {
    operations: /^cockpit\/v1 \w*GrafanaProductDashboards?$/,
    reason: "dashboards are Grafana's, and there is no Grafana here",
  },
  {
    operations: /^cockpit\/v1 (ListPlans|SelectPlan|GetCurrentPlan)$/,
    reason: "deprecated: plans were replaced by the retention of each data source",
  },
  { operations: /^cockpit\/v1 GetUsageOverview$/, reason: "nothing is ingested, so there is nothing to count" },
  {
    operations: /^audit_trail\/v1alpha1 \w*AlertRules$/,
    reason: "neither recordings nor documentation name a rule, and none is made up",
  },
];
