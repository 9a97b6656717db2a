import type { Output, Resource } from "@pulumi/pulumi";
import * as scaleway from "@pulumiverse/scaleway";
import type { ProjectKey, ProjectSpec } from "../blueprint/model/common.ts";
import type { PolicySpec } from "../blueprint/model/identity.ts";
import { type Site, SovereignComponent } from "./component.ts";
import { Named } from "./named.ts";
import { policyArgs } from "./policy.ts";

export interface ProjectsSpec {
  readonly projects: readonly ProjectSpec[];
  /** What the deployer may do in them. */
  readonly grant: PolicySpec;
}

/** Who makes the rest: an application of the bootstrap layer, by the key that policies name it with. */
export interface ProjectsDeps {
  readonly organizationId: string;
  readonly deployer: Named<Output<string>>;
}

/**
 * The Scaleway Projects of an environment: boundaries of IAM, of S3 credentials and of bastion keys. Global. Whoever deploys
 * has no right in a project that was just made, so its grant belongs here and everything else comes after it.
 */
export class Projects extends SovereignComponent<ProjectsSpec> {
  readonly granted: Resource;
  readonly #ids: Named<Output<string>>;

  constructor(spec: ProjectsSpec, deps: ProjectsDeps, site: Site) {
    super("Projects", "projects", spec, site);
    this.#ids = new Named(
      "project",
      spec.projects.map((project) => [project.project, this.#project(project, deps.organizationId).id] as const),
    );
    this.granted = this.child(
      scaleway.iam.Policy,
      spec.grant.key,
      policyArgs(spec.grant, {
        organizationId: deps.organizationId,
        projectId: (project) => this.id(project),
        keys: new Named("key", []),
        principals: { application: deps.deployer, group: new Named("group", []) },
      }),
    );
    this.publish({ ids: this.#ids.record((id) => id) });
  }

  id(project: ProjectKey): Output<string> {
    return this.#ids.get(project);
  }

  #project(spec: ProjectSpec, organizationId: string): scaleway.account.Project {
    return this.child(
      scaleway.account.Project,
      spec.key,
      { name: spec.name, description: spec.description, organizationId },
      // Deleting a project takes everything in it along.
      { protect: true },
    );
  }
}
