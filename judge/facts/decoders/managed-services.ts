import type {
  InstanceArgs as DatabaseArgs,
  ReadReplicaArgs,
  ServerlessDatabaseArgs,
} from "@pulumiverse/scaleway/databases/index.js";
import type { DeploymentArgs as WarehouseArgs } from "@pulumiverse/scaleway/datawarehouse/index.js";
import type { DeploymentArgs as InferenceArgs } from "@pulumiverse/scaleway/inference/index.js";
import type { ClusterArgs as KafkaArgs } from "@pulumiverse/scaleway/kafka/index.js";
import type { InstanceArgs as MongoArgs } from "@pulumiverse/scaleway/mongodb/index.js";
import type { DeploymentArgs as SearchArgs } from "@pulumiverse/scaleway/opensearch/index.js";
import type { ClusterArgs as RedisArgs } from "@pulumiverse/scaleway/redis/index.js";
import { known, mapKnown } from "../../../kernel/known.ts";
import type { ManagedServiceFact } from "../fact.ts";
import type { Reading } from "../fact-base.ts";
import { type Reader, supplied } from "../reader.ts";
import { type Decoder, decoder } from "./decoder.ts";

/**
 * Managed data services and their endpoints. Sources: terraform-provider-scaleway v2.80.0, each service's resource code; what
 * is created when neither endpoint is written differs by service, and none of them is private by itself.
 */
const service = (
  urn: string,
  privateEndpoint: Reading<boolean>,
  publicEndpoints: readonly Reading<boolean>[],
): ManagedServiceFact => ({ kind: "managed-service", urn, privateEndpoint, publicEndpoints });

const block = <A extends object>(read: Reader<A>, property: keyof A & string): Reading<boolean> => ({
  property,
  value: read.present(property),
});

export const managedServiceDecoders: readonly Decoder[] = [
  decoder<DatabaseArgs>("scaleway:databases/instance:Instance", (read, { urn }) => [
    service(urn, block(read, "privateNetwork"), [block(read, "loadBalancer")]),
  ]),

  decoder<ReadReplicaArgs>("scaleway:databases/readReplica:ReadReplica", (read, { urn }) => [
    service(urn, block(read, "privateNetwork"), [block(read, "directAccess")]),
  ]),

  // Serverless SQL has a public endpoint and no other.
  decoder<ServerlessDatabaseArgs>("scaleway:databases/serverlessDatabase:ServerlessDatabase", (_, { urn }) => [
    service(urn, { property: "privateNetwork", value: known(false) }, [{ property: "endpoint", value: known(true) }]),
  ]),

  decoder<MongoArgs>("scaleway:mongodb/instance:Instance", (read, { urn }) => [
    service(urn, block(read, "privateNetwork"), [block(read, "publicNetwork")]),
  ]),

  decoder<RedisArgs>("scaleway:redis/cluster:Cluster", (read, { urn }) => [
    service(urn, block(read, "privateNetworks"), [block(read, "publicNetwork")]),
  ]),

  decoder<KafkaArgs>("scaleway:kafka/cluster:Cluster", (read, { urn }) => [
    service(urn, block(read, "privateNetwork"), []),
  ]),

  // The dashboards may stay public when the API is private, and no input says so: only the answer does.
  decoder<SearchArgs>("scaleway:opensearch/deployment:Deployment", (read, raw) => [
    service(raw.urn, block(read, "privateNetwork"), [
      {
        property: "publicDashboardUrl",
        value: mapKnown(supplied(raw, "publicDashboardUrl"), (url) => url !== undefined && url !== ""),
      },
    ]),
  ]),

  // The provider always asks for a public endpoint, with or without a private one.
  decoder<WarehouseArgs>("scaleway:datawarehouse/deployment:Deployment", (read, { urn }) => [
    service(urn, block(read, "privateNetwork"), [{ property: "publicNetwork", value: known(true) }]),
  ]),

  decoder<InferenceArgs>("scaleway:inference/deployment:Deployment", (read, { urn }) => {
    const endpoint = read.object("publicEndpoint");
    const enabled = endpoint.known ? (endpoint.value?.flag("isEnabled") ?? known(false)) : endpoint;
    return [
      service(urn, block(read, "privateEndpoint"), [
        { property: "publicEndpoint.isEnabled", value: mapKnown(enabled, (on) => on === true) },
      ]),
    ];
  }),
];
