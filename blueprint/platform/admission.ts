import policies from "../../stacks/admission.json" with { type: "json" };
import type { PartSpec } from "../model/platform.ts";
import { keyOf } from "../naming.ts";
import { type PlatformContext, registryHost } from "./context.ts";
import { configMap } from "./kinds.ts";
import { object } from "./object.ts";

/**
 * The judge's Kubernetes rules once more, at the API server's door: what bypasses the program is refused by the same conditions
 * (docs/admission.md). They come first, so that the platform itself passes through them.
 */
export function planAdmission(context: PlatformContext): PartSpec {
  const scope = context.scope("admission", "kube-system", { tier: "admin" });
  const registries = (["system", "research"] as const).map(
    (name) =>
      `${registryHost(context.region.name)}/${context.plan.name(keyOf("registry", context.region.name, name))}/`,
  );
  return context.part("Admission", "admission", [
    configMap(scope, "bastide-admission", { registries: registries.join(",") }),
    ...policies.map(({ apiVersion, kind, metadata, ...body }) =>
      object(scope, { apiVersion, kind, name: metadata.name, clusterWide: true, body }),
    ),
  ]);
}
