import type { PartSpec } from "../model/platform.ts";
import type { WorkspaceSpec } from "../model/workspace.ts";
import type { PlatformContext } from "./context.ts";
import { spaceMlflow } from "./mlflow.ts";
import { workspaceNamespace } from "./names.ts";
import { namespaceObjects } from "./namespace.ts";
import { spaceNotebook } from "./notebooks.ts";
import { PULL_SECRET } from "./object.ts";
import { deliveredHere } from "./secret-sync.ts";
import { spaceGateway } from "./space-gateway.ts";
import { spaceSpark } from "./spark.ts";

/**
 * One research space: a namespace with its quota and walls, and what works in it. Every object of it carries its permit and its
 * owner; none stands in another space, and none of another's names it, so that adding or ending one changes no other.
 */
export function planWorkspace(context: PlatformContext, space: WorkspaceSpec): PartSpec {
  const scope = context.scope(`space-${space.name}`, workspaceNamespace(space.name), {
    dataClass: context.plan.computeClass,
    owner: space.owner,
    permit: space.permit,
  });
  return context.part(
    "Workspace",
    `space-${space.name}`,
    [
      ...namespaceObjects(context, scope, context.plan.settings.platform.space),
      ...deliveredHere(context, scope, [PULL_SECRET]),
      ...spaceGateway(context, scope, space),
      ...spaceSpark(context, scope, space),
      ...spaceMlflow(context, scope, space),
      ...spaceNotebook(context, scope, space),
    ],
    ["storage-gateway", "trino", "mlflow"],
  );
}
