import type { Json, JsonObject } from "../model/json.ts";

/** Envoy's configuration (API v3), as far as the gateways of research spaces need it. */
export type EnvoyListener = JsonObject;
export type EnvoyCluster = JsonObject;

export const typed = (type: string, rest: JsonObject = {}): JsonObject => ({
  "@type": `type.googleapis.com/envoy.${type}`,
  ...rest,
});

/** One port with its routes in order; what none of them takes is refused. */
export const listener = (
  name: string,
  port: number,
  routes: readonly Json[],
  options: { readonly filters?: readonly Json[]; readonly clientCertificates?: Certificates } = {},
): EnvoyListener => ({
  name,
  address: { socket_address: { address: "0.0.0.0", port_value: port } },
  filter_chains: [
    {
      ...(options.clientCertificates === undefined ? {} : { transport_socket: mutualTls(options.clientCertificates) }),
      filters: [
        {
          name: "envoy.filters.network.http_connection_manager",
          typed_config: typed("extensions.filters.network.http_connection_manager.v3.HttpConnectionManager", {
            stat_prefix: name,
            // What a client says of its certificate is dropped; what its certificate says is set.
            ...(options.clientCertificates === undefined
              ? {}
              : { forward_client_cert_details: "SANITIZE_SET", set_current_client_cert_details: { uri: true } }),
            // `..` and double slashes are resolved before a route is chosen, so that a prefix means what it says.
            normalize_path: true,
            merge_slashes: true,
            path_with_escaped_slashes_action: "REJECT_REQUEST",
            access_log: [
              {
                name: "envoy.access_loggers.stdout",
                typed_config: typed("extensions.access_loggers.stream.v3.StdoutAccessLog"),
              },
            ],
            route_config: {
              virtual_hosts: [
                {
                  name,
                  domains: ["*"],
                  routes: [...routes, { match: { prefix: "/" }, direct_response: { status: 403 } }],
                },
              ],
            },
            http_filters: [
              ...(options.filters ?? []),
              { name: "envoy.filters.http.router", typed_config: typed("extensions.filters.http.router.v3.Router") },
            ],
          }),
        },
      ],
    },
  ],
});

/** Files of the door's own certificate and of the authority that client certificates must come from. */
export interface Certificates {
  readonly own: string;
  readonly authority: string;
}

const mutualTls = ({ own, authority }: Certificates): Json => ({
  name: "envoy.transport_sockets.tls",
  typed_config: typed("extensions.transport_sockets.tls.v3.DownstreamTlsContext", {
    require_client_certificate: true,
    common_tls_context: {
      tls_params: { tls_minimum_protocol_version: "TLSv1_3" },
      tls_certificates: [
        { certificate_chain: { filename: `${own}/tls.crt` }, private_key: { filename: `${own}/tls.key` } },
      ],
      validation_context: { trusted_ca: { filename: `${authority}/ca.crt` } },
    },
  }),
});

/** A service of the cluster, in plain HTTP inside the network policies. */
export const inside = (name: string, host: string, port: number): EnvoyCluster => ({
  name,
  type: "STRICT_DNS",
  load_assignment: {
    cluster_name: name,
    endpoints: [{ lb_endpoints: [{ endpoint: { address: { socket_address: { address: host, port_value: port } } } }] }],
  },
});

export const header = (key: string, value: string): Json => ({
  header: { key, value },
  append_action: "OVERWRITE_IF_EXISTS_OR_ADD",
});

/** A secret that Envoy reads from a file by itself. */
export const fileSecret = (name: string, filename: string): Json => ({
  name,
  generic_secret: { secret: { filename } },
});

export const envoyConfig = (
  listeners: readonly EnvoyListener[],
  clusters: readonly EnvoyCluster[],
  secrets: readonly Json[],
): string => JSON.stringify({ static_resources: { listeners, clusters, secrets } });
