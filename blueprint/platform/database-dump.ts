import { POSTGRES_PORT } from "../../stacks/flows.ts";
import { PURPOSE_LABEL } from "../../stacks/transfer.ts";
import type { ObjectSpec } from "../model/platform.ts";
import { domainBucketKey } from "../storage.ts";
import { DATABASE_HOST } from "./addresses.ts";
import type { PlatformContext } from "./context.ts";
import { everyMinutes } from "./copy-job.ts";
import { proxyEnvironment } from "./egress-proxy.ts";
import { configMap, cronJob, spillVolume } from "./kinds.ts";
import { allowEgress, allowIngress, USES_PROXY } from "./network-policy.ts";
import type { PartScope } from "./object.ts";
import { rclone, rcloneVolume, remotesOf, underKeys } from "./rclone.ts";
import { customerKeysOf, fetchSecrets, platformSecret, secretFile, secretMounts, secretVolumes } from "./secrets.ts";

const NAME = "database-dump";
const DUMPS = "dumps";
const DUMPS_PATH = "/dumps";
const DUMPS_GB = 50;

/**
 * The catalogue of tables and what the spaces' experiments learnt: without them the copied objects are files without names. Each
 * database is dumped, tried to be read by `pg_restore`, and laid under its instant into the backup bucket of the spaces' domain in the
 * other region, with its sums, encrypted as everything there. Nothing without spaces: there is no such bucket then, and nothing to lose.
 */
export function databaseDump(context: PlatformContext, scope: PartScope): readonly ObjectSpec[] {
  const domain = context.plan.domains.find(({ name, home }) => name === "workspaces" && home === context.region);
  if (domain?.replica === undefined) return [];
  const { replica } = domain;
  const bucket = context.plan.name(domainBucketKey(domain.name, "backup"));
  const target = `${replica.region.name}:${bucket}/databases`;
  const password = platformSecret(context, "database");
  const keys = customerKeysOf(context, [domain]);
  return [
    configMap(scope, "rclone", { "rclone.conf": remotesOf(context.plan.regions) }),
    ...cronJob(scope, everyMinutes(replica.rpoMinutes / 2), {
      name: NAME,
      deadline: replica.rpoMinutes * 30,
      annotations: {
        "bastide.dev/from": `${context.region.name}/postgresql`,
        "bastide.dev/to": `${replica.region.name}/${bucket}`,
        "bastide.dev/rpo-minutes": String(replica.rpoMinutes),
        "bastide.dev/owner": domain.owner,
      },
      labels: { [PURPOSE_LABEL]: "replication" },
      pod: {
        labels: USES_PROXY,
        initContainers: [
          fetchSecrets(context, [password, ...keys], proxyEnvironment),
          {
            name: "dump",
            image: context.image("postgresql"),
            command: ["/bin/bash", "-euo", "pipefail", "-c"],
            args: [
              [
                `export PGPASSWORD=$(cat ${secretFile(password.file)}) PGHOST=${DATABASE_HOST} PGUSER=postgres`,
                `for it in $(psql --dbname=postgres --no-align --tuples-only --command="SELECT datname FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres'"); do`,
                `  pg_dump --format=custom --file=${DUMPS_PATH}/$it.dump $it`,
                `  pg_restore --list ${DUMPS_PATH}/$it.dump > /dev/null`,
                "done",
                `cd ${DUMPS_PATH} && sha256sum *.dump > SHA256SUMS`,
              ].join("\n"),
            ],
            cpu: "500m",
            memory: "1Gi",
            mounts: { [DUMPS]: DUMPS_PATH, ...secretMounts },
            writable: [DUMPS],
          },
        ],
        containers: [
          rclone(
            context,
            [
              ...underKeys(keys),
              `rclone copy --include=*.dump --include=SHA256SUMS ${DUMPS_PATH} ${target}/$(date -u +%Y%m%dT%H%M%SZ)`,
            ],
            { cpu: "250m", memory: "1Gi", mounts: { [DUMPS]: DUMPS_PATH, ...secretMounts } },
          ),
        ],
        volumes: [rcloneVolume, spillVolume(DUMPS, DUMPS_GB), ...secretVolumes("copier")],
      },
    }),
    allowIngress(scope, "allow-dump", "postgresql", [{ namespace: scope.namespace, pods: NAME }], [POSTGRES_PORT]),
    allowEgress(
      scope,
      "allow-dump-to-database",
      NAME,
      [{ namespace: scope.namespace, pods: "postgresql" }],
      [POSTGRES_PORT],
    ),
  ];
}
