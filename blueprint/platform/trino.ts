import { POSTGRES_PORT } from "../../stacks/flows.ts";
import { isRaw, type PlannedDomain } from "../context.ts";
import type { Json } from "../model/json.ts";
import type { ObjectSpec, PartSpec } from "../model/platform.ts";
import { CATALOG_PORT, DATABASE_HOST, DATABASE_PEER, GATEWAY_NAMESPACE, TRINO_HOST, TRINO_PORT } from "./addresses.ts";
import type { PlatformContext } from "./context.ts";
import { proxyEnvironment } from "./egress-proxy.ts";
import { configMap, deployment, service, spillVolume } from "./kinds.ts";
import { catalogName } from "./names.ts";
import { namespaceObjects } from "./namespace.ts";
import { allowEgress, allowIngress, USES_PROXY } from "./network-policy.ts";
import { PULL_SECRET } from "./object.ts";
import { deliveredHere } from "./secret-sync.ts";
import {
  credentialsOf,
  customerKeysOf,
  fetchSecrets,
  platformSecret,
  S3_LOGIN,
  secretFile,
  secretMounts,
  secretVolumes,
} from "./secrets.ts";
import { accessRules, catalogProperties, resourceGroups } from "./trino-config.ts";
import { httpProbe, type PodWish } from "./workload.ts";

const NAMESPACE = "trino";

/** Domains that can be queried: those with tables, never directly identifying ones. */
export const queryable = (context: PlatformContext): readonly PlannedDomain[] =>
  context.plan.domains.filter((domain) => domain.uses.includes("tables") && !isRaw(domain.dataClass));

/**
 * Trino over the Iceberg REST catalogue (Apache Polaris): one Trino catalogue a domain, so that each has its own bucket,
 * region and customer key. Who may query what, which rows and which masks, is a file made from the settings. Only the
 * gateways of the spaces reach the coordinator, and each says the one name that is its space's.
 */
export function planTrino(context: PlatformContext): PartSpec {
  const { plan } = context;
  const { trino } = plan.settings.platform;
  const scope = context.scope("trino", NAMESPACE, { dataClass: plan.computeClass });
  const domains = queryable(context);
  const own = [platformSecret(context, "trino"), platformSecret(context, "catalog")];
  const keys = customerKeysOf(context, domains);
  const heap = Math.floor(trino.worker.memoryGb * 0.8);
  const pod = (role: "coordinator" | "worker"): PodWish => ({
    name: `trino-${role}`,
    labels: USES_PROXY,
    graceSeconds: role === "worker" ? 2 * DRAIN_SECONDS + 480 : 30,
    initContainers: [fetchSecrets(context, [...own, ...keys], proxyEnvironment)],
    containers: [
      {
        name: "trino",
        image: context.image("trino"),
        command: ["/bin/sh", "-euc"],
        args: [startTrino(domains.map(({ name }) => name))],
        ports: { http: TRINO_PORT },
        cpu: String(trino.worker.cpu),
        memory: `${trino.worker.memoryGb}Gi`,
        mounts: { config: "/etc/bastide", data: "/data/trino", ...secretMounts, credentials: "/run/credentials" },
        writable: ["data"],
        started: { tcpSocket: { port: "http" }, periodSeconds: 5, failureThreshold: 60 },
        ready: httpProbe("http", "/v1/info"),
        live: httpProbe("http", "/v1/info", 30),
        ...(role === "worker" ? { beforeStop: DRAIN } : {}),
      },
    ],
    volumes: [
      ...secretVolumes("broker"),
      { name: "config", configMap: { name: `trino-${role}` } },
      spillVolume("data", trino.spillGb),
    ],
  });
  const shared = Object.fromEntries(
    domains.map((domain) => [`${catalogName(domain.name)}.properties`, catalogProperties(context, domain)]),
  );
  return context.part(
    "TrinoPlatform",
    "trino",
    [
      ...namespaceObjects(context, scope, {
        cpu: 8 + trino.worker.cpu * (trino.workers + 2),
        memoryGb: 16 + trino.worker.memoryGb * (trino.workers + 2),
        // One of each more than there are, for a rollout.
        storageGb: trino.spillGb * (trino.workers + 3),
        pods: trino.workers + 12,
      }),
      ...deliveredHere(context, scope, [credentialsOf("broker"), PULL_SECRET]),
      configMap(scope, "trino-coordinator", {
        ...shared,
        "jvm.config": jvmConfig(heap),
        "config.properties": configProperties(true, trino.spillGb),
        "access-control.properties": "access-control.name=file\nsecurity.config-file=/etc/bastide/rules.json\n",
        "resource-groups.properties":
          "resource-groups.configuration-manager=file\nresource-groups.config-file=/etc/bastide/resource-groups.json\n",
        "rules.json": JSON.stringify(accessRules(plan.settings)),
        "resource-groups.json": JSON.stringify(resourceGroups(plan.settings)),
      }),
      configMap(scope, "trino-worker", {
        ...shared,
        "jvm.config": jvmConfig(heap),
        "config.properties": configProperties(false, trino.spillGb),
        "access-control.properties": "access-control.name=file\nsecurity.config-file=/etc/bastide/rules.json\n",
        "rules.json": JSON.stringify(WORKER_RULES),
      }),
      ...deployment(scope, 1, pod("coordinator")),
      ...deployment(scope, trino.workers, pod("worker")),
      service(scope, "trino-coordinator", { http: TRINO_PORT }),
      ...catalogObjects(context),
      allowEgress(scope, "allow-among-trino", undefined, [{ namespace: NAMESPACE }], [TRINO_PORT, CATALOG_PORT]),
      allowIngress(scope, "allow-from-trino", undefined, [{ namespace: NAMESPACE }], [TRINO_PORT, CATALOG_PORT]),
      allowIngress(scope, "allow-gateways", undefined, [{ namespace: GATEWAY_NAMESPACE }], [TRINO_PORT, CATALOG_PORT]),
    ],
    ["database", "secret-sync"],
  );
}

/** Apache Polaris keeps the catalogue in PostgreSQL; stateless itself, so two of it stand. */
function catalogObjects(context: PlatformContext): readonly ObjectSpec[] {
  const scope = context.scope("trino", NAMESPACE, { dataClass: context.plan.computeClass });
  const secrets = [platformSecret(context, "catalog")];
  return [
    ...deployment(scope, 2, {
      name: "catalog",
      labels: USES_PROXY,
      initContainers: [fetchSecrets(context, secrets, proxyEnvironment)],
      containers: [
        {
          name: "polaris",
          image: context.image("polaris"),
          command: ["/bin/sh", "-euc"],
          args: [
            [
              `export QUARKUS_DATASOURCE_PASSWORD=$(cat ${secretFile("catalog")})`,
              `export POLARIS_BOOTSTRAP_CREDENTIALS="bastide,root,$(cat ${secretFile("catalog")})"`,
              "exec /opt/jboss/container/java/run/run-java.sh",
            ].join("\n"),
          ],
          env: {
            POLARIS_PERSISTENCE_TYPE: "relational-jdbc",
            POLARIS_REALM_CONTEXT_REALMS: "bastide",
            QUARKUS_DATASOURCE_JDBC_URL: `jdbc:postgresql://${DATABASE_HOST}:5432/catalog`,
            QUARKUS_DATASOURCE_USERNAME: "catalog",
            // Engines hold their own way to storage; the catalogue vends no credential.
            POLARIS_FEATURES_SKIP_CREDENTIAL_SUBSCOPING_INDIRECTION: "true",
          },
          ports: { http: CATALOG_PORT, management: 8182 },
          cpu: "500m",
          memory: "1Gi",
          mounts: secretMounts,
          started: httpProbe("management", "/q/health/started", 5),
          ready: httpProbe("management", "/q/health/ready"),
          live: httpProbe("management", "/q/health/live", 30),
        },
      ],
      volumes: secretVolumes("broker"),
    }),
    service(scope, "catalog", { http: CATALOG_PORT }),
    allowEgress(scope, "allow-catalog-to-database", "catalog", [DATABASE_PEER], [POSTGRES_PORT]),
  ];
}

const jvmConfig = (heapGb: number): string =>
  [
    `-Xmx${heapGb}G`,
    "-XX:InitialRAMPercentage=80",
    "-XX:+ExplicitGCInvokesConcurrent",
    "-XX:+ExitOnOutOfMemoryError",
    "-XX:-OmitStackTraceInFastThrow",
    "-XX:ReservedCodeCacheSize=512M",
    "-Djdk.attach.allowAttachSelf=true",
    "",
  ].join("\n");

/** Seconds for which a worker that is to go takes no new work and the coordinator learns of it; waited for twice. */
const DRAIN_SECONDS = 60;
const DRAINER = "drain";

/**
 * Trino's way for a worker to go without failing the queries on it: it is told to, ends when its last task has, and only then may the
 * container be stopped. By default nobody may tell it.
 */
const DRAIN: readonly string[] = [
  "/bin/sh",
  "-c",
  `curl --fail --silent --request PUT --header 'Content-Type: application/json' --header 'X-Trino-User: ${DRAINER}' --data '"SHUTTING_DOWN"' http://localhost:${TRINO_PORT}/v1/info/state && while kill -0 1 2>/dev/null; do sleep 5; done`,
];

/** Workers answer no client: their one rule is who may shut them down. */
const WORKER_RULES: Json = {
  catalogs: [{ allow: "none" }],
  system_information: [{ user: DRAINER, allow: ["write"] }],
};

const configProperties = (coordinator: boolean, spillGb: number): string =>
  [
    `coordinator=${coordinator}`,
    ...(coordinator ? ["node-scheduler.include-coordinator=false"] : []),
    `http-server.http.port=${TRINO_PORT}`,
    // The gateways tell by which host a client came, so that the addresses in answers lead back to them.
    "http-server.process-forwarded=true",
    "internal-communication.shared-secret=${ENV:INTERNAL_SECRET}",
    `discovery.uri=http://${TRINO_HOST}:${TRINO_PORT}`,
    "node.environment=bastide",
    "node.data-dir=/data/trino",
    "query.max-memory-per-node=50%",
    // What does not fit into memory goes to the pod's own encrypted volume, under a key that lives as long as the query.
    "spill-enabled=true",
    "spiller-spill-path=/data/trino/spill",
    "spill-encryption-enabled=true",
    "spiller-max-used-space-threshold=0.9",
    `max-spill-per-node=${Math.floor(spillGb * 0.8)}GB`,
    `query-max-spill-per-node=${Math.floor(spillGb * 0.4)}GB`,
    ...(coordinator ? [] : [`shutdown.grace-period=${DRAIN_SECONDS}s`]),
    "",
  ].join("\n");

/** Trino reads secrets from its environment only: what was fetched as files goes into that of the one process. */
const startTrino = (domains: readonly string[]): string =>
  [
    S3_LOGIN,
    `export INTERNAL_SECRET=$(cat ${secretFile("trino")}) CATALOG_CREDENTIAL=root:$(cat ${secretFile("catalog")})`,
    ...domains.map(
      (domain) =>
        `[ ! -f ${secretFile(`customer-${domain}`)} ] || export CUSTOMER_KEY_${catalogName(domain).toUpperCase()}=$(cat ${secretFile(`customer-${domain}`)})`,
    ),
    "mkdir -p /tmp/etc/catalog && cp /etc/bastide/* /tmp/etc/",
    "for it in /tmp/etc/domain_*.properties; do mv $it /tmp/etc/catalog/; done",
    "exec /usr/lib/trino/bin/run-trino --etc-dir /tmp/etc",
  ].join("\n");
