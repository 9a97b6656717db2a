import type { Output } from "@pulumi/pulumi";
import * as scaleway from "@pulumiverse/scaleway";
import type { BootstrapSpec } from "../blueprint/model/blueprint.ts";
import * as bastide from "../plugins/bastide/resources.ts";
import { type Site, SovereignComponent } from "./component.ts";
import { apiKeyArgs, applicationArgs } from "./identity.ts";
import { keyArgs } from "./keys.ts";
import { Named } from "./named.ts";
import { policyArgs } from "./policy.ts";
import { SealedBucket } from "./sealed-bucket.ts";
import { bareId } from "./values.ts";

/**
 * What must exist before the rest can be applied safely: a project, the bucket that holds state under a key of its own, and
 * the deployer with the exact rights it needs. Applied once, by a person, with state in a local file.
 */
export class Bootstrap extends SovereignComponent<BootstrapSpec> {
  readonly deployerId: Output<string>;
  readonly deployerKeys: Named<scaleway.iam.ApiKey>;
  readonly stateBucket: Output<string>;

  constructor(spec: BootstrapSpec, deps: { readonly organizationId: string }, site: Site) {
    super("Bootstrap", "bootstrap", spec, site);
    const { organizationId } = deps;
    const project = this.child(
      scaleway.account.Project,
      spec.project.key,
      { name: spec.project.name, description: spec.project.description, organizationId },
      { protect: true },
    );
    const key = this.child(bastide.Key, spec.stateKey.key, keyArgs(spec.stateKey, project.id), { protect: true });
    const deployer = this.child(
      scaleway.iam.Application,
      spec.deployer.key,
      applicationArgs(spec.deployer, organizationId),
    );
    const applications = new Named("application", [[spec.deployer.key, deployer.id]]);
    const keys = new Named("key", [[spec.stateKey.key, bareId(key.id)]]);
    this.child(
      scaleway.iam.Policy,
      spec.deployerPolicy.key,
      policyArgs(spec.deployerPolicy, {
        organizationId,
        projectId: () => project.id,
        keys,
        principals: { application: applications, group: new Named("group", []) },
      }),
    );
    this.deployerKeys = Named.from("API key", spec.deployerKeys, (it) =>
      this.child(scaleway.iam.ApiKey, it.key, apiKeyArgs(it, deployer.id, project.id)),
    );
    const bucket = new SealedBucket(
      spec.stateBucket,
      { projectId: project.id, keyId: keys.get(spec.stateBucket.encryption.key), applications },
      this.inside,
    );
    this.deployerId = deployer.id;
    this.stateBucket = bucket.bucketName;
    this.publish({
      projectId: project.id,
      deployerApplicationId: deployer.id,
      stateBucket: bucket.bucketName,
      protectionLevel: key.protectionLevel,
    });
  }
}
