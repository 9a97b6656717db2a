import type { BackendStageArgs, DnsStageArgs, PipelineArgs } from "@pulumiverse/scaleway/edgeservices/index.js";
import type { HostingArgs } from "@pulumiverse/scaleway/hosting/index.js";
import type { BackendArgs, FrontendArgs, IpArgs, LoadBalancerArgs } from "@pulumiverse/scaleway/loadbalancers/index.js";
import type { ClusterArgs as RedisArgs } from "@pulumiverse/scaleway/redis/index.js";
import { type Known, known, mapKnown } from "../../../kernel/known.ts";
import type { TransportFact } from "../fact-edge.ts";
import { type Reader, supplied } from "../reader.ts";
import type { Ref } from "../reference.ts";
import { type Decoder, decoder } from "./decoder.ts";

type Check = TransportFact["checks"][number];

/** Protocols of a backend in which a load balancer could speak TLS by `sslBridging`. */
const check = (property: string, got: Known<unknown>, value: Known<boolean>, want: unknown): Check => ({
  property,
  value,
  got,
  want,
});

function backendChecks(read: Reader<BackendArgs>): readonly Check[] {
  const bridging = read.flag("sslBridging");
  const ignores = read.flag("ignoreSslServerVerify");
  return [
    check(
      "sslBridging",
      bridging,
      mapKnown(bridging, (on) => on === true),
      true,
    ),
    check(
      "ignoreSslServerVerify",
      ignores,
      mapKnown(ignores, (on) => on !== true),
      false,
    ),
  ];
}

const HTTPS = 443;

function frontendChecks(read: Reader<FrontendArgs>): readonly Check[] {
  const port = read.count("inboundPort");
  const certificates = read.refs("certificateIds");
  return [
    check(
      "inboundPort",
      port,
      mapKnown(port, (number) => number === HTTPS),
      HTTPS,
    ),
    check(
      "certificateIds",
      mapKnown(certificates, (ids) => `${ids.length} certificates`),
      mapKnown(certificates, (ids) => ids.length > 0),
      "a certificate",
    ),
  ];
}

const lbAddresses = (read: Reader<LoadBalancerArgs>): Known<readonly Ref[]> => {
  const single = read.ref("ipId");
  return mapKnown(read.refs("ipIds"), (many) => (single.kind === "absent" ? many : [single, ...many]));
};

/** What stands behind an edge pipeline. */
function served(read: Reader<BackendStageArgs>): readonly Ref[] {
  const bucket = read.object("s3BackendConfig");
  return bucket.known && bucket.value !== undefined ? [bucket.value.ref("bucketName")] : [];
}

export const entranceDecoders: readonly Decoder[] = [
  decoder<LoadBalancerArgs>("scaleway:loadbalancers/loadBalancer:LoadBalancer", (read, raw) => {
    const level = read.text("sslCompatibilityLevel");
    return [
      {
        kind: "load-balancer",
        urn: raw.urn,
        assignFlexibleIp: { property: "assignFlexibleIp", value: read.flag("assignFlexibleIp") },
        addresses: lbAddresses(read),
        answered: supplied(raw, "ipAddress"),
      },
      // With this provider it has a public address whatever is written.
      {
        kind: "entrance",
        urn: raw.urn,
        protocol: known(undefined),
        port: { property: "assignFlexibleIp", value: known(undefined) },
        owner: "self",
      },
      {
        kind: "transport",
        urn: raw.urn,
        checks: [
          check(
            "sslCompatibilityLevel",
            level,
            mapKnown(level, (name) => name === "ssl_compatibility_level_modern"),
            "ssl_compatibility_level_modern",
          ),
        ],
      },
    ];
  }),

  decoder<FrontendArgs>("scaleway:loadbalancers/frontend:Frontend", (read, { urn }) => [
    {
      kind: "entrance",
      urn,
      protocol: known("tcp"),
      port: { property: "inboundPort", value: read.count("inboundPort") },
      owner: read.ref("lbId"),
    },
    { kind: "transport", urn, checks: frontendChecks(read) },
  ]),

  decoder<BackendArgs>("scaleway:loadbalancers/backend:Backend", (read, { urn }) => [
    { kind: "transport", urn, checks: backendChecks(read) },
  ]),

  decoder<IpArgs>("scaleway:loadbalancers/ip:Ip", (_, { urn }) => [
    {
      kind: "entrance",
      urn,
      protocol: known(undefined),
      port: { property: "type", value: known(undefined) },
      owner: "self",
    },
  ]),

  decoder<RedisArgs>("scaleway:redis/cluster:Cluster", (read, { urn }) => {
    const tls = read.flag("tlsEnabled");
    const on = mapKnown(tls, (v) => v === true);
    return [{ kind: "transport", urn, checks: [check("tlsEnabled", tls, on, true)] }];
  }),

  // An edge pipeline publishes on 443, under Scaleway's name or its own, from points of presence that no input places.
  decoder<PipelineArgs>("scaleway:edgeservices/pipeline:Pipeline", (_, { urn }) => [
    { kind: "entrance", urn, protocol: known("tcp"), port: { property: "type", value: known(HTTPS) }, owner: "self" },
  ]),
  decoder<DnsStageArgs>("scaleway:edgeservices/dnsStage:DnsStage", (_, { urn }) => [
    { kind: "entrance", urn, protocol: known("tcp"), port: { property: "fqdns", value: known(HTTPS) }, owner: "self" },
  ]),
  decoder<BackendStageArgs>("scaleway:edgeservices/backendStage:BackendStage", (read, { urn }) =>
    served(read).map((source) => ({ kind: "serves", urn, source })),
  ),
  decoder<HostingArgs>("scaleway:hosting/hosting:Hosting", (_, { urn }) => [
    { kind: "entrance", urn, protocol: known("tcp"), port: { property: "domain", value: known(HTTPS) }, owner: "self" },
  ]),
];
