import type { ObjectSpec } from "../model/platform.ts";
import type { WorkspaceSpec } from "../model/workspace.ts";
import { domainBucketKey } from "../storage.ts";
import { gatewayUrl } from "./addresses.ts";
import type { PlatformContext } from "./context.ts";
import { service, statefulSet } from "./kinds.ts";
import { allowIngress } from "./network-policy.ts";
import type { PartScope } from "./object.ts";
import { httpProbe } from "./workload.ts";

const PORT = 8888;
export const NOTEBOOK_PORT = PORT;
export const NOTEBOOK = "notebook";

/**
 * JupyterLab of one space, with a volume of its own. Its clients find everything at the space's gateway: Spark by Connect,
 * Trino, MLflow, objects. It has no token of Kubernetes and no key of anything; who opens it is decided where researchers
 * come in (`user-access.ts`), so it asks for none itself.
 */
export function spaceNotebook(context: PlatformContext, scope: PartScope, space: WorkspaceSpec): readonly ObjectSpec[] {
  const bucket = context.plan.name(domainBucketKey("workspaces", "workspaces"));
  return [
    ...statefulSet(
      scope,
      1,
      {
        name: NOTEBOOK,
        containers: [
          {
            name: NOTEBOOK,
            image: context.image("notebook"),
            command: ["jupyter"],
            args: [
              "lab",
              "--ip=0.0.0.0",
              `--port=${PORT}`,
              "--no-browser",
              "--IdentityProvider.token=",
              "--ServerApp.root_dir=/home/space",
              "--ServerApp.allow_remote_access=true",
              // A kernel that nobody uses lets go of its memory, and of the data in it.
              "--MappingKernelManager.cull_idle_timeout=7200",
              "--MappingKernelManager.cull_interval=300",
              "--MappingKernelManager.cull_connected=True",
            ],
            env: {
              HOME: "/home/space",
              SPARK_REMOTE: `sc://spark-connect.${scope.namespace}.svc.cluster.local:15002`,
              TRINO_URL: gatewayUrl(space.name, "trino"),
              MLFLOW_TRACKING_URI: gatewayUrl(space.name, "mlflow"),
              AWS_ENDPOINT_URL_S3: gatewayUrl(space.name, "s3"),
              AWS_ACCESS_KEY_ID: "unsigned",
              AWS_SECRET_ACCESS_KEY: "unsigned",
              AWS_REQUEST_CHECKSUM_CALCULATION: "when_required",
              SPACE_STORE: `s3://${bucket}/${space.store.prefix}`,
            },
            ports: { http: PORT },
            cpu: "500m",
            memory: "4Gi",
            mounts: { home: "/home/space" },
            writable: ["home"],
            ready: httpProbe("http", "/api"),
            live: httpProbe("http", "/api", 30),
          },
        ],
      },
      { name: "home", size: "20Gi", exit: "files/export" },
    ),
    service(scope, NOTEBOOK, { http: PORT }),
    allowIngress(scope, "allow-entrance", NOTEBOOK, [{ namespace: "entrance", pods: "entrance" }], [PORT]),
  ];
}
