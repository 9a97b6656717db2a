import * as pulumi from "@pulumi/pulumi";
import { EXPORT_JOB_TYPE, KEY_TYPE } from "./types.ts";

/**
 * The SDK half of the first-party plug-in: what a program writes. The other half (`main.ts`) is the process that the
 * engine starts as `pulumi-resource-bastide`. Fields are `declare`d: a class field proper would be initialised after
 * `super()` and wipe the outputs that the SDK has just put there.
 */

export type KeyUsage = "symmetric_encryption" | "asymmetric_encryption" | "asymmetric_signing";
export type ProtectionLevel = "software" | "hsm";
export type KeyOrigin = "scaleway_kms" | "external";

export interface RotationPolicy {
  /** Go duration between two rotations, 24h to 876000h, e.g. `2160h`. */
  readonly rotationPeriod: string;
  /** ISO 8601 instant of the next rotation. Default: the API counts one period from now. */
  readonly nextRotationAt?: string;
}

/**
 * Explicit provider instance. It has no settings: credentials come from `SCW_ACCESS_KEY` and `SCW_SECRET_KEY`, and
 * every resource names its region and project itself.
 */
export class BastideProvider extends pulumi.ProviderResource {
  constructor(name: string, opts?: pulumi.ResourceOptions) {
    super("bastide", name, {}, opts);
  }
}

export interface KeyArgs {
  readonly name: pulumi.Input<string>;
  readonly region: pulumi.Input<string>;
  readonly projectId: pulumi.Input<string>;
  readonly usage: pulumi.Input<KeyUsage>;
  /** Must belong to the usage, e.g. `aes_256_gcm` for symmetric encryption. */
  readonly algorithm: pulumi.Input<string>;
  /** Default: Key Manager generates the material (`scaleway_kms`); `external` waits for an import of it. */
  readonly origin?: pulumi.Input<KeyOrigin>;
  /** Never defaulted: an answer at another level fails the creation. */
  readonly protectionLevel: pulumi.Input<ProtectionLevel>;
  /** Default false: the key refuses deletion until unprotected. */
  readonly unprotected?: pulumi.Input<boolean>;
  /** Default: never rotated. Symmetric keys only. */
  readonly rotationPolicy?: pulumi.Input<RotationPolicy>;
  readonly description?: pulumi.Input<string>;
  readonly tags?: pulumi.Input<readonly pulumi.Input<string>[]>;
}

/**
 * A Key Manager key whose protection level is said, sent and read back. Id: `<region>/<uuid>`. Usage, algorithm, origin,
 * level, region and project replace the key; deletion needs a consent that names its URN (README.md).
 */
export class Key extends pulumi.CustomResource {
  declare readonly name: pulumi.Output<string>;
  declare readonly region: pulumi.Output<string>;
  declare readonly projectId: pulumi.Output<string>;
  declare readonly usage: pulumi.Output<KeyUsage>;
  declare readonly algorithm: pulumi.Output<string>;
  declare readonly origin: pulumi.Output<KeyOrigin>;
  /** As the API answered, not as asked. */
  declare readonly protectionLevel: pulumi.Output<ProtectionLevel>;
  declare readonly unprotected: pulumi.Output<boolean>;
  declare readonly rotationPolicy: pulumi.Output<RotationPolicy | undefined>;
  declare readonly description: pulumi.Output<string | undefined>;
  declare readonly tags: pulumi.Output<readonly string[] | undefined>;
  /** `enabled`, `disabled` or `pending_key_material`. */
  declare readonly state: pulumi.Output<string>;
  declare readonly protected: pulumi.Output<boolean>;
  declare readonly locked: pulumi.Output<boolean>;
  declare readonly rotationCount: pulumi.Output<number>;
  declare readonly rotatedAt: pulumi.Output<string | undefined>;
  /** As the API plans it; `rotationPolicy` keeps what was asked. */
  declare readonly nextRotationAt: pulumi.Output<string | undefined>;
  declare readonly srn: pulumi.Output<string | undefined>;
  declare readonly createdAt: pulumi.Output<string>;

  constructor(name: string, args: KeyArgs, opts?: pulumi.CustomResourceOptions) {
    const computed = {
      state: undefined,
      protected: undefined,
      locked: undefined,
      rotationCount: undefined,
      rotatedAt: undefined,
      nextRotationAt: undefined,
      srn: undefined,
      createdAt: undefined,
    };
    super(KEY_TYPE, name, { ...computed, ...args }, opts);
  }
}

export interface ExportDestination {
  readonly bucket: string;
  /** Region of the bucket. */
  readonly region: string;
  /** Default: objects at the bucket's root. */
  readonly prefix?: string;
  /** Project that owns the bucket. Default: the one that the API takes for the organisation. */
  readonly projectId?: string;
}

export interface ExportJobArgs {
  readonly name: pulumi.Input<string>;
  /** Region whose audit events are exported; one job a region. */
  readonly region: pulumi.Input<string>;
  readonly organizationId: pulumi.Input<string>;
  readonly s3: pulumi.Input<{
    readonly [K in keyof ExportDestination]: pulumi.Input<NonNullable<ExportDestination[K]>>;
  }>;
  readonly tags?: pulumi.Input<readonly pulumi.Input<string>[]>;
}

/** An Audit Trail export job: events of one region to one bucket. Id: `<region>/<uuid>`. Every change replaces it. */
export class ExportJob extends pulumi.CustomResource {
  declare readonly name: pulumi.Output<string>;
  declare readonly region: pulumi.Output<string>;
  declare readonly organizationId: pulumi.Output<string>;
  declare readonly s3: pulumi.Output<ExportDestination>;
  declare readonly tags: pulumi.Output<readonly string[] | undefined>;
  declare readonly createdAt: pulumi.Output<string>;

  constructor(name: string, args: ExportJobArgs, opts?: pulumi.CustomResourceOptions) {
    super(EXPORT_JOB_TYPE, name, { createdAt: undefined, ...args }, opts);
  }
}
