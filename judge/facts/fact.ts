import type { Known } from "../../kernel/known.ts";
import type { Base, Reading } from "./fact-base.ts";
import type { ClusterFacts } from "./fact-cluster.ts";
import type { DisksFact } from "./fact-disks.ts";
import type { EdgeFact } from "./fact-edge.ts";
import type { IdentityFact } from "./fact-identity.ts";
import type { ApiKeyFact, KeepsakeFact, KeyFact, MadeSecretFact, SshKeyFact } from "./fact-keys.ts";
import type { KubernetesFact } from "./fact-kubernetes.ts";
import type {
  GatewayAddressFact,
  GatewayAttachmentFact,
  GatewayFact,
  NetworkAclFact,
  NetworkCardFact,
  PortMappingFact,
  PrivateNetworkFact,
  RouteFact,
  VpcFact,
} from "./fact-network.ts";
import type { PersonFact, SignInFact } from "./fact-people.ts";
import type {
  BucketLockFact,
  BucketVersionsFact,
  DatabaseCareFact,
  DatabaseReplicaFact,
  ObjectEncryptionFact,
} from "./fact-retention.ts";
import type { IngressClassFact, IngressFact, ServiceFact } from "./fact-services.ts";
import type { SpaceFact } from "./fact-space.ts";
import type { SupplyFact } from "./fact-supply.ts";
import type { TopologyFact } from "./fact-topology.ts";
import type { TrapFact } from "./fact-traps.ts";
import type { AccessLoggedFact, AlertingFact, PoolSizeFact, TrailExportFact, ZonalServiceFact } from "./fact-watch.ts";
import type { Ref } from "./reference.ts";

export interface ClusterFact extends Base<"cluster"> {
  readonly network: Ref;
}

export interface ControlPlaneAclFact extends Base<"control-plane-acl"> {
  readonly cluster: Ref;
  readonly nobody: Reading<boolean | undefined>;
  readonly sources: Known<readonly ControlPlaneSource[]>;
}

export interface ControlPlaneSource {
  readonly range: Reading<string | undefined>;
  readonly everyScalewayAddress: Reading<boolean | undefined>;
}

/** Something that computes and could hold a routable address; each reading says whether it does, by one property. */
export interface HostFact extends Base<"host"> {
  readonly publicBy: readonly (Reading<boolean> & { readonly got: Known<unknown>; readonly want: unknown })[];
}

/** A managed service's endpoints. */
export interface ManagedServiceFact extends Base<"managed-service"> {
  readonly privateEndpoint: Reading<boolean>;
  /** Properties that would open a public endpoint; empty where the API cannot have one beside a private one. */
  readonly publicEndpoints: readonly Reading<boolean>[];
}

/** A machine whose public traffic a security group filters. */
export interface FilteredHostFact extends Base<"filtered-host"> {
  readonly securityGroup: Ref;
}

export interface SecurityGroupFact extends Base<"security-group"> {
  readonly inbound: Reading<string | undefined>;
  readonly outbound: Reading<string | undefined>;
}

export interface BucketFact extends Base<"bucket"> {
  readonly name: Known<string | undefined>;
  readonly lifecycle: Known<readonly LifecycleRule[]>;
}

export interface LifecycleRule {
  readonly property: string;
  readonly enabled: Known<boolean | undefined>;
  /** Days after which current objects expire, if they do. */
  readonly expiresAfterDays: Known<number | undefined>;
}

export interface StoredObjectFact extends Base<"stored-object"> {
  readonly bucket: Ref;
  readonly storageClass: Reading<string | undefined>;
}

export interface BucketEncryptionFact extends Base<"bucket-encryption"> {
  readonly bucket: Ref;
  readonly defaults: Known<readonly EncryptionDefault[]>;
}

export interface EncryptionDefault {
  readonly algorithm: Reading<string | undefined>;
  readonly key: Ref;
}

export interface BucketPolicyFact extends Base<"bucket-policy"> {
  readonly bucket: Ref;
  /** The document as JSON text. */
  readonly document: Reading<string | undefined>;
}

/** A way in which a resource can be opened to everybody. */
export interface OpennessFact extends Base<"openness"> {
  readonly open: Reading<boolean>;
  readonly got: Known<unknown>;
  readonly want: unknown;
}

export interface TelemetrySourceFact extends Base<"telemetry-source"> {
  /** `logs`, `metrics`, `traces`. */
  readonly signal: Reading<string | undefined>;
  readonly retentionDays: Reading<number | undefined>;
}

export interface GrantsFact extends Base<"grants"> {
  /** Application, group or user that it is bound to. */
  readonly principals: readonly Ref[];
  readonly rules: Known<readonly GrantRule[]>;
}

export interface GrantRule {
  readonly permissionSets: Reading<readonly string[]>;
  readonly organization: Reading<string | undefined>;
  /** When the rule holds, in Scaleway's CEL dialect. */
  readonly condition: Reading<string | undefined>;
}

/** Something that a program, a workload or a person signs in as. */
export type PrincipalFact = Base<"principal">;

/** Where traffic or a client goes when the first target is gone: a host name, an address or a region. */
export interface FailoverTargetFact extends Base<"failover-target"> {
  readonly target: Reading<string | undefined>;
}

/** A further region in which something comes to rest, beside the resource's own. */
export interface PlaceFact extends Base<"place"> {
  readonly region: Reading<string | undefined>;
}

/** A provider instance. */
export interface ProviderFact extends Base<"provider"> {
  readonly package: string;
  readonly plugin: {
    /** Server that the plug-in comes from; `undefined` is the engine's own choice. */
    readonly source: Known<string | undefined>;
    /** The plug-in is made into this package by parameters: its code is another's. */
    readonly wrapsAnother: boolean;
  };
  readonly apiUrl: Reading<string | undefined>;
  readonly region: Known<string | undefined>;
  readonly zone: Known<string | undefined>;
}

export interface StackReferenceFact extends Base<"stack-reference"> {
  readonly stack: Reading<string | undefined>;
}

/**
 * What a judge may know. A decoder turns one raw resource into facts; several types give facts of one kind, because rules
 * ask for capabilities ("can this be reached from outside?"), never for lists of types. `urn` is the resource's.
 */
export type Fact =
  | VpcFact
  | PrivateNetworkFact
  | RouteFact
  | GatewayFact
  | GatewayAddressFact
  | GatewayAttachmentFact
  | NetworkAclFact
  | PortMappingFact
  | NetworkCardFact
  | PlaceFact
  | ClusterFact
  | ControlPlaneAclFact
  | HostFact
  | ManagedServiceFact
  | FilteredHostFact
  | SecurityGroupFact
  | BucketFact
  | StoredObjectFact
  | BucketEncryptionFact
  | BucketPolicyFact
  | KeyFact
  | SshKeyFact
  | ApiKeyFact
  | KeepsakeFact
  | MadeSecretFact
  | AlertingFact
  | AccessLoggedFact
  | TrailExportFact
  | ZonalServiceFact
  | PoolSizeFact
  | PersonFact
  | SignInFact
  | BucketVersionsFact
  | BucketLockFact
  | ObjectEncryptionFact
  | DatabaseCareFact
  | DatabaseReplicaFact
  | OpennessFact
  | TelemetrySourceFact
  | GrantsFact
  | PrincipalFact
  | FailoverTargetFact
  | ProviderFact
  | ServiceFact
  | IngressFact
  | IngressClassFact
  | StackReferenceFact
  | KubernetesFact
  | ClusterFacts
  | SupplyFact
  | TopologyFact
  | IdentityFact
  | SpaceFact
  | EdgeFact
  | DisksFact
  | TrapFact;

export type FactKind = Fact["kind"];
export type FactOf<K extends FactKind> = Extract<Fact, { readonly kind: K }>;
