import type { Output } from "@pulumi/pulumi";
import type { RegionName } from "../blueprint/model/common.ts";
import type { BucketSpec, DataDomainSpec } from "../blueprint/model/storage.ts";
import { type Site, SovereignComponent } from "./component.ts";
import { Named } from "./named.ts";
import type { Projects } from "./projects.ts";
import type { Providers } from "./providers.ts";
import { SealedBucket } from "./sealed-bucket.ts";

export interface DataDomainDeps {
  readonly projects: Projects;
  readonly providers: Providers;
  readonly keys: Named<Output<string>>;
  readonly applications: Named<Output<string>>;
}

/**
 * One data domain: its buckets at home and its replica in the other region. Scaleway copies no bucket by itself: who copies,
 * and how often, stands in the spec, and the job runs in the platform layer.
 */
export class DataDomain extends SovereignComponent<DataDomainSpec> {
  constructor(spec: DataDomainSpec, deps: DataDomainDeps, site: Site) {
    super("DataDomain", spec.key, spec, site);
    const at = (region: RegionName): Site => ({ parent: this, providers: deps.providers.of(region) });
    const replicas = spec.replica === undefined ? [] : [spec.replica.bucket];
    const buckets = Named.from(
      "bucket",
      [...spec.buckets, ...replicas],
      (bucket: BucketSpec) =>
        new SealedBucket(
          bucket,
          {
            projectId: deps.projects.id(bucket.project),
            keyId: deps.keys.get(bucket.encryption.key),
            applications: deps.applications,
          },
          at(bucket.region),
        ),
    );
    this.publish({ buckets: buckets.record((bucket) => bucket.bucketName) });
  }
}
