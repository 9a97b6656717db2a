import type { Known } from "../../kernel/known.ts";
import type { Base, Reading } from "./fact-base.ts";
import type { RawObject } from "./raw.ts";

/** What a judge may know of objects in a cluster. Names and namespaces are texts there, not ids. */

/** Any Kubernetes object that is decoded, whatever its kind: who it is, and its manifest for checks that are data. */
export interface ManifestFact extends Base<"manifest"> {
  /** Group of the API; `""` is the core group. */
  readonly group: string;
  readonly version: string;
  /** Kind of the object, e.g. `Deployment`; of a patch, the kind that it patches. */
  readonly object: string;
  /** Says some fields of an object that was made elsewhere: what it leaves out is not known. */
  readonly patch: boolean;
  /** URN of the provider instance, which stands for the cluster; `""` where the door names none. */
  readonly cluster: string;
  /** As written; absent is the provider's own namespace, else `default`. Meaningless for kinds of the whole cluster. */
  readonly namespace: Reading<string | undefined>;
  readonly namespaced: boolean;
  readonly name: Known<string | undefined>;
  readonly labels: Reading<Readonly<Record<string, string>>>;
  readonly annotations: Reading<Readonly<Record<string, string>>>;
  /** The manifest with its top-level properties as this door shows them. */
  readonly manifest: RawObject;
  /** Resources behind each top-level property. */
  readonly suppliers: Readonly<Record<string, readonly string[]>>;
}

/** A pod, or the template that a controller makes pods from. */
export interface PodFact extends Base<"pod"> {
  /** Kind that holds it: `Pod`, `Deployment`, `CronJob`… */
  readonly controller: string;
  /** Path of its specification, e.g. `spec.template.spec`. */
  readonly at: string;
  readonly labels: Known<Readonly<Record<string, string>>>;
  readonly hostNetwork: Reading<boolean | undefined>;
  /** Absent is `default`. */
  readonly serviceAccount: Reading<string | undefined>;
  /** Whether it says itself that a token of its account is mounted. */
  readonly mountsToken: Reading<boolean | undefined>;
  /** Whether one of its volumes is made of such a token. */
  readonly projectsToken: Reading<boolean>;
  /** Of every sort: init, plain and ephemeral. */
  readonly containers: Known<readonly ContainerFact[]>;
  readonly volumes: Known<readonly VolumeFact[]>;
}

export interface ContainerFact {
  /** E.g. `spec.containers[0]`. */
  readonly at: string;
  readonly name: Known<string | undefined>;
  readonly image: Reading<string | undefined>;
  /** Secrets that it reads as environment variables. */
  readonly secretVariables: Known<readonly SecretUse[]>;
  /** Names of volumes that it mounts. */
  readonly mounts: Known<readonly (string | undefined)[]>;
}

export interface SecretUse {
  readonly secret: Reading<string | undefined>;
  /** Absent: every key. */
  readonly key: Known<string | undefined>;
}

export interface VolumeFact {
  /** E.g. `spec.volumes[0]`. */
  readonly at: string;
  readonly name: Known<string | undefined>;
  readonly source: Known<VolumeSource>;
}

/** What a volume is made of; `other` names the property, e.g. `hostPath`. */
export type VolumeSource =
  | { readonly kind: "secret"; readonly names: readonly Known<string | undefined>[] }
  | { readonly kind: "claim"; readonly claim: Reading<string | undefined> }
  | { readonly kind: "template"; readonly claim: ClaimReading }
  | { readonly kind: "image"; readonly image: Reading<string | undefined> }
  | { readonly kind: "other"; readonly property: string };

/** How much of which storage is asked for. */
export interface ClaimReading {
  readonly storageClass: Reading<string | undefined>;
  /** Name of a volume that exists already. */
  readonly volume: Reading<string | undefined>;
}

/** A claim of its own, or a template of claims in a controller or a pod. */
export interface VolumeClaimFact extends Base<"volume-claim">, ClaimReading {}

export interface StorageClassFact extends Base<"storage-class"> {
  readonly name: Known<string | undefined>;
  readonly provisioner: Reading<string | undefined>;
  readonly parameters: Reading<Readonly<Record<string, string>>>;
}

/** A volume that somebody made by hand. */
export interface VolumeMadeFact extends Base<"persistent-volume"> {
  readonly name: Known<string | undefined>;
  /** CSI driver; absent for every other sort of storage. */
  readonly driver: Reading<string | undefined>;
  readonly attributes: Reading<Readonly<Record<string, string>>>;
}

export interface NamespaceFact extends Base<"namespace"> {
  readonly name: Known<string | undefined>;
  readonly labels: Reading<Readonly<Record<string, string>>>;
}

export interface ServiceAccountFact extends Base<"service-account"> {
  readonly name: Known<string | undefined>;
  readonly mountsToken: Reading<boolean | undefined>;
}

/** Which pods of its namespace a policy is for: by labels, all of them, or by expressions that labels must be tried on. */
export interface PodSelector {
  readonly labels: Readonly<Record<string, string>>;
  readonly expressions: readonly {
    readonly key: Known<string | undefined>;
    readonly operator: Known<string | undefined>;
    readonly values: Known<readonly string[]>;
  }[];
}

export interface NetworkPolicyFact extends Base<"network-policy"> {
  readonly selects: Reading<PodSelector>;
  /** Directions that it governs, the default filled in: ingress always, egress where rules for it are written. */
  readonly directions: Reading<readonly string[]>;
  readonly ingress: Reading<readonly TrafficRule[]>;
  readonly egress: Reading<readonly TrafficRule[]>;
}

export interface TrafficRule {
  /** E.g. `spec.egress[0]`. */
  readonly at: string;
  /** Empty: everybody. */
  readonly peers: Known<readonly TrafficPeer[]>;
  /** Empty: every port. */
  readonly ports: Known<readonly TrafficPort[]>;
}

export interface TrafficPeer {
  readonly at: string;
  readonly cidr: Known<string | undefined>;
  readonly except: Known<readonly string[]>;
  /** Absent: pods of the policy's own namespace. */
  readonly namespaces: Known<PodSelector | undefined>;
  readonly pods: Known<PodSelector | undefined>;
}

export interface TrafficPort {
  readonly protocol: Known<string | undefined>;
  readonly port: Known<string | undefined>;
  readonly end: Known<number | undefined>;
}

/** Rights inside a cluster. */
export interface RoleFact extends Base<"role"> {
  readonly clusterWide: boolean;
  readonly name: Known<string | undefined>;
  readonly rules: Known<readonly RoleRule[]>;
  /** Its rules come from other roles, by their labels. */
  readonly aggregates: Reading<boolean>;
}

export interface RoleRule {
  readonly at: string;
  readonly verbs: Known<readonly string[]>;
  readonly groups: Known<readonly string[]>;
  readonly resources: Known<readonly string[]>;
  readonly names: Known<readonly string[]>;
  readonly urls: Known<readonly string[]>;
}

export interface RoleBindingFact extends Base<"role-binding"> {
  readonly clusterWide: boolean;
  readonly role: { readonly kind: Known<string | undefined>; readonly name: Reading<string | undefined> };
  readonly subjects: Reading<readonly RoleSubject[]>;
}

export interface RoleSubject {
  readonly at: string;
  readonly kind: Known<string | undefined>;
  readonly name: Known<string | undefined>;
  readonly namespace: Known<string | undefined>;
}

/** Something that refuses objects at the API server: native policy, its binding, or the resources of an engine. */
export interface AdmissionFact extends Base<"admission"> {
  readonly part: "policy" | "binding" | "engine" | "signatures";
  readonly name: Known<string | undefined>;
  /** Of a binding: the policy. */
  readonly policy: Known<string | undefined>;
  /** Of a binding: what a refusal does, `Deny`, `Warn`, `Audit`. */
  readonly actions: Known<readonly string[]>;
  /** Of a policy: why it refuses nothing, or not always; undefined where it refuses. */
  readonly toothless: Known<string | undefined>;
}

/** A resource that makes other objects: its program runs elsewhere, or before this door sees what it made. */
export interface ExpansionFact extends Base<"expansion"> {
  readonly by: "chart" | "release" | "manifests" | "kustomization";
  /** A program that rewrites what comes out. */
  readonly rewrittenBy: Reading<string | undefined>;
}

/** How a provider instance reaches its cluster. */
export interface ClusterAccessFact extends Base<"cluster-access"> {
  /** Namespace of objects that name none. */
  readonly namespace: Known<string | undefined>;
}

export type KubernetesFact =
  | ManifestFact
  | PodFact
  | VolumeClaimFact
  | StorageClassFact
  | VolumeMadeFact
  | NamespaceFact
  | ServiceAccountFact
  | NetworkPolicyFact
  | RoleFact
  | RoleBindingFact
  | AdmissionFact
  | ExpansionFact
  | ClusterAccessFact;
