import type { DeclaredStatement } from "../kernel/declaration.ts";
import type { BucketSpec, BucketUse } from "./model/storage.ts";
import { applicationKey, applicationRef, DEPLOYER_KEY, type PrincipalName } from "./principals.ts";

/**
 * Who may do what on a bucket. One table gives both halves that Scaleway wants: the bucket's policy (an allow-list) and the
 * IAM rules on projects and keys, so that neither can say more than the other.
 */
export interface Grant {
  readonly principal: PrincipalName;
  readonly can: Ability;
}

/** `append` writes without reading or deleting, `read` never writes, `edit` does all three on objects that no lock holds. */
export type Ability = "read" | "append" | "edit";

/** Access to the buckets of a domain, by use. */
const GRANTS: Readonly<Record<Exclude<BucketUse, "state">, readonly Grant[]>> = {
  landing: [may("ingest", "append"), may("broker", "read"), may("copier", "read")],
  tables: [may("broker", "edit"), may("copier", "read")],
  artifacts: [may("broker", "edit"), may("copier", "read")],
  workspaces: [may("broker", "edit"), may("copier", "read")],
  // One writer and a different reader: nothing leaves without passing the airlock.
  export: [may("broker", "append"), may("airlock", "read"), may("copier", "read")],
  backup: [may("copier", "append"), may("restorer", "read")],
  "audit-log": [may("auditor", "read")],
  sessions: [may("session-writer", "append"), may("auditor", "read")],
};

/** Directly identifying data: principals of their own, which appear nowhere else. */
const RAW_GRANTS: Readonly<Partial<Record<BucketUse, readonly Grant[]>>> = {
  landing: [may("vault", "edit"), may("copier-raw", "read")],
  backup: [may("copier-raw", "append"), may("restorer-raw", "read")],
};

function may(principal: PrincipalName, can: Ability): Grant {
  return { principal, can };
}

export interface GrantWish {
  readonly use: Exclude<BucketUse, "state">;
  readonly raw: boolean;
  /** Whether a copy job reads it. */
  readonly copied: boolean;
}

export function grantsOn({ use, raw, copied }: GrantWish): readonly Grant[] {
  const grants = (raw ? RAW_GRANTS[use] : undefined) ?? GRANTS[use];
  return grants.filter((grant) => copied || !(grant.can === "read" && grant.principal.startsWith("copier")));
}

/** What each ability is in S3, on objects and on the bucket itself (documented actions of Scaleway's bucket policies). */
const ACTIONS: Readonly<Record<Ability, { readonly objects: readonly string[]; readonly bucket: readonly string[] }>> =
  {
    read: { objects: ["s3:GetObject"], bucket: ["s3:ListBucket"] },
    append: { objects: ["s3:AbortMultipartUpload", "s3:PutObject"], bucket: ["s3:ListBucket"] },
    edit: {
      objects: ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      bucket: ["s3:ListBucket"],
    },
  };

/**
 * The bucket's own configuration: without it the policy would lock out the application that made the bucket. No object
 * action is among them: who deploys can't read. The policy itself and the encryption have no action that a policy can name;
 * IAM alone decides about them (`ObjectStorageBucketPolicyFullAccess`, `ObjectStorageBucketsRead` and `…Write`).
 */
const CONFIGURE: readonly string[] = [
  "s3:GetBucketAcl",
  "s3:GetBucketCORS",
  "s3:GetBucketLocation",
  "s3:GetBucketObjectLockConfiguration",
  "s3:GetBucketTagging",
  "s3:GetBucketVersioning",
  "s3:GetLifecycleConfiguration",
  "s3:ListBucket",
  "s3:PutBucketAcl",
  "s3:PutBucketObjectLockConfiguration",
  "s3:PutBucketTagging",
  "s3:PutBucketVersioning",
];

export function statementsFor(grants: readonly Grant[]): readonly DeclaredStatement[] {
  const deployer: DeclaredStatement = {
    sid: "deployer-configures",
    effect: "Allow",
    principals: [applicationRef(DEPLOYER_KEY)],
    actions: CONFIGURE,
    objects: [""],
  };
  return [
    deployer,
    ...grants.flatMap(({ principal, can }): readonly DeclaredStatement[] => {
      const principals = [applicationRef(applicationKey(principal))];
      const { objects, bucket } = ACTIONS[can];
      return [
        { sid: `${principal}-${can}s`, effect: "Allow", principals, actions: objects, objects: ["*"] },
        { sid: `${principal}-lists`, effect: "Allow", principals, actions: bucket, objects: [""] },
      ];
    }),
  ];
}

/** The state bucket: the deployer keeps the engine's state there, and nobody else. */
export const stateStatements = (): readonly DeclaredStatement[] => [
  ...statementsFor([]),
  {
    sid: "deployer-keeps-state",
    effect: "Allow",
    principals: [applicationRef(DEPLOYER_KEY)],
    actions: ACTIONS.edit.objects,
    objects: ["*"],
  },
];

/** A bucket with the grants that its policy was made of. */
export interface GrantedBucket {
  readonly bucket: BucketSpec;
  readonly grants: readonly Grant[];
}
