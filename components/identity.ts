import { createHash } from "node:crypto";
import type { Output } from "@pulumi/pulumi";
import * as scaleway from "@pulumiverse/scaleway";
import type { ApiKeySpec, ApplicationSpec, IdentitySpec } from "../blueprint/model/identity.ts";
import { byText, stableJson } from "../kernel/order.ts";
import { type Site, SovereignComponent } from "./component.ts";
import { Named } from "./named.ts";
import { policyArgs } from "./policy.ts";
import type { Projects } from "./projects.ts";
import { tagList } from "./values.ts";

export interface IdentityDeps {
  readonly organizationId: string;
  readonly projects: Projects;
  /** Of every region: rights on keys are narrowed to single ones. */
  readonly keys: Named<Output<string>>;
  /** Applications of the bootstrap layer. */
  readonly deployer: Named<Output<string>>;
}

/** What this layer's identities are: less the projects and the deployer's grant, which come before them. */
export type WorkloadIdentitySpec = Omit<IdentitySpec, "projects">;

/** Applications, groups, policies, overlapping expiring API keys, and the bastion's SSH keys. Global. */
export class Identity extends SovereignComponent<WorkloadIdentitySpec> {
  /** Ids of applications, the deployer's among them. */
  readonly applicationIds: Named<Output<string>>;
  readonly apiKeys: Named<scaleway.iam.ApiKey>;
  readonly sshKeys: Named<scaleway.iam.SshKey>;
  /** Equal for equal sets of SSH keys, whatever their order. */
  readonly sshKeysDigest: string;

  constructor(spec: WorkloadIdentitySpec, deps: IdentityDeps, site: Site) {
    super("Identity", "identity", spec, site);
    const { organizationId } = deps;
    const own = Named.from(
      "application",
      spec.applications,
      (application) =>
        this.child(scaleway.iam.Application, application.key, applicationArgs(application, organizationId)).id,
    );
    this.applicationIds = Named.merge("application", [deps.deployer, own]);
    const groupIds = Named.from(
      "group",
      spec.groups,
      (group) =>
        this.child(scaleway.iam.Group, group.key, {
          name: group.name,
          description: group.description,
          organizationId,
          // People are joined by the identity provider: listing members here would remove them.
          externalMembership: group.people,
          applicationIds: group.applications.map((application) => this.applicationIds.get(application)),
          tags: tagList(group.tags),
        }).id,
    );
    for (const policy of spec.policies) {
      this.child(
        scaleway.iam.Policy,
        policy.key,
        policyArgs(policy, {
          organizationId,
          projectId: (project) => deps.projects.id(project),
          keys: deps.keys,
          principals: { application: this.applicationIds, group: groupIds },
        }),
      );
    }
    this.apiKeys = Named.from("API key", spec.apiKeys, (key) =>
      this.child(
        scaleway.iam.ApiKey,
        key.key,
        apiKeyArgs(key, this.applicationIds.get(key.application), deps.projects.id(key.defaultProject)),
      ),
    );
    this.sshKeys = Named.from("SSH key", spec.sshKeys, (key) =>
      this.child(scaleway.iam.SshKey, key.key, {
        name: key.name,
        publicKey: key.publicKey,
        projectId: deps.projects.id("bastion"),
      }),
    );
    this.sshKeysDigest = createHash("sha256")
      .update(stableJson(spec.sshKeys.map((key) => key.publicKey).sort(byText)))
      .digest("hex");
    this.publish({
      applicationIds: own.record((id) => id),
      groupIds: groupIds.record((id) => id),
      accessKeys: this.apiKeys.record((key) => key.accessKey),
    });
  }
}

export const applicationArgs = (spec: ApplicationSpec, organizationId: string): scaleway.iam.ApplicationArgs => ({
  name: spec.name,
  description: spec.description,
  organizationId,
  tags: tagList(spec.tags),
});

/** Keys belong to applications and end: without a date they would live for ever. The secret half stays in the state. */
export const apiKeyArgs = (
  spec: ApiKeySpec,
  applicationId: Output<string>,
  defaultProjectId: Output<string>,
): scaleway.iam.ApiKeyArgs => ({
  applicationId,
  description: spec.description,
  expiresAt: spec.expiresAt,
  // Decides the project of S3 calls.
  defaultProjectId,
});
