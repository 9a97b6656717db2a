import { POSTGRES_PORT } from "../../stacks/flows.ts";
import type { ObjectSpec, PartSpec } from "../model/platform.ts";
import { CATALOG_PEER, DATABASE_HOST } from "./addresses.ts";
import type { PlatformContext } from "./context.ts";
import { databaseDump } from "./database-dump.ts";
import { proxyEnvironment } from "./egress-proxy.ts";
import { configMap, cronJob, service, statefulSet } from "./kinds.ts";
import { workspaceNamespace } from "./names.ts";
import { namespaceObjects } from "./namespace.ts";
import { allowEgress, allowIngress, type Peer, USES_PROXY } from "./network-policy.ts";
import { type PartScope, PULL_SECRET } from "./object.ts";
import { deliveredHere } from "./secret-sync.ts";
import { credentialsOf, fetchSecrets, platformSecret, secretFile, secretMounts, secretVolumes } from "./secrets.ts";

/** Databases of the platform and who may connect: the catalogue of tables, and the experiment stores of the spaces. */
const DATABASES: Readonly<Record<string, Peer>> = {
  catalog: CATALOG_PEER,
  mlflow: { namespace: "mlflow" },
};

const NAMESPACE = "database";
/**
 * One PostgreSQL of the platform's own, on an encrypted volume: the HDS list of managed databases is unverified, and Scaleway
 * reserves administrative access to those (docs/decisions). Its dumps leave for the other region (`database-dump.ts`).
 */
export function planDatabase(context: PlatformContext): PartSpec {
  const scope = context.scope("database", NAMESPACE, { tier: "data" });
  const password = platformSecret(context, "database");
  return context.part(
    "Database",
    "database",
    [
      ...namespaceObjects(context, scope, { cpu: 4, memoryGb: 16, storageGb: 200, pods: 10 }),
      ...deliveredHere(context, scope, [credentialsOf("broker"), credentialsOf("copier"), PULL_SECRET]),
      configMap(scope, "postgresql", { "postgresql.conf": POSTGRESQL_CONF, "pg_hba.conf": pgHba(context) }),
      ...statefulSet(
        scope,
        1,
        {
          name: "postgresql",
          labels: USES_PROXY,
          graceSeconds: 120,
          initContainers: [fetchSecrets(context, [password], proxyEnvironment)],
          containers: [
            {
              name: "postgresql",
              image: context.image("postgresql"),
              args: ["-c", "config_file=/etc/bastide/postgresql.conf", "-c", "hba_file=/etc/bastide/pg_hba.conf"],
              env: {
                POSTGRES_PASSWORD_FILE: secretFile(password.file),
                PGDATA: "/var/lib/postgresql/data/pgdata",
                POSTGRES_INITDB_ARGS: "--data-checksums --auth-host=scram-sha-256 --auth-local=scram-sha-256",
              },
              ports: { postgresql: POSTGRES_PORT },
              cpu: "1",
              memory: "4Gi",
              mounts: {
                config: "/etc/bastide",
                data: "/var/lib/postgresql/data",
                run: "/var/run/postgresql",
                // Parallel queries share memory there; a container's own is 64 MB.
                shm: "/dev/shm",
                ...secretMounts,
              },
              writable: ["data", "run", "shm"],
              ready: { exec: { command: ["pg_isready", "-h", "127.0.0.1"] }, periodSeconds: 10, failureThreshold: 3 },
              // Recovery of a large log may take minutes; afterwards only a server that answers nobody is started anew.
              started: {
                exec: { command: ["pg_isready", "-h", "127.0.0.1"] },
                periodSeconds: 5,
                failureThreshold: 360,
              },
              live: {
                exec: { command: ["pg_isready", "-h", "127.0.0.1", "-t", "10"] },
                periodSeconds: 30,
                timeoutSeconds: 15,
                failureThreshold: 6,
              },
            },
          ],
          volumes: [
            ...secretVolumes("broker"),
            { name: "config", configMap: { name: "postgresql" } },
            { name: "run", emptyDir: { medium: "Memory", sizeLimit: "16Mi" } },
            { name: "shm", emptyDir: { medium: "Memory", sizeLimit: "512Mi" } },
          ],
        },
        { name: "data", size: "50Gi", exit: "sql-dump/copy" },
      ),
      service(scope, "postgresql", { postgresql: POSTGRES_PORT }, { headless: true }),
      ...admissions(scope),
      ...rolesJob(context, scope),
      ...databaseDump(context, scope),
      allowIngress(scope, "allow-roles", "postgresql", [{ namespace: NAMESPACE, pods: ROLES }], [POSTGRES_PORT]),
      allowEgress(
        scope,
        "allow-roles-to-database",
        ROLES,
        [{ namespace: NAMESPACE, pods: "postgresql" }],
        [POSTGRES_PORT],
      ),
    ],
    ["storage", "egress-proxy", "secret-sync"],
  );
}

const admissions = (scope: PartScope): readonly ObjectSpec[] =>
  Object.entries(DATABASES).map(([name, from]) =>
    allowIngress(scope, `allow-${name}`, "postgresql", [from], [POSTGRES_PORT]),
  );

const ROLES = "database-roles";

/** Makes what is missing of roles and databases, by the derivation that their users know (`mlflow.ts`); changes no other. */
function rolesJob(context: PlatformContext, scope: PartScope): readonly ObjectSpec[] {
  const secrets = [
    platformSecret(context, "database"),
    platformSecret(context, "mlflow"),
    platformSecret(context, "catalog"),
  ];
  const spaces = context.role === "active" ? context.plan.settings.workspaces : [];
  const make = (role: string, password: string): readonly string[] => [
    `printf "SELECT format('CREATE ROLE %%I LOGIN PASSWORD %%L', '%s', '%s') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%s') \\\\gexec\\n" ${role} "${password}" ${role} | $psql`,
    `printf "SELECT format('CREATE DATABASE %%I OWNER %%I', '%s', '%s') WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '%s') \\\\gexec\\n" ${role} ${role} ${role} | $psql`,
  ];
  return cronJob(scope, "*/10 * * * *", {
    name: ROLES,
    deadline: 540,
    pod: {
      labels: USES_PROXY,
      initContainers: [fetchSecrets(context, secrets, proxyEnvironment)],
      containers: [
        {
          name: "psql",
          image: context.image("postgresql"),
          command: ["/bin/bash", "-euc"],
          args: [
            [
              `export PGPASSWORD=$(cat ${secretFile("database")}) psql="psql --quiet --set=ON_ERROR_STOP=1 --host=${DATABASE_HOST} --username=postgres"`,
              ...make("catalog", `$(cat ${secretFile("catalog")})`),
              ...spaces.flatMap(({ name }) => {
                const role = workspaceNamespace(name);
                return make(
                  role,
                  `$(printf '%s:%s' "$(cat ${secretFile("mlflow")})" ${role} | sha256sum | cut -d' ' -f1)`,
                );
              }),
            ].join("\n"),
          ],
          cpu: "50m",
          memory: "128Mi",
          mounts: secretMounts,
        },
      ],
      volumes: secretVolumes("broker"),
    },
  });
}

/**
 * No log is archived: what can be lost is what was written since the last dump (`database-dump.ts`), within the recovery point of the
 * spaces' domain. Checksums tell a damaged page from a good one.
 */
const POSTGRESQL_CONF = [
  "listen_addresses = '*'",
  "password_encryption = scram-sha-256",
  "ssl = off # inside the cluster's network policies; WireGuard between nodes is cilium's",
  "wal_level = replica",
  "archive_mode = off",
  "max_connections = 200",
  "shared_buffers = '1GB'",
  "log_connections = on",
  "log_disconnections = on",
  "log_statement = 'ddl'",
  "log_destination = 'stderr'",
  "",
].join("\n");

const pgHba = (context: PlatformContext): string => {
  const pods = context.plan.addresses.region(context.region.name).pods.text;
  return [
    // Its own first start speaks to it by the socket, as a user that the image's account list does not name: no `peer`.
    "local all postgres scram-sha-256",
    "host all postgres 127.0.0.1/32 scram-sha-256",
    // The jobs that make roles and dumps come over the network; no other pod has this name's password or is let through to it.
    `host all postgres ${pods} scram-sha-256`,
    `host catalog catalog ${pods} scram-sha-256`,
    // A space's store is a database of the space's own name and role.
    `host sameuser all ${pods} scram-sha-256`,
    "host all all all reject",
    "",
  ].join("\n");
};
