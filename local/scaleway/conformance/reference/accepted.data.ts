/** Where what we answer, or listen to, is not what the reference says, and why. Each row has to match something. */
export interface Accepted {
  readonly kind: "unheardQuery" | "unheardFields" | "missing" | "unknown" | "unseen";
  /** Of `api Operation.parameter` or `api Struct.field`. */
  readonly what: RegExp;
  readonly reason: string;
}

const RECORDED = "as the recordings have it, which are newer than this part of the reference";

export const ACCEPTED: readonly Accepted[] = [
  {
    kind: "unheardQuery",
    what: /\.organization(_id)?$/,
    reason: "there is one organization, whichever is named; recordings name several",
  },
  {
    kind: "unheardFields",
    what: /\.organization(_id)?$/,
    reason: "a guard of all calls refuses any organization but the one there is",
  },
  {
    kind: "unheardQuery",
    what: /^vpcgw\/v2 ListGateways\.include_legacy$/,
    reason: "no gateway here is of the old API",
  },
  {
    kind: "unheardQuery",
    what: /^k8s\/v1 DeleteNode\.skip_drain$/,
    reason: "the reference itself calls it inactive",
  },
  {
    kind: "unheardQuery",
    what: /^marketplace\/v2 ListImages\.include_eol$/,
    reason: "no image here is past its end of life",
  },
  {
    kind: "unheardQuery",
    what: /^block\/v1 List(Volumes|Snapshots)\.include_deleted$/,
    reason: "what is deleted is gone at once, and no list has it",
  },
  {
    kind: "unheardQuery",
    what: /^file\/v1alpha1 ListFileSystems\.filesystem_type$/,
    reason: "types of file systems are not known",
  },
  {
    kind: "unheardFields",
    what: /^file\/v1alpha1 CreateFileSystem\.type$/,
    reason: "types of file systems are not known",
  },
  {
    kind: "unheardFields",
    what: /^instance\/v1 \w+\.(routed_ip_enabled|enable_ipv6|disable_ipv6|organization_default|volume_type)$/,
    reason:
      "deprecated, or told by the volume itself: routed addresses and each project's own default group are all there is",
  },
  {
    kind: "unheardFields",
    what: /^instance\/v1 updateServer\.private_nics$/,
    reason: "private NICs have calls of their own",
  },
  {
    kind: "unheardFields",
    what: /^instance\/v1 ServerAction\.volumes$/,
    reason: "a backup takes all volumes of the server",
  },
  {
    kind: "unheardFields",
    what: /^instance\/v1 set\w+\./,
    reason: "comes back with a resource that was read, and is not a client's to change",
  },
  {
    kind: "unheardFields",
    what: /^cockpit\/v1 (SyncGrafanaDataSources|ResetGrafanaUserPassword)\.project_id$/,
    reason: "there is no Grafana that would be told",
  },
  {
    kind: "missing",
    what: /^instance\/v1 \w+Response\.total_count$/,
    reason: "a header tells the total (recordings); the SDK puts it there itself",
  },
  {
    kind: "missing",
    what: /^instance\/v1 PrivateNIC\./,
    reason: "an updated private NIC is answered within `private_nic` (recordings)",
  },
  { kind: "unknown", what: /^instance\/v1 PrivateNIC\./, reason: RECORDED },
  { kind: "missing", what: /^instance\/v1 Snapshot\.error_reason$/, reason: RECORDED },
  {
    kind: "missing",
    what: /^audit_trail\/v1alpha1 List\w+EventsResponse\.next_page_token$|^audit_trail\/v1alpha1 ListEventsResponse\.next_page_token$/,
    reason: "told when there is a next page only (recordings)",
  },
  { kind: "missing", what: /^cockpit\/v1 Exporter\.region$/, reason: "left out in recordings" },
  { kind: "missing", what: /^vpcgw\/v2 /, reason: "left out until there is something to tell (recordings)" },
  {
    kind: "missing",
    what: /^vpc\/v2 VPCConnector\.peer_info$/,
    reason: "told of a peered connector only (recordings of others leave it out)",
  },
  { kind: "unknown", what: /^instance\/v1 /, reason: RECORDED },
  { kind: "unknown", what: /^k8s\/v1 Cluster\.new_images_enabled$/, reason: RECORDED },
  {
    kind: "unknown",
    what: /^key_manager\/v1alpha1 Key\.protection_level$/,
    reason: "in a newer SDK than the one that the provider pins",
  },
  {
    kind: "unseen",
    what: /^iam\/v1alpha1 GetOrganization(Saml|Scim)$/,
    reason: "404: single sign-on is not configured, nor can it be",
  },
  {
    kind: "unseen",
    what: /^iam\/v1alpha1 ValidateUserMFAOTP$/,
    reason: "takes a password that only the moment gives: a unit test has it",
  },
];
