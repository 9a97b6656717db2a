import type { PartSpec } from "../model/platform.ts";
import type { PlatformContext } from "./context.ts";
import { proxyEnvironment } from "./egress-proxy.ts";
import { configMap, deployment, service } from "./kinds.ts";
import { namespaceObjects } from "./namespace.ts";
import { allowIngress, USES_PROXY } from "./network-policy.ts";
import { fromFoundation, PULL_SECRET } from "./object.ts";
import { deliveredHere } from "./secret-sync.ts";
import { tcpProbe } from "./workload.ts";

const OTLP = 4317;

/**
 * Collectors to the environment's own Cockpit. Workloads push by OTLP; nothing is read from the nodes, since that would need
 * host paths, which no namespace admits: what containers print is shipped by Kapsule's own integration.
 */
export function planPlatformObservability(context: PlatformContext): PartSpec {
  const scope = context.scope("observability", "observability", { tier: "log" });
  const region = context.region.name;
  const spaces = context.role === "active" ? context.plan.settings.workspaces.length : 0;
  return context.part(
    "Observability",
    "observability",
    [
      ...namespaceObjects(context, scope, { cpu: 4, memoryGb: 8, storageGb: 1, pods: 10 }),
      ...deliveredHere(context, scope, [PULL_SECRET, "cockpit-token"]),
      configMap(scope, "collector", { "collector.yaml": JSON.stringify(collectorConfig) }),
      ...deployment(scope, 2, {
        name: "collector",
        labels: USES_PROXY,
        containers: [
          {
            name: "collector",
            image: context.image("otel-collector"),
            args: ["--config=/etc/bastide/collector.yaml"],
            env: {
              ...proxyEnvironment,
              COCKPIT_LOGS: fromFoundation(`cockpit.${region}.logs`),
              COCKPIT_METRICS: fromFoundation(`cockpit.${region}.metrics`),
            },
            ports: { otlp: OTLP, health: 13_133 },
            cpu: "200m",
            memory: `${512 + 4 * spaces}Mi`,
            mounts: { config: "/etc/bastide", token: "/run/cockpit" },
            ready: tcpProbe("health"),
            live: tcpProbe("health", 30),
          },
        ],
        volumes: [
          { name: "config", configMap: { name: "collector" } },
          { name: "token", secret: { secretName: "cockpit-token", defaultMode: 0o440, optional: true } },
        ],
      }),
      service(scope, "collector", { otlp: OTLP }),
      allowIngress(
        scope,
        "allow-platform",
        "collector",
        SENDERS.map((namespace) => ({ namespace })),
        [OTLP],
      ),
    ],
    ["egress-proxy", "secret-sync"],
  );
}

const SENDERS = ["trino", "mlflow", "storage-gateway", "airlock", "copy", "database", "egress"] as const;

const collectorConfig = {
  receivers: { otlp: { protocols: { grpc: { endpoint: "0.0.0.0:4317" } } } },
  processors: {
    memory_limiter: { check_interval: "1s", limit_percentage: 75, spike_limit_percentage: 20 },
    batch: {},
  },
  extensions: {
    health_check: { endpoint: "0.0.0.0:13133" },
    bearertokenauth: { scheme: "X-Token", filename: "/run/cockpit/token" },
  },
  exporters: {
    "otlphttp/logs": { endpoint: "${env:COCKPIT_LOGS}", auth: { authenticator: "bearertokenauth" } },
    prometheusremotewrite: { endpoint: "${env:COCKPIT_METRICS}", auth: { authenticator: "bearertokenauth" } },
  },
  service: {
    extensions: ["health_check", "bearertokenauth"],
    pipelines: {
      logs: { receivers: ["otlp"], processors: ["memory_limiter", "batch"], exporters: ["otlphttp/logs"] },
      metrics: { receivers: ["otlp"], processors: ["memory_limiter", "batch"], exporters: ["prometheusremotewrite"] },
    },
  },
};
