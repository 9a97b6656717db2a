import type { PlanContext } from "./context.ts";
import type { WorkspaceSpec } from "./model/workspace.ts";
import { domainBucketKey } from "./storage.ts";

/** Research spaces: a prefix of the shared buckets each, no resource of the foundation (decision 0002). */
export const planWorkspaces = (context: PlanContext): readonly WorkspaceSpec[] =>
  context.settings.workspaces.map((workspace) => ({
    name: workspace.name,
    permit: workspace.permit,
    owner: workspace.owner,
    region: context.home.name,
    domains: workspace.domains,
    until: workspace.until,
    store: { bucket: domainBucketKey("workspaces", "workspaces"), prefix: `${workspace.name}/` },
    airlock: { bucket: domainBucketKey("workspaces", "export"), prefix: `${workspace.name}/` },
  }));
