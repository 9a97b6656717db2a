import type { Handling } from "./types.data.ts";

/**
 * What is done with each type of @pulumi/kubernetes that no decoder reads. Kinds are listed once with every group and version
 * that ever served them; a patch or a list of any kind is refused, since neither shows the object that results. A test compares
 * this table with the installed package, token by token.
 */
const harmless = (reason: string): Handling => ({ judged: "harmless", reason });
const notJudged = (reason: string): Handling => ({ judged: "no", reason });

const NARROWS = harmless("only narrows what others may do");
const ORDER = harmless("decides who goes first, not who may");
const RECORD = harmless("a record that controllers keep; it opens nothing");
const ADDRESSES = harmless("bookkeeping of addresses inside the cluster");
const GONE = harmless("no server since 1.25 knows it");
const REWRITES = notJudged("rewrites objects after they were judged");
const IDENTITIES = notJudged(
  "issues identities, or makes others trust them; an internal authority belongs to the platform",
);
const ELSEWHERE = notJudged("leads a Service to addresses that nobody judged");
const DEVICES = notJudged("hands devices of a node to pods; no pool of the blueprint offers any");
const PATCH = notJudged("changes an object that is declared elsewhere: what results is not here");
const LIST = notJudged("several objects in one resource: declare each by itself");

const V = (group: string, ...versions: readonly string[]): readonly string[] => versions.map((v) => `${group}/${v}`);
const AUTOSCALING = V("autoscaling", "v1", "v2", "v2beta1", "v2beta2");
const REGISTRATION = V("admissionregistration.k8s.io", "v1", "v1beta1", "v1alpha1");
const CERTIFICATES = V("certificates.k8s.io", "v1", "v1beta1", "v1alpha1");
const COORDINATION = V("coordination.k8s.io", "v1", "v1beta1", "v1alpha1", "v1alpha2");
const FLOW = V("flowcontrol.apiserver.k8s.io", "v1", "v1beta3", "v1beta2", "v1beta1", "v1alpha1");
const NETWORKING = V("networking.k8s.io", "v1", "v1beta1", "v1alpha1");
const RESOURCE = V("resource.k8s.io", "v1", "v1beta2", "v1beta1", "v1alpha3", "v1alpha2", "v1alpha1");
const SCHEDULING = V("scheduling.k8s.io", "v1", "v1beta1", "v1alpha1", "v1alpha2", "v1alpha3");
const STORAGE = V("storage.k8s.io", "v1", "v1beta1", "v1alpha1");
const DISCOVERY = V("discovery.k8s.io", "v1", "v1beta1");
const EVENTS = V("events.k8s.io", "v1", "v1beta1");
const MIGRATION = V("storagemigration.k8s.io", "v1", "v1beta1", "v1alpha1");
const EXTENSIONS = V("apiextensions.k8s.io", "v1", "v1beta1");
const SERVICES = V("apiregistration.k8s.io", "v1", "v1beta1");
const POLICY = V("policy", "v1", "v1beta1");
const APPS = V("apps", "v1", "v1beta1", "v1beta2");

/** Kind → where it is served, and what is done with it. A version that never had the kind is no harm: nobody registers it. */
export const UNDECODED_KINDS: Readonly<Record<string, readonly [served: readonly string[], handling: Handling]>> = {
  APIService: [SERVICES, notJudged("lets another server answer a part of the API")],
  AuditSink: [["auditregistration.k8s.io/v1alpha1"], notJudged("sends the audit log to another place; LOC-04's")],
  Binding: [["core/v1"], harmless("places a pod that is judged on a node")],
  CSIDriver: [STORAGE, harmless("describes a driver whose pods are judged")],
  CSINode: [STORAGE, RECORD],
  CSIStorageCapacity: [STORAGE, RECORD],
  CertificateSigningRequest: [CERTIFICATES, IDENTITIES],
  ClusterCIDR: [NETWORKING, ADDRESSES],
  ClusterTrustBundle: [CERTIFICATES, IDENTITIES],
  CompositePodGroup: [SCHEDULING, ORDER],
  ControllerRevision: [APPS, notJudged("a template that a rollback would run, judged nowhere")],
  CustomResourceDefinition: [EXTENSIONS, harmless("a new kind: each object of it is judged, or refused as unknown")],
  DeviceClass: [RESOURCE, DEVICES],
  DeviceTaintRule: [RESOURCE, DEVICES],
  EndpointSlice: [DISCOVERY, ELSEWHERE],
  Endpoints: [["core/v1"], ELSEWHERE],
  Event: [["core/v1", ...EVENTS], RECORD],
  Eviction: [["lifecycle.k8s.io/v1alpha1"], harmless("ends a pod")],
  EvictionRequest: [["lifecycle.k8s.io/v1alpha1"], harmless("asks for the end of a pod")],
  FlowSchema: [FLOW, ORDER],
  HorizontalPodAutoscaler: [AUTOSCALING, harmless("a number of pods whose template is judged")],
  IPAddress: [NETWORKING, ADDRESSES],
  Lease: [COORDINATION, RECORD],
  LeaseCandidate: [COORDINATION, RECORD],
  LimitRange: [["core/v1"], NARROWS],
  MutatingAdmissionPolicy: [REGISTRATION, REWRITES],
  MutatingAdmissionPolicyBinding: [REGISTRATION, REWRITES],
  MutatingWebhookConfiguration: [REGISTRATION, REWRITES],
  Node: [["core/v1"], notJudged("a machine that no pool declares")],
  PodCertificateRequest: [CERTIFICATES, IDENTITIES],
  PodDisruptionBudget: [POLICY, NARROWS],
  PodGroup: [SCHEDULING, ORDER],
  PodPreset: [["settings.k8s.io/v1alpha1"], REWRITES],
  PodScheduling: [RESOURCE, DEVICES],
  PodSchedulingContext: [RESOURCE, DEVICES],
  PodSecurityPolicy: [["policy/v1beta1", "extensions/v1beta1"], GONE],
  PriorityClass: [SCHEDULING, ORDER],
  PriorityLevelConfiguration: [FLOW, ORDER],
  ResourceClaim: [RESOURCE, DEVICES],
  ResourceClaimParameters: [RESOURCE, DEVICES],
  ResourceClaimTemplate: [RESOURCE, DEVICES],
  ResourceClass: [RESOURCE, DEVICES],
  ResourceClassParameters: [RESOURCE, DEVICES],
  ResourcePoolStatusRequest: [RESOURCE, DEVICES],
  ResourceQuota: [["core/v1"], NARROWS],
  ResourceSlice: [RESOURCE, DEVICES],
  RuntimeClass: [
    V("node.k8s.io", "v1", "v1beta1", "v1alpha1"),
    notJudged("chooses how far pods are kept apart on a node"),
  ],
  ServiceCIDR: [NETWORKING, ADDRESSES],
  Status: [["meta/v1"], harmless("an answer, not an object")],
  StorageVersionMigration: [MIGRATION, harmless("rewrites stored objects in another version of the same API")],
  ValidatingWebhookConfiguration: [
    REGISTRATION,
    notJudged("shows every object, secrets too, to the server that it names"),
  ],
  VolumeAttachment: [STORAGE, RECORD],
  VolumeAttributesClass: [STORAGE, notJudged("changes volumes after their class was judged")],
  Workload: [SCHEDULING, ORDER],
};

/**
 * Kinds of controllers that a platform brings, by group, version and kind. What is not here is refused until somebody has
 * looked at what the controller makes of it.
 */
const CUSTOM: Readonly<Record<string, Handling>> = {
  "kubernetes:external-secrets.io/v1:ExternalSecret": harmless("names a secret of an outer store; K8S-06 asks for it"),
  "kubernetes:cert-manager.io/v1:Certificate": IDENTITIES,
};

const tokens = (kind: string, served: readonly string[]): readonly string[] =>
  served.map((group) => `kubernetes:${group}:${kind}`);

export const KUBERNETES_TYPES: Readonly<Record<string, Handling>> = {
  ...Object.fromEntries(
    Object.entries(UNDECODED_KINDS).flatMap(([kind, [served, handling]]) =>
      tokens(kind, served).map((token) => [token, handling] as const),
    ),
  ),
  ...CUSTOM,
};

/** A patch or a list of anything, by its kind; `undefined` for other kinds. */
export function compoundHandling(type: string): Handling | undefined {
  if (!type.startsWith("kubernetes:")) return undefined;
  return type.endsWith("Patch") ? PATCH : type.endsWith("List") ? LIST : undefined;
}
