import { sortedUnique } from "../../kernel/order.ts";
import { PROXY_PORT } from "../../stacks/flows.ts";
import type { Json } from "../model/json.ts";
import { PROXY_HOST } from "./egress-proxy.ts";
import { type EnvoyCluster, type EnvoyListener, header, listener, typed } from "./envoy.ts";
import type { SecretRef } from "./secrets.ts";

/** What a space may reach: bucket, prefix, and whether it may write. */
export interface Opening {
  readonly bucket: string;
  readonly region: string;
  /** Absent: the whole bucket. */
  readonly prefix?: string;
  readonly write: boolean;
  readonly customerKey?: SecretRef;
}

/** Object storage: a route for each opening, everything else 403. */
export const s3Listener = (port: number, openings: readonly Opening[], filters: readonly Json[]): EnvoyListener =>
  listener("s3", port, [...refusals, ...openings.flatMap((opening) => routesOf(opening, openings))], { filters });

/** Each region's endpoint, with a signature of its own. */
export const s3Clusters = (openings: readonly Opening[]): readonly EnvoyCluster[] =>
  sortedUnique(openings.map(({ region }) => region)).map(clusterOf);

const READ = "^(GET|HEAD)$";
const WRITE = "^(GET|HEAD|PUT|POST|DELETE)$";

const METHOD = (regex: string): Json => ({ name: ":method", string_match: { safe_regex: { regex } } });
const COPY = "x-amz-copy-source";

/** Asks of S3 that change who may do what, or for how long: none of a space's business, whatever the bucket's policy says. */
const REFUSED_QUERIES = [
  "acl",
  "policy",
  "legal-hold",
  "retention",
  "torrent",
  "website",
  "cors",
  "lifecycle",
  "encryption",
];

/** Headers that would open an object, or send whoever reads it elsewhere. */
const DROPPED_HEADERS = [
  "authorization",
  "x-amz-acl",
  "x-amz-grant-full-control",
  "x-amz-grant-read",
  "x-amz-grant-read-acp",
  "x-amz-grant-write-acp",
  "x-amz-object-lock-legal-hold",
  "x-amz-object-lock-mode",
  "x-amz-object-lock-retain-until-date",
  "x-amz-storage-class",
  "x-amz-website-redirect-location",
];

const refusals: readonly Json[] = REFUSED_QUERIES.map((name) => ({
  match: { prefix: "/", query_parameters: [{ name, present_match: true }] },
  direct_response: { status: 403 },
}));

/** Objects below the prefix; copies of objects below a prefix of the list; and the listing of what lies below. */
function routesOf(opening: Opening, all: readonly Opening[]): readonly Json[] {
  const { bucket, region, prefix = "", write, customerKey } = opening;
  const path = `/${bucket}/${prefix}`;
  const plain = {
    route: { cluster: `s3-${region}`, timeout: "0s", host_rewrite_literal: `s3.${region}.scw.cloud` },
    request_headers_to_remove: DROPPED_HEADERS,
  };
  const forwarded = {
    ...plain,
    ...(customerKey === undefined ? {} : { request_headers_to_add: customerHeaders("", customerKey) }),
  };
  // A copy names its source in a header: it must lie in the list as well, and S3 takes it with and without the first slash.
  const sources = write
    ? all.flatMap((from) => [from, from].map((it, n) => ({ from: it, slash: n === 0 ? "/" : "" })))
    : [];
  return [
    ...sources.map(({ from, slash }) => ({
      match: {
        prefix: path,
        headers: [
          METHOD("^PUT$"),
          { name: COPY, string_match: { prefix: `${slash}${from.bucket}/${from.prefix ?? ""}` } },
        ],
      },
      ...forwarded,
      request_headers_to_add: [
        ...(customerKey === undefined ? [] : customerHeaders("", customerKey)),
        ...(from.customerKey === undefined ? [] : customerHeaders("copy-source-", from.customerKey)),
      ],
    })),
    {
      match: {
        prefix: path,
        headers: [METHOD(write ? WRITE : READ), { name: COPY, present_match: true, invert_match: true }],
      },
      ...forwarded,
    },
    {
      match: {
        path: `/${bucket}`,
        headers: [METHOD(READ)],
        ...(prefix === "" ? {} : { query_parameters: [{ name: "prefix", string_match: { prefix } }] }),
      },
      ...plain,
    },
  ];
}

/** SSE-C, as S3 wants it: the algorithm, the key, and its MD5; once more for the source of a copy. */
const customerHeaders = (of: "" | "copy-source-", { file }: SecretRef): readonly Json[] => [
  header(`x-amz-${of}server-side-encryption-customer-algorithm`, "AES256"),
  header(`x-amz-${of}server-side-encryption-customer-key`, `@${file}@`),
  header(`x-amz-${of}server-side-encryption-customer-key-MD5`, `@${file}-md5@`),
];

/** Object storage of a region by way of the egress proxy, signed as the broker. */
function clusterOf(region: string): EnvoyCluster {
  const host = `s3.${region}.scw.cloud`;
  return {
    name: `s3-${region}`,
    type: "STRICT_DNS",
    load_assignment: {
      cluster_name: `s3-${region}`,
      endpoints: [
        {
          lb_endpoints: [
            {
              endpoint: {
                address: { socket_address: { address: PROXY_HOST, port_value: PROXY_PORT } },
              },
            },
          ],
        },
      ],
    },
    transport_socket: {
      name: "envoy.transport_sockets.http_11_proxy",
      typed_config: typed("extensions.transport_sockets.http_11_proxy.v3.Http11ProxyUpstreamTransport", {
        default_proxy_address: { socket_address: { address: PROXY_HOST, port_value: PROXY_PORT } },
        transport_socket: {
          name: "envoy.transport_sockets.tls",
          typed_config: typed("extensions.transport_sockets.tls.v3.UpstreamTlsContext", {
            sni: host,
            common_tls_context: {
              validation_context: {
                trusted_ca: { filename: "/etc/ssl/certs/ca-certificates.crt" },
                match_typed_subject_alt_names: [{ san_type: "DNS", matcher: { exact: host } }],
              },
            },
          }),
        },
      }),
    },
    typed_extension_protocol_options: {
      "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": typed(
        "extensions.upstreams.http.v3.HttpProtocolOptions",
        {
          explicit_http_config: { http_protocol_options: {} },
          http_filters: [
            {
              name: "envoy.filters.http.aws_request_signing",
              typed_config: typed("extensions.filters.http.aws_request_signing.v3.AwsRequestSigning", {
                service_name: "s3",
                region,
                use_unsigned_payload: true,
                host_rewrite: host,
              }),
            },
            {
              name: "envoy.filters.http.upstream_codec",
              typed_config: typed("extensions.filters.http.upstream_codec.v3.UpstreamCodec"),
            },
          ],
        },
      ),
    },
  };
}
