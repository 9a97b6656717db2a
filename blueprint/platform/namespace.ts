import type { ObjectSpec } from "../model/platform.ts";
import type { PlatformContext } from "./context.ts";
import { allowDns, allowProxy, defaultDeny } from "./network-policy.ts";
import { object, type PartScope, PULL_SECRET } from "./object.ts";

export interface NamespaceQuota {
  readonly cpu: number;
  readonly memoryGb: number;
  readonly storageGb: number;
  readonly pods: number;
}

/**
 * A namespace with its walls: Pod Security "restricted" at the cluster's own version, quota and limits, everything denied
 * both ways but names, and a default service account that holds no token. Only pods labelled for it reach the egress proxy.
 */
export function namespaceObjects(
  context: PlatformContext,
  scope: PartScope,
  quota: NamespaceQuota,
): readonly ObjectSpec[] {
  const version = `v${context.plan.settings.cluster.version}`;
  const levels = (["enforce", "audit", "warn"] as const).flatMap((mode) => [
    [`pod-security.kubernetes.io/${mode}`, "restricted"],
    [`pod-security.kubernetes.io/${mode}-version`, version],
  ]);
  return [
    object(scope, {
      apiVersion: "v1",
      kind: "Namespace",
      name: scope.namespace,
      clusterWide: true,
      labels: Object.fromEntries(levels),
      body: {},
    }),
    object(scope, {
      apiVersion: "v1",
      kind: "ResourceQuota",
      name: "quota",
      body: {
        spec: {
          hard: {
            "requests.cpu": String(quota.cpu),
            "requests.memory": `${quota.memoryGb}Gi`,
            "limits.memory": `${quota.memoryGb}Gi`,
            "requests.storage": `${quota.storageGb}Gi`,
            pods: String(quota.pods),
            "services.loadbalancers": "1",
            "services.nodeports": "0",
          },
        },
      },
    }),
    object(scope, {
      apiVersion: "v1",
      kind: "LimitRange",
      name: "limits",
      body: {
        spec: {
          limits: [
            {
              type: "Container",
              defaultRequest: { cpu: "100m", memory: "256Mi" },
              default: { memory: "256Mi" },
              max: { memory: `${quota.memoryGb}Gi` },
            },
          ],
        },
      },
    }),
    // Kubernetes makes this account by itself; what stands here only takes its token away.
    object(scope, {
      apiVersion: "v1",
      kind: "ServiceAccount",
      name: "default",
      body: { automountServiceAccountToken: false, imagePullSecrets: [{ name: PULL_SECRET }] },
    }),
    defaultDeny(scope),
    allowDns(scope),
    allowProxy(scope),
  ];
}
