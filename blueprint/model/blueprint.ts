import type { ClusterSpec } from "./cluster.ts";
import type { EnvironmentSummary, RegionName } from "./common.ts";
import type { ApiKeySpec, ApplicationSpec, IdentitySpec, PolicySpec } from "./identity.ts";
import type { BastionSpec, EgressSpec, InterRegionLinkSpec, NetworkSpec } from "./network.ts";
import type { ObservabilitySpec } from "./observability.ts";
import type { BucketSpec, DataDomainSpec, KeySpec, KeysSpec, RegistrySpec, SecretsSpec } from "./storage.ts";
import type { WorkspaceSpec } from "./workspace.ts";

/** The plan of one environment, less the platform layer (`PlatformSpec`): a pure function of its settings and of the region catalogue. */
export interface Blueprint {
  readonly environment: EnvironmentSummary;
  readonly bootstrap: BootstrapSpec;
  readonly foundation: FoundationSpec;
  /** Research spaces; the foundation makes nothing for each of them, the platform layer does (docs/decisions). */
  readonly workspaces: readonly WorkspaceSpec[];
}

/** What must exist before the rest can be applied safely: the state bucket, its key, and the deployer. */
export interface BootstrapSpec {
  readonly format: number;
  readonly region: RegionName;
  readonly project: { readonly key: string; readonly name: string; readonly description: string };
  readonly stateKey: KeySpec;
  readonly stateBucket: BucketSpec;
  readonly deployer: ApplicationSpec;
  readonly deployerPolicy: PolicySpec;
  readonly deployerKeys: readonly ApiKeySpec[];
}

export interface FoundationSpec {
  readonly identity: IdentitySpec;
  readonly regions: readonly RegionSpec[];
  readonly dataDomains: readonly DataDomainSpec[];
  readonly links: readonly InterRegionLinkSpec[];
}

export interface RegionSpec {
  readonly region: RegionName;
  readonly network: NetworkSpec;
  readonly egress: EgressSpec;
  readonly bastion: BastionSpec;
  readonly cluster: ClusterSpec;
  readonly keys: KeysSpec;
  readonly secrets: SecretsSpec;
  readonly registry: RegistrySpec;
  readonly observability: ObservabilitySpec;
}
