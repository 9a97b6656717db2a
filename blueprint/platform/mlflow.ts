import { POSTGRES_PORT } from "../../stacks/flows.ts";
import type { ObjectSpec, PartSpec } from "../model/platform.ts";
import type { WorkspaceSpec } from "../model/workspace.ts";
import { domainBucketKey } from "../storage.ts";
import {
  DATABASE_HOST,
  DATABASE_PEER,
  GATEWAY_NAMESPACE,
  GATEWAY_PORTS,
  gatewayName,
  gatewayUrl,
  mlflowName,
} from "./addresses.ts";
import type { PlatformContext } from "./context.ts";
import { proxyEnvironment } from "./egress-proxy.ts";
import { deployment, service } from "./kinds.ts";
import { workspaceNamespace } from "./names.ts";
import { namespaceObjects } from "./namespace.ts";
import { allowEgress, allowIngress, USES_PROXY } from "./network-policy.ts";
import { type PartScope, PULL_SECRET } from "./object.ts";
import { deliveredHere } from "./secret-sync.ts";
import { credentialsOf, fetchSecrets, platformSecret, secretFile, secretMounts, secretVolumes } from "./secrets.ts";
import { httpProbe } from "./workload.ts";

const NAMESPACE = "mlflow";
const PORT = GATEWAY_PORTS.mlflow;

/** The namespace of all tracking servers: they hold database passwords, so none stands where researchers run code. */
export function planMlflow(context: PlatformContext): PartSpec {
  const scope = context.scope("mlflow", NAMESPACE, { dataClass: context.plan.computeClass });
  const spaces = context.role === "active" ? context.plan.settings.workspaces.length : 0;
  return context.part(
    "MLflowPlatform",
    "mlflow",
    [
      ...namespaceObjects(context, scope, {
        cpu: 2 + spaces,
        memoryGb: 4 + 2 * spaces,
        storageGb: 1,
        pods: 5 + 2 * spaces,
      }),
      ...deliveredHere(context, scope, [credentialsOf("broker"), PULL_SECRET]),
      allowEgress(scope, "allow-database", undefined, [DATABASE_PEER], [POSTGRES_PORT]),
    ],
    ["database", "storage-gateway"],
  );
}

/**
 * MLflow of one space: a tracking server, a database and an artifact prefix of its own, so that what one project learnt from
 * its data is no other's to read. Its role's password is derived from the platform's secret and the space's name; the same
 * derivation makes the role (`database-roles` in the operator's handbook).
 */
export function spaceMlflow(
  context: PlatformContext,
  spaceScope: PartScope,
  space: WorkspaceSpec,
): readonly ObjectSpec[] {
  const scope = { ...spaceScope, namespace: NAMESPACE };
  const bucket = context.plan.name(domainBucketKey("workspaces", "workspaces"));
  const name = mlflowName(space.name);
  const role = workspaceNamespace(space.name);
  const secret = platformSecret(context, "mlflow");
  const gateway = { namespace: GATEWAY_NAMESPACE, pods: gatewayName(space.name) };
  return [
    ...deployment(scope, 1, {
      name,
      labels: USES_PROXY,
      initContainers: [fetchSecrets(context, [secret], proxyEnvironment)],
      containers: [
        {
          name: "mlflow",
          image: context.image("mlflow"),
          command: ["/bin/sh", "-euc"],
          args: [
            [
              `password=$(printf '%s:%s' "$(cat ${secretFile(secret.file)})" ${role} | sha256sum | cut -d' ' -f1)`,
              `export MLFLOW_BACKEND_STORE_URI="postgresql://${role}:$password@${DATABASE_HOST}:${POSTGRES_PORT}/${role}"`,
              `exec mlflow server --host=0.0.0.0 --port=${PORT} --serve-artifacts`,
            ].join("\n"),
          ],
          env: {
            HOME: "/tmp",
            MLFLOW_ARTIFACTS_DESTINATION: `s3://${bucket}/${space.store.prefix}mlflow/`,
            MLFLOW_S3_ENDPOINT_URL: gatewayUrl(space.name, "s3"),
            // The gateway signs; what the client would sign with is nobody's key.
            AWS_ACCESS_KEY_ID: "unsigned",
            AWS_SECRET_ACCESS_KEY: "unsigned",
            AWS_REQUEST_CHECKSUM_CALCULATION: "when_required",
          },
          ports: { mlflow: PORT },
          cpu: "250m",
          memory: "1Gi",
          mounts: secretMounts,
          ready: httpProbe("mlflow", "/health"),
          live: httpProbe("mlflow", "/health", 30),
        },
      ],
      volumes: secretVolumes("broker"),
    }),
    service(scope, name, { mlflow: PORT }),
    allowIngress(scope, `allow-to-${name}`, name, [gateway], [PORT]),
    allowEgress(scope, `allow-${name}-to-gateway`, name, [gateway], [GATEWAY_PORTS.s3]),
  ];
}
