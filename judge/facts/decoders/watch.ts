import type { PoolArgs } from "@pulumiverse/scaleway/kubernetes/index.js";
import type { FrontendArgs } from "@pulumiverse/scaleway/loadbalancers/index.js";
import type { AlertManagerArgs } from "@pulumiverse/scaleway/observability/index.js";
import { mapKnown } from "../../../kernel/known.ts";
import type { ZonalServiceFact } from "../fact-watch.ts";
import { type Decoder, decoder } from "./decoder.ts";
import type { BastideExportJobArgs } from "./keymanager.ts";

const zonal = (urn: string, service: string): ZonalServiceFact => ({ kind: "zonal-service", urn, service });

/** Who watches, and what falls with one zone. */
export const watchDecoders: readonly Decoder[] = [
  decoder<AlertManagerArgs>("scaleway:observability/alertManager:AlertManager", (read, { urn }) => [
    {
      kind: "alerting",
      urn,
      contacts: { property: "contactPoints", value: mapKnown(read.list("contactPoints"), (list) => list.length) },
    },
  ]),
  decoder<FrontendArgs>("scaleway:loadbalancers/frontend:Frontend", (read, { urn }) => [
    { kind: "access-logged", urn, on: { property: "enableAccessLogs", value: read.flag("enableAccessLogs") } },
  ]),
  decoder<BastideExportJobArgs>("bastide:audittrail:ExportJob", (read, raw) => {
    const s3 = read.object("s3");
    const missing = { kind: "unknown", property: "s3.bucket", suppliers: raw.propertyDependencies.s3 ?? [] } as const;
    const bucket = s3.known
      ? (s3.value?.ref("bucket") ?? ({ kind: "absent", property: "s3.bucket" } as const))
      : missing;
    return [{ kind: "trail-export", urn: raw.urn, bucket }];
  }),
  decoder<object>("scaleway:instance/server:Server", (_, { urn }) => [zonal(urn, "server")]),
  decoder<object>("scaleway:redis/cluster:Cluster", (_, { urn }) => [zonal(urn, "redis")]),
  // Autoscaling never goes below one node unless the pool was made with none (provider 2.80.0, k8s/pool.go).
  decoder<PoolArgs>("scaleway:kubernetes/pool:Pool", (read, { urn }) => [
    { kind: "pool-size", urn, nodes: { property: "size", value: read.count("size") } },
  ]),
];
