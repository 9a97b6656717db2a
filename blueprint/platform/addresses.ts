import type { Peer } from "./network-policy.ts";

/** Names and ports by which parts of the platform find each other: they stand here once, for both ends of each connection. */
export const GATEWAY_NAMESPACE = "storage-gateway";
export const GATEWAY_PORTS = { s3: 9000, trino: 8080, catalog: 8181, mlflow: 5000 } as const;
export type GatewayPort = keyof typeof GATEWAY_PORTS;

export const gatewayName = (space: string): string => `space-${space}`;
export const gatewayUrl = (space: string, port: GatewayPort): string =>
  `http://${gatewayName(space)}.${GATEWAY_NAMESPACE}.svc.cluster.local:${GATEWAY_PORTS[port]}`;

export const TRINO_PORT = 8080;
export const TRINO_HOST = "trino-coordinator.trino.svc.cluster.local";
export const TRINO_PEER: Peer = { namespace: "trino", pods: "trino-coordinator" };

export const CATALOG_PORT = 8181;
export const CATALOG_HOST = "catalog.trino.svc.cluster.local";
export const CATALOG_PEER: Peer = { namespace: "trino", pods: "catalog" };
/** The Iceberg REST interface, seen by Trino. */
export const CATALOG_URL = `http://${CATALOG_HOST}:${CATALOG_PORT}/api/catalog`;

export const DATABASE_HOST = "postgresql.database.svc.cluster.local";
export const DATABASE_PEER: Peer = { namespace: "database", pods: "postgresql" };

export const mlflowName = (space: string): string => `mlflow-${space}`;
export const mlflowHost = (space: string): string => `${mlflowName(space)}.mlflow.svc.cluster.local`;
