import type { ObjectSpec } from "../model/platform.ts";
import type { WorkspaceSpec } from "../model/workspace.ts";
import { domainBucketKey } from "../storage.ts";
import { gatewayUrl } from "./addresses.ts";
import type { PlatformContext } from "./context.ts";
import { apiServer, proxyEnvironment } from "./egress-proxy.ts";
import { configMap, deployment, grant, service, serviceAccount, spillVolume } from "./kinds.ts";
import { catalogName } from "./names.ts";
import { allowEgress, allowIngress, USES_PROXY } from "./network-policy.ts";
import type { PartScope } from "./object.ts";
import { httpProbe, tcpProbe } from "./workload.ts";

const CONNECT = 15_002;
const DRIVER = 7078;
const BLOCKS = 7079;
const UI = 18_080;

/** Name of the service account that drivers of a space run as: it may make executors in its own namespace, nothing else. */
const ACCOUNT = "spark-connect";
/** That of executors: no right at all. */
const EXECUTORS = "spark-executor";

/**
 * Spark of one space: a Spark Connect server that is its own driver, and executors that it makes and removes as work comes
 * and goes. Storage is reached by the space's gateway, unsigned; tables by the catalogue.
 */
export function spaceSpark(context: PlatformContext, scope: PartScope, space: WorkspaceSpec): readonly ObjectSpec[] {
  const { spark } = context.plan.settings.platform;
  return [
    ...grant(scope, ACCOUNT, { serviceAccount: ACCOUNT, namespace: scope.namespace }, [
      { apiGroups: [""], resources: ["pods"], verbs: ["create", "delete", "deletecollection", "get", "list", "watch"] },
      {
        apiGroups: [""],
        resources: ["configmaps"],
        verbs: ["create", "delete", "deletecollection", "get", "list", "watch"],
      },
    ]),
    serviceAccount(scope, EXECUTORS),
    configMap(scope, "spark", {
      "spark-defaults.conf": sparkDefaults(context, scope, space),
      "executor.yaml": JSON.stringify(executorTemplate(scope, spark.spillGb)),
    }),
    ...deployment(scope, 1, {
      name: "spark-connect",
      token: true,
      // The driver makes its executors through the API server: by the proxy, which lets that one name through on its port.
      labels: USES_PROXY,
      containers: [
        {
          name: "spark",
          image: context.image("spark"),
          command: ["/opt/spark/bin/spark-submit"],
          args: [
            "--class",
            "org.apache.spark.sql.connect.service.SparkConnectServer",
            "--master",
            "k8s://$(API_SERVER)",
            "--properties-file",
            "/etc/bastide/spark-defaults.conf",
            // Executors belong to the driver's pod: they go with it, even when it had no time to remove them.
            "--conf",
            "spark.kubernetes.driver.pod.name=$(POD_NAME)",
            "spark-internal",
          ],
          fields: { POD_NAME: "metadata.name" },
          env: {
            SPARK_LOCAL_DIRS: LOCAL_DIR,
            HOME: "/tmp",
            API_SERVER: apiServer(context),
            ...proxyEnvironment,
          },
          ports: { connect: CONNECT, driver: DRIVER, blocks: BLOCKS, ui: 4040 },
          cpu: String(spark.executor.cpu),
          memory: `${spark.executor.memoryGb}Gi`,
          mounts: { config: "/etc/bastide", [LOCAL_VOLUME]: LOCAL_DIR },
          writable: [LOCAL_VOLUME],
          started: { tcpSocket: { port: "connect" }, periodSeconds: 5, failureThreshold: 60 },
          ready: tcpProbe("connect"),
          live: tcpProbe("connect", 30),
        },
      ],
      volumes: [{ name: "config", configMap: { name: "spark" } }, spillVolume(LOCAL_VOLUME, spark.spillGb)],
    }),
    service(scope, "spark-connect", { connect: CONNECT }),
    service(scope, "spark-driver", { driver: DRIVER, blocks: BLOCKS }, { headless: true, of: "spark-connect" }),
    ...deployment(scope, 1, {
      name: "spark-history",
      containers: [
        {
          name: "history",
          image: context.image("spark"),
          command: ["/opt/spark/bin/spark-class"],
          args: [
            "org.apache.spark.deploy.history.HistoryServer",
            "--properties-file",
            "/etc/bastide/spark-defaults.conf",
          ],
          env: { HOME: "/tmp" },
          ports: { ui: UI },
          cpu: "100m",
          memory: "1Gi",
          mounts: { config: "/etc/bastide" },
          ready: httpProbe("ui", "/"),
          live: httpProbe("ui", "/", 30),
        },
      ],
      volumes: [{ name: "config", configMap: { name: "spark" } }],
    }),
    service(scope, "spark-history", { ui: UI }),
    // Driver and executors speak both ways; the notebook opens Connect.
    allowIngress(
      scope,
      "allow-within-the-space",
      undefined,
      [{ namespace: scope.namespace }],
      [CONNECT, DRIVER, BLOCKS, UI],
    ),
    allowEgress(
      scope,
      "allow-to-the-space",
      undefined,
      [{ namespace: scope.namespace }],
      [CONNECT, DRIVER, BLOCKS, UI],
    ),
  ];
}

/** Spark takes mounts by this name for its local directories, and makes no `emptyDir` of its own then. */
const LOCAL_VOLUME = "spark-local-dir-1";
const LOCAL_DIR = "/var/data/spark";

/** Python works beside the JVM: of what a pod has, the heap gets less than three quarters, and the rest is said to be overhead. */
const OVERHEAD = 0.4;
const gigabytes = (n: number): string => `${Math.max(1, Math.floor(n * 0.7))}g`;

function sparkDefaults(context: PlatformContext, scope: PartScope, space: WorkspaceSpec): string {
  const { spark } = context.plan.settings.platform;
  const bucket = context.plan.name(domainBucketKey("workspaces", "workspaces"));
  const own = `s3a://${bucket}/${space.store.prefix}`;
  const lines: Readonly<Record<string, string>> = {
    "spark.submit.deployMode": "client",
    "spark.app.name": space.name,
    "spark.connect.grpc.binding.port": String(CONNECT),
    "spark.driver.host": `spark-driver.${scope.namespace}.svc.cluster.local`,
    "spark.driver.port": String(DRIVER),
    "spark.driver.blockManager.port": String(BLOCKS),
    "spark.driver.memory": gigabytes(spark.executor.memoryGb),
    "spark.executor.cores": String(spark.executor.cpu),
    "spark.executor.memory": gigabytes(spark.executor.memoryGb),
    "spark.kubernetes.memoryOverheadFactor": String(OVERHEAD),
    "spark.kubernetes.executor.request.cores": String(spark.executor.cpu),
    "spark.kubernetes.executor.limit.cores": String(spark.executor.cpu),
    "spark.kubernetes.namespace": scope.namespace,
    "spark.kubernetes.container.image": context.image("spark"),
    "spark.kubernetes.authenticate.driver.serviceAccountName": ACCOUNT,
    "spark.kubernetes.authenticate.executor.serviceAccountName": EXECUTORS,
    "spark.kubernetes.executor.podTemplateFile": "/etc/bastide/executor.yaml",
    "spark.dynamicAllocation.enabled": "true",
    "spark.dynamicAllocation.shuffleTracking.enabled": "true",
    "spark.dynamicAllocation.minExecutors": "0",
    "spark.dynamicAllocation.maxExecutors": String(spark.maxExecutors),
    "spark.dynamicAllocation.executorIdleTimeout": "120s",
    // A node that is taken away hands over its shuffle blocks first.
    "spark.decommission.enabled": "true",
    "spark.storage.decommission.enabled": "true",
    "spark.storage.decommission.shuffleBlocks.enabled": "true",
    "spark.network.crypto.enabled": "true",
    "spark.authenticate": "true",
    "spark.io.encryption.enabled": "true",
    "spark.eventLog.enabled": "true",
    "spark.eventLog.compress": "true",
    "spark.eventLog.rolling.enabled": "true",
    "spark.history.fs.cleaner.enabled": "true",
    "spark.history.fs.cleaner.maxAge": "90d",
    "spark.eventLog.dir": `${own}spark-events/`,
    "spark.history.fs.logDirectory": `${own}spark-events/`,
    "spark.hadoop.fs.s3a.endpoint": gatewayUrl(space.name, "s3"),
    "spark.hadoop.fs.s3a.path.style.access": "true",
    "spark.hadoop.fs.s3a.connection.ssl.enabled": "false",
    "spark.hadoop.fs.s3a.aws.credentials.provider": "org.apache.hadoop.fs.s3a.AnonymousAWSCredentialsProvider",
    "spark.hadoop.fs.s3a.multiobjectdelete.enable": "false",
    "spark.hadoop.fs.s3a.committer.name": "magic",
    "spark.hadoop.fs.s3a.committer.magic.enabled": "true",
    "spark.hadoop.mapreduce.outputcommitter.factory.scheme.s3a": "org.apache.hadoop.fs.s3a.commit.S3ACommitterFactory",
    "spark.sql.sources.commitProtocolClass": "org.apache.spark.internal.io.cloud.PathOutputCommitProtocol",
    "spark.sql.parquet.output.committer.class": "org.apache.spark.internal.io.cloud.BindingParquetOutputCommitter",
    "spark.sql.warehouse.dir": `${own}warehouse/`,
    "spark.sql.extensions": "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions",
    ...Object.fromEntries(
      space.domains.flatMap((domain) => {
        const name = `spark.sql.catalog.${catalogName(domain)}`;
        return [
          [name, "org.apache.iceberg.spark.SparkCatalog"],
          [`${name}.type`, "rest"],
          [`${name}.uri`, `${gatewayUrl(space.name, "catalog")}/api/catalog`],
          [`${name}.warehouse`, catalogName(domain)],
          [`${name}.io-impl`, "org.apache.iceberg.hadoop.HadoopFileIO"],
        ];
      }),
    ),
  };
  return `${Object.entries(lines)
    .map(([key, value]) => `${key} ${value}`)
    .join("\n")}\n`;
}

/** Executors are made by the driver, not by the program: the template keeps them to the profile, admission refuses the rest. */
const executorTemplate = (scope: PartScope, spillGb: number) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { labels: { ...scope.tags, "app.kubernetes.io/name": "spark-executor" } },
  spec: {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 10_001,
      runAsGroup: 10_001,
      fsGroup: 10_001,
      seccompProfile: { type: "RuntimeDefault" },
    },
    containers: [
      {
        name: "executor",
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          runAsNonRoot: true,
          capabilities: { drop: ["ALL"] },
        },
        resources: { limits: { "ephemeral-storage": "2Gi" } },
        volumeMounts: [
          { name: "scratch", mountPath: "/tmp" },
          { name: LOCAL_VOLUME, mountPath: LOCAL_DIR },
        ],
      },
    ],
    volumes: [{ name: "scratch", emptyDir: { sizeLimit: "1Gi" } }, spillVolume(LOCAL_VOLUME, spillGb)],
  },
});
