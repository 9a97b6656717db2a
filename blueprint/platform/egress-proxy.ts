import { PROXY_PORT } from "../../stacks/flows.ts";
import { FIXED_HOST, hostAddress } from "../address-plan.ts";
import type { Json } from "../model/json.ts";
import type { AllowedHostSpec } from "../model/network.ts";
import type { PartSpec } from "../model/platform.ts";
import type { PlatformContext } from "./context.ts";
import { configMap, deployment } from "./kinds.ts";
import { namespaceObjects } from "./namespace.ts";
import { allowFromRanges, allowRanges } from "./network-policy.ts";
import { fromFoundation, NAME_LABEL, object } from "./object.ts";
import { tcpProbe } from "./workload.ts";

const NAME = "egress-proxy";

/** Private space and what is reserved: the proxy is a way out, never a way across. RFC 1918, 6598, 3927, 1122. */
const NOT_OUTSIDE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8"];

/** Address of the proxy for pods. */
export const PROXY_HOST = `${NAME}.egress.svc.cluster.local`;
export const PROXY_URL = `http://${PROXY_HOST}:${PROXY_PORT}`;

/** Variables that make a client use it; what the cluster resolves itself stays inside. */
export const proxyEnvironment: Readonly<Record<string, string>> = {
  HTTPS_PROXY: PROXY_URL,
  https_proxy: PROXY_URL,
  NO_PROXY: ".svc,.svc.cluster.local,localhost,127.0.0.1",
  no_proxy: ".svc,.svc.cluster.local,localhost,127.0.0.1",
};

/** Address of the region's own control plane, an output of the foundation: pods reach it by the proxy like any other name. */
export const apiServer = (context: PlatformContext): Json =>
  fromFoundation(`regions.${context.region.name}.apiserverUrl`);

/** Port of Kapsule's control planes. */
const API_SERVER_PORT = 6443;

/**
 * The allow-listing proxy: the only way out for pods, by name and for TLS alone. It never opens the TLS, so it sees names and
 * sizes, no content; a host that a client names falsely in CONNECT is refused by the far end's certificate, not by it.
 * The admin host, which has no default route, reaches it at a booked address by a load balancer that is private.
 */
export function planEgressProxy(context: PlatformContext, hosts: readonly AllowedHostSpec[]): PartSpec {
  const scope = context.scope("egress-proxy", "egress", { tier: "dmz" });
  const networks = context.plan.addresses.region(context.region.name).networks;
  return context.part("EgressProxy", "egress-proxy", [
    ...namespaceObjects(context, scope, { cpu: 4, memoryGb: 8, storageGb: 1, pods: 10 }),
    configMap(scope, "squid", { "squid.conf": squidConf(hosts, context.region.name), "hosts.txt": squidHosts(hosts) }),
    ...deployment(scope, 2, {
      name: NAME,
      containers: [
        {
          name: "squid",
          image: context.image("squid"),
          args: ["-N", "-f", "/etc/bastide/squid.conf"],
          ports: { proxy: PROXY_PORT },
          cpu: "250m",
          memory: "512Mi",
          mounts: { config: "/etc/bastide" },
          ready: tcpProbe("proxy"),
          live: tcpProbe("proxy", 30),
        },
      ],
      volumes: [{ name: "config", configMap: { name: "squid" } }],
    }),
    object(scope, {
      apiVersion: "v1",
      kind: "Service",
      name: NAME,
      body: {
        spec: {
          type: "ClusterIP",
          selector: { [NAME_LABEL]: NAME },
          ports: [{ name: "proxy", port: PROXY_PORT, targetPort: "proxy" }],
        },
      },
    }),
    // Beside the cluster's own address: one in the private network, for the admin host.
    object(scope, {
      apiVersion: "v1",
      kind: "Service",
      name: `${NAME}-admin`,
      annotations: {
        "service.beta.kubernetes.io/scw-loadbalancer-private": "true",
        "service.beta.kubernetes.io/scw-loadbalancer-zone": context.region.zones[0] ?? context.region.name,
      },
      body: {
        spec: {
          type: "LoadBalancer",
          allocateLoadBalancerNodePorts: false,
          externalTrafficPolicy: "Local",
          loadBalancerIP: hostAddress(networks.compute.ipv4, FIXED_HOST.egressProxy),
          loadBalancerSourceRanges: [networks.admin.ipv4.text],
          selector: { [NAME_LABEL]: NAME },
          ports: [{ name: "proxy", port: PROXY_PORT, targetPort: "proxy" }],
        },
      },
    }),
    object(scope, {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      name: "allow-from-users-of-the-proxy",
      body: {
        spec: {
          podSelector: { matchLabels: { [NAME_LABEL]: NAME } },
          policyTypes: ["Ingress"],
          ingress: [
            {
              from: [{ namespaceSelector: {}, podSelector: { matchLabels: { "bastide.dev/egress": "proxy" } } }],
              ports: [{ protocol: "TCP", port: PROXY_PORT }],
            },
          ],
        },
      },
    }),
    allowFromRanges(scope, "allow-from-admin-network", NAME, [networks.admin.ipv4.text], [PROXY_PORT]),
    allowRanges(scope, "allow-out-by-tls", NAME, [{ cidr: "0.0.0.0/0", except: NOT_OUTSIDE }], [443, API_SERVER_PORT]),
  ]);
}

/** Squid names a domain with all its hosts by a leading dot. */
const squidHosts = (hosts: readonly AllowedHostSpec[]): string =>
  hosts.map(({ host }) => (host.startsWith("*.") ? host.slice(1) : host)).join("\n");

function squidConf(hosts: readonly AllowedHostSpec[], region: string): string {
  const listed = hosts.length > 0;
  return [
    `http_port ${PROXY_PORT}`,
    "acl CONNECT method CONNECT",
    "acl tls port 443",
    `acl control-plane-port port ${API_SERVER_PORT}`,
    `acl control-plane dstdomain .api.k8s.${region}.scw.cloud`,
    ...(listed ? ['acl allowed dstdomain "/etc/bastide/hosts.txt"'] : []),
    `acl elsewhere dst ${NOT_OUTSIDE.join(" ")} fc00::/7 fe80::/10 ::1`,
    "http_access deny !CONNECT",
    // Names that resolve into private space are no way around the network policies.
    "http_access deny elsewhere",
    "http_access allow control-plane control-plane-port",
    "http_access deny !tls",
    ...(listed ? ["http_access allow allowed"] : []),
    "http_access deny all",
    "cache deny all",
    "via off",
    "forwarded_for delete",
    "access_log stdio:/dev/stdout",
    "cache_log /dev/stderr",
    "pid_filename none",
    "coredump_dir /tmp",
    "",
  ].join("\n");
}
