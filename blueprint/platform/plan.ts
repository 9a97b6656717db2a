import type { PlanContext } from "../context.ts";
import { planEgress } from "../egress.ts";
import type { PartSpec, PlatformSpec } from "../model/platform.ts";
import { planWorkspaces } from "../workspaces.ts";
import { planAdmission } from "./admission.ts";
import { planAirlock } from "./airlock.ts";
import { type PlatformContext, platformContext } from "./context.ts";
import { planCopyJobs } from "./copy-job.ts";
import { planDatabase } from "./database.ts";
import { planEgressProxy } from "./egress-proxy.ts";
import { planIsolationProbe } from "./isolation-probe.ts";
import { planMlflow } from "./mlflow.ts";
import { planPlatformObservability } from "./observability.ts";
import { planSecretSync } from "./secret-sync.ts";
import { planStorageGateway } from "./space-gateway.ts";
import { planStorageClasses } from "./storage-classes.ts";
import { planTrino } from "./trino.ts";
import { planUserAccess } from "./user-access.ts";
import { planWorkspace } from "./workspace.ts";

/**
 * The data platform of an environment: the home region's cluster serves research spaces; the other holds what a takeover needs,
 * so that an `up` with the regions' order turned, and the copies read back, is what a failover is.
 */
export const planPlatform = (plan: PlanContext): PlatformSpec => ({
  regions: plan.regions.map((region) => {
    const context = platformContext(plan, region);
    return { region: region.name, role: context.role, parts: partsOf(context) };
  }),
});

function partsOf(context: PlatformContext): readonly PartSpec[] {
  const spaces = context.role === "active" ? planWorkspaces(context.plan) : [];
  const access = planUserAccess(context);
  const withSpaces = context.plan.settings.workspaces.length > 0;
  return [
    planAdmission(context),
    planStorageClasses(context),
    planEgressProxy(context, planEgress(context.plan, context.region).allowedHosts),
    planSecretSync(context),
    planDatabase(context),
    planStorageGateway(context),
    planTrino(context),
    planMlflow(context),
    planPlatformObservability(context),
    planCopyJobs(context),
    ...(withSpaces ? [planAirlock(context)] : []),
    planIsolationProbe(context),
    ...spaces.map((space) => planWorkspace(context, space)),
    ...(access === undefined ? [] : [access]),
  ];
}
