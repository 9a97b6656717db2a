import type { PlannedDomain } from "../context.ts";
import type { Json } from "../model/json.ts";
import type { ObjectSpec, PartSpec } from "../model/platform.ts";
import type { BucketUse } from "../model/storage.ts";
import type { WorkspaceSpec } from "../model/workspace.ts";
import { domainBucketKey } from "../storage.ts";
import {
  CATALOG_HOST,
  CATALOG_PEER,
  CATALOG_PORT,
  GATEWAY_NAMESPACE,
  GATEWAY_PORTS,
  gatewayName,
  mlflowHost,
  mlflowName,
  TRINO_HOST,
  TRINO_PEER,
  TRINO_PORT,
} from "./addresses.ts";
import type { PlatformContext } from "./context.ts";
import { proxyEnvironment } from "./egress-proxy.ts";
import { type EnvoyListener, envoyConfig, fileSecret, header, inside, listener, typed } from "./envoy.ts";
import { type Opening, s3Clusters, s3Listener } from "./gateway-s3.ts";
import { configMap, deployment, service } from "./kinds.ts";
import { catalogName } from "./names.ts";
import { namespaceObjects } from "./namespace.ts";
import { allowEgress, allowIngress, USES_PROXY } from "./network-policy.ts";
import { type PartScope, PULL_SECRET } from "./object.ts";
import { untilTheEnd } from "./permit-end.ts";
import { deliveredHere } from "./secret-sync.ts";
import {
  credentialsOf,
  customerKey,
  fetchSecrets,
  platformSecret,
  S3_LOGIN,
  type SecretRef,
  secretFile,
  secretMounts,
  secretVolumes,
} from "./secrets.ts";
import { tcpProbe } from "./workload.ts";

/**
 * The gateways of research spaces. Any pod that could reach the public S3 endpoint could write to a foreign bucket with a
 * foreign key; any pod that held a key could pass it on. So a space reaches nothing itself: it speaks plainly to a gateway of
 * its own, outside its namespace, which knows by the network policy who is calling, lets through a fixed list (buckets and
 * prefixes, read-only catalogue paths, Trino under the space's own name, its MLflow), adds the domain's customer key and
 * signs itself. The space holds no credential at all (docs/decisions). With the permit's last day the gateway closes by its clock.
 */
export const planStorageGateway = (context: PlatformContext): PartSpec => {
  const scope = context.scope("storage-gateway", GATEWAY_NAMESPACE, { dataClass: context.plan.computeClass });
  const spaces = context.role === "active" ? context.plan.settings.workspaces.length : 0;
  return context.part(
    "StorageGateway",
    "storage-gateway",
    [
      ...namespaceObjects(context, scope, {
        cpu: 4 + spaces,
        memoryGb: 8 + spaces,
        storageGb: 1,
        pods: 10 + 3 * spaces,
      }),
      ...deliveredHere(context, scope, [credentialsOf("broker"), PULL_SECRET]),
      allowEgress(scope, "allow-trino", undefined, [TRINO_PEER], [TRINO_PORT]),
      allowEgress(scope, "allow-catalog", undefined, [CATALOG_PEER], [CATALOG_PORT]),
    ],
    ["egress-proxy", "secret-sync"],
  );
};

/** Openings of a space: its own prefix to write, the tables of its domains to read; a filtered domain only through Trino. */
export function openingsOf(context: PlatformContext, space: WorkspaceSpec): readonly Opening[] {
  const { plan } = context;
  const { trino } = plan.settings.platform;
  const narrowed = new Set([...trino.rowFilters, ...trino.columnMasks].map(({ domain }) => domain));
  const open = (domain: PlannedDomain, use: BucketUse, rest: Pick<Opening, "prefix" | "write">): Opening => ({
    bucket: plan.name(domainBucketKey(domain.name, use)),
    region: domain.home.name,
    ...rest,
    ...(domain.customerEncryption === "sse-c" ? { customerKey: customerKey(context, domain.name) } : {}),
  });
  const own = plan.domains.filter((domain) => domain.name === "workspaces");
  const granted = plan.domains.filter((domain) => space.domains.includes(domain.name) && !narrowed.has(domain.name));
  return [
    ...own.map((domain) => open(domain, "workspaces", { prefix: space.store.prefix, write: true })),
    ...granted.flatMap((domain) => (domain.uses.includes("tables") ? [open(domain, "tables", { write: false })] : [])),
  ];
}

/** The gateway of one space, reached from the space's namespace and its MLflow alone. */
export function spaceGateway(context: PlatformContext, scope: PartScope, space: WorkspaceSpec): readonly ObjectSpec[] {
  const inGateways = { ...scope, namespace: GATEWAY_NAMESPACE };
  const name = gatewayName(space.name);
  const openings = openingsOf(context, space);
  const keys = openings.flatMap((opening) => opening.customerKey ?? []);
  const catalog = platformSecret(context, "catalog");
  const ports = Object.values(GATEWAY_PORTS);
  const mlflow = { namespace: "mlflow", pods: mlflowName(space.name) };
  const ends = untilTheEnd(space.until);
  return [
    configMap(inGateways, name, {
      "envoy.json": envoyConfig(
        [
          s3Listener(GATEWAY_PORTS.s3, openings, [ends]),
          trinoListener(scope.namespace, ends),
          catalogListener(space, ends),
          listener(
            "mlflow",
            GATEWAY_PORTS.mlflow,
            [{ match: { prefix: "/" }, route: { cluster: "mlflow", timeout: "300s" } }],
            { filters: [ends] },
          ),
        ],
        [
          ...s3Clusters(openings),
          inside("trino", TRINO_HOST, TRINO_PORT),
          inside("catalog", CATALOG_HOST, CATALOG_PORT),
          inside("mlflow", mlflowHost(space.name), GATEWAY_PORTS.mlflow),
        ],
        [fileSecret("catalog", secretFile(catalog.file))],
      ),
    }),
    ...deployment(inGateways, 2, {
      name,
      labels: USES_PROXY,
      initContainers: [fetchSecrets(context, [...keys, catalog], proxyEnvironment)],
      containers: [
        {
          name: "envoy",
          image: context.image("envoy"),
          command: ["/bin/bash", "-euc"],
          args: [renderAndRun(keys)],
          ports: GATEWAY_PORTS,
          cpu: "200m",
          memory: "256Mi",
          mounts: { config: "/etc/bastide", ...secretMounts, credentials: "/run/credentials" },
          ready: tcpProbe("s3"),
          live: tcpProbe("s3", 30),
        },
      ],
      volumes: [...secretVolumes("broker"), { name: "config", configMap: { name } }],
    }),
    service(inGateways, name, GATEWAY_PORTS),
    allowIngress(inGateways, `allow-to-${name}`, name, [{ namespace: scope.namespace }], ports),
    allowIngress(inGateways, `allow-mlflow-to-${name}`, name, [mlflow], [GATEWAY_PORTS.s3]),
    allowEgress(inGateways, `allow-${name}-to-mlflow`, name, [mlflow], [GATEWAY_PORTS.mlflow]),
    allowEgress(scope, "allow-gateway", undefined, [{ namespace: GATEWAY_NAMESPACE, pods: name }], ports),
  ];
}

/** Trino under the space's name, whatever name and rights the client asks for. */
const trinoListener = (user: string, ends: Json): EnvoyListener =>
  listener(
    "trino",
    GATEWAY_PORTS.trino,
    [
      {
        match: { prefix: "/v1/" },
        route: { cluster: "trino", timeout: "0s" },
        request_headers_to_remove: [
          "authorization",
          "x-trino-original-user",
          "x-trino-role",
          "x-trino-original-roles",
          "x-trino-extra-credential",
        ],
        request_headers_to_add: [header("x-trino-user", user)],
      },
    ],
    { filters: [ends] },
  );

/** The catalogue, to read: the configuration, and what lies below the warehouses of the space's domains. */
const catalogListener = (space: WorkspaceSpec, ends: Json): EnvoyListener => {
  const read: Json = { name: ":method", string_match: { safe_regex: { regex: "^(GET|HEAD)$" } } };
  const route = { route: { cluster: "catalog", timeout: "60s" } };
  return listener(
    "catalog",
    GATEWAY_PORTS.catalog,
    [
      ...space.domains.map((domain) => ({
        match: {
          path: "/api/catalog/v1/config",
          headers: [read],
          query_parameters: [{ name: "warehouse", string_match: { exact: catalogName(domain) } }],
        },
        ...route,
      })),
      ...space.domains.map((domain) => ({
        match: { prefix: `/api/catalog/v1/${catalogName(domain)}/`, headers: [read] },
        ...route,
      })),
    ],
    {
      filters: [
        ends,
        {
          name: "envoy.filters.http.credential_injector",
          typed_config: typed("extensions.filters.http.credential_injector.v3.CredentialInjector", {
            overwrite: true,
            credential: {
              name: "envoy.http.injected_credentials.oauth2",
              typed_config: typed("extensions.http.injected_credentials.oauth2.v3.OAuth2", {
                token_endpoint: {
                  cluster: "catalog",
                  uri: `http://${CATALOG_HOST}:${CATALOG_PORT}/api/catalog/v1/oauth/tokens`,
                  timeout: "10s",
                },
                scopes: ["PRINCIPAL_ROLE:ALL"],
                client_credentials: { client_id: "reader", client_secret: { name: "catalog" } },
              }),
            },
          }),
        },
      ],
    },
  );
};

/** Puts the customer keys and their digests, which S3 wants in headers, where the configuration names them; then runs. */
const renderAndRun = (keys: readonly SecretRef[]): string =>
  [
    S3_LOGIN,
    "cp /etc/bastide/envoy.json /tmp/envoy.json",
    ...keys.flatMap(({ file }) => [
      `key=$(cat ${secretFile(file)})`,
      `digest=$(printf "$(base64 -d < ${secretFile(file)} | md5sum | cut -c1-32 | sed 's/../\\\\x&/g')" | base64)`,
      `sed -i "s|@${file}@|$key|g; s|@${file}-md5@|$digest|g" /tmp/envoy.json`,
    ]),
    "exec envoy -c /tmp/envoy.json --log-level warning",
  ].join("\n");
