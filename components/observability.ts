import type { Output } from "@pulumi/pulumi";
import * as scaleway from "@pulumiverse/scaleway";
import type { ObservabilitySpec } from "../blueprint/model/observability.ts";
import type { BucketSpec } from "../blueprint/model/storage.ts";
import { ExportJob } from "../plugins/bastide/resources.ts";
import { type Site, SovereignComponent } from "./component.ts";
import { Named } from "./named.ts";
import type { Projects } from "./projects.ts";
import { SealedBucket } from "./sealed-bucket.ts";
import { tagList } from "./values.ts";

export interface ObservabilityDeps {
  readonly organizationId: string;
  readonly projects: Projects;
  readonly keys: Named<Output<string>>;
  readonly applications: Named<Output<string>>;
}

/** Cockpit sources and alerts of one region, and the two locked buckets of the log project: audit trail and sessions. */
export class Observability extends SovereignComponent<ObservabilitySpec> {
  /** Where collectors push to, by kind of signal. */
  readonly pushUrls: Readonly<Record<string, Output<string>>>;

  constructor(spec: ObservabilitySpec, deps: ObservabilityDeps, site: Site) {
    super("Observability", `observability-${spec.region}`, spec, site);
    const { region } = spec;
    const projectId = deps.projects.id(spec.project);

    const sources = Named.from("source", spec.sources, (source) =>
      this.child(
        scaleway.observability.Source,
        source.key,
        { name: source.name, type: source.type, retentionDays: source.retentionDays, projectId, region },
        { protect: true },
      ),
    );
    this.pushUrls = Object.fromEntries(spec.sources.map(({ key, type }) => [type, sources.get(key).pushUrl]));
    this.child(scaleway.observability.AlertManager, spec.alerts.key, {
      contactPoints: spec.alerts.contacts.map((email) => ({ email })),
      projectId,
      region,
    });
    const bucket = (it: BucketSpec): SealedBucket =>
      new SealedBucket(
        it,
        {
          projectId: deps.projects.id(it.project),
          keyId: deps.keys.get(it.encryption.key),
          applications: deps.applications,
        },
        this.inside,
      );
    const auditLog = bucket(spec.auditLog);
    const sessions = bucket(spec.sessions);
    if (spec.exportJob !== undefined) {
      this.child(
        ExportJob,
        spec.exportJob.key,
        {
          name: spec.exportJob.name,
          organizationId: deps.organizationId,
          s3: {
            bucket: auditLog.bucketName,
            region: spec.auditLog.region,
            prefix: spec.exportJob.prefix,
            projectId: deps.projects.id(spec.auditLog.project),
          },
          tags: tagList(spec.exportJob.tags),
          region,
        },
        { dependsOn: [auditLog.ready] },
      );
    }
    this.publish({
      sources: sources.record((source) => source.url),
      auditLog: auditLog.bucketName,
      sessions: sessions.bucketName,
    });
  }
}
