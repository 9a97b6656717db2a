import { all, type Output } from "@pulumi/pulumi";
import * as scaleway from "@pulumiverse/scaleway";
import type { BucketSpec } from "../blueprint/model/storage.ts";
import type { DeclaredStatement, ResourceRef } from "../kernel/declaration.ts";
import { toolError } from "../kernel/errors.ts";
import { stableJson } from "../kernel/order.ts";
import { type Site, SovereignComponent } from "./component.ts";
import type { Named } from "./named.ts";
import { tagMap } from "./values.ts";

export interface BucketDeps {
  readonly projectId: Output<string>;
  /** Bare uuid of the key, of the bucket's own region: Scaleway takes any text here and checks nothing. */
  readonly keyId: Output<string>;
  /** Ids of the applications that the policy's statements may name, by key. */
  readonly applications: Named<Output<string>>;
}

/**
 * A bucket with all that makes it one of ours: versions, retention, encryption under a key of its region, and a policy that
 * names who may do what. Its parts call it by *name*: an id (`<region>/<name>`) is refused or written to the wrong path.
 */
export class SealedBucket extends SovereignComponent<BucketSpec> {
  readonly bucketName: Output<string>;
  readonly ready: scaleway.object.BucketPolicy;

  constructor(spec: BucketSpec, deps: BucketDeps, site: Site) {
    super("SealedBucket", spec.key, spec, site, [
      {
        kind: "bucket-policy",
        subject: `scaleway:object/bucketPolicy:BucketPolicy::${spec.policy.key}`,
        property: "policy",
        statements: spec.policy.statements,
      },
    ]);
    const { region } = spec;
    const { projectId } = deps;

    const bucket = this.child(
      scaleway.object.Bucket,
      spec.key,
      {
        name: spec.name,
        versioning: { enabled: spec.versioning },
        objectLockEnabled: spec.lock !== undefined,
        // True would take locked objects along with the bucket.
        forceDestroy: false,
        tags: tagMap(spec.tags),
        projectId,
        region,
      },
      { protect: true },
    );
    this.bucketName = bucket.name;
    const place = { bucket: bucket.name, region, projectId };
    const encryption = this.child(
      scaleway.object.BucketServerSideEncryptionConfiguration,
      spec.encryption.configKey,
      {
        ...place,
        rules: [
          {
            applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: deps.keyId },
            // Scaleway refuses `aws:kms` without it.
            bucketKeyEnabled: true,
          },
        ],
      },
      { protect: true },
    );
    const lock =
      spec.lock === undefined
        ? []
        : [
            this.child(
              scaleway.object.BucketLockConfiguration,
              spec.lock.key,
              { ...place, rule: { defaultRetention: { mode: spec.lock.mode, days: spec.lock.days } } },
              { protect: true },
            ),
          ];
    // Last: from the policy on, only whom it names can still change the others.
    this.ready = this.child(
      scaleway.object.BucketPolicy,
      spec.policy.key,
      { ...place, policy: policyJson(spec.name, spec.policy.statements, deps.applications) },
      { dependsOn: [encryption, ...lock] },
    );
    this.publish({ bucketId: bucket.id, bucketName: bucket.name, endpoint: bucket.endpoint });
  }
}

/** Version 2023-04-17: what no statement allows is denied, to the deployer too. */
function policyJson(
  bucket: string,
  statements: readonly DeclaredStatement[],
  applications: Named<Output<string>>,
): Output<string> {
  return all(
    statements.map((statement) => all(statement.principals.map((ref) => applicationId(ref, applications)))),
  ).apply((principals) =>
    stableJson({
      Version: "2023-04-17",
      Id: bucket,
      Statement: statements.map((statement, index) => ({
        Sid: statement.sid,
        Effect: statement.effect,
        Principal: { SCW: (principals[index] ?? []).map((id) => `application_id:${id}`) },
        Action: statement.actions,
        Resource: statement.objects.map((objects) => (objects === "" ? bucket : `${bucket}/${objects}`)),
      })),
    }),
  );
}

const APPLICATION = "scaleway:iam/application:Application::";

function applicationId(ref: ResourceRef, applications: Named<Output<string>>): Output<string> {
  if (!ref.startsWith(APPLICATION)) throw toolError(`a bucket policy names ${ref}, which is not an application`);
  return applications.get(ref.slice(APPLICATION.length));
}
