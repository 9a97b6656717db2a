import type { PartSpec } from "../model/platform.ts";
import type { PlatformContext } from "./context.ts";
import { envoyConfig, inside, listener } from "./envoy.ts";
import { configMap, deployment } from "./kinds.ts";
import { workspaceNamespace } from "./names.ts";
import { namespaceObjects } from "./namespace.ts";
import { allowEgress, allowFromRanges } from "./network-policy.ts";
import { NOTEBOOK, NOTEBOOK_PORT } from "./notebooks.ts";
import { NAME_LABEL, object, PULL_SECRET } from "./object.ts";
import { byRoute, routeUntilTheEnd } from "./permit-end.ts";
import { deliveredHere } from "./secret-sync.ts";
import { tcpProbe } from "./workload.ts";

const PORT = 8443;

/**
 * How researchers come in: from declared sites, whose private ranges a VPN of the operator's joins to `compute`, by one private
 * load balancer on 443 with client certificates. The certificate's name must be that of the space; nothing is reached by
 * address. Without declared sites this part does not exist.
 */
export function planUserAccess(context: PlatformContext): PartSpec | undefined {
  const { access } = context.plan.settings.platform;
  if (access.sites.length === 0 || context.role === "standby") return undefined;
  const scope = context.scope("entrance", "entrance", { tier: "dmz" });
  const ranges = access.sites.map(({ range }) => range);
  const spaces = context.plan.settings.workspaces.map(({ name, until }) => ({
    namespace: workspaceNamespace(name),
    until,
  }));
  return context.part(
    "UserAccess",
    "entrance",
    [
      ...namespaceObjects(context, scope, { cpu: 2, memoryGb: 2, storageGb: 1, pods: 6 }),
      ...deliveredHere(context, scope, [PULL_SECRET, "entrance-tls", "entrance-clients"]),
      configMap(scope, "entrance", { "envoy.json": envoyConfig([door(spaces)], spaces.map(notebookOf), []) }),
      ...deployment(scope, 2, {
        name: "entrance",
        containers: [
          {
            name: "envoy",
            image: context.image("envoy"),
            args: ["-c", "/etc/bastide/envoy.json", "--log-level", "warning"],
            ports: { https: PORT },
            cpu: "200m",
            memory: "256Mi",
            mounts: { config: "/etc/bastide", tls: "/run/tls", clients: "/run/clients" },
            ready: tcpProbe("https"),
            live: tcpProbe("https", 30),
          },
        ],
        volumes: [
          { name: "config", configMap: { name: "entrance" } },
          { name: "tls", secret: { secretName: "entrance-tls", defaultMode: 0o440 } },
          { name: "clients", secret: { secretName: "entrance-clients", defaultMode: 0o440 } },
        ],
      }),
      object(scope, {
        apiVersion: "v1",
        kind: "Service",
        name: "entrance",
        annotations: { "service.beta.kubernetes.io/scw-loadbalancer-private": "true" },
        body: {
          spec: {
            type: "LoadBalancer",
            allocateLoadBalancerNodePorts: false,
            externalTrafficPolicy: "Local",
            loadBalancerSourceRanges: ranges,
            selector: { [NAME_LABEL]: "entrance" },
            ports: [{ name: "https", port: 443, targetPort: "https" }],
          },
        },
      }),
      allowFromRanges(scope, "allow-sites", "entrance", ranges, [PORT]),
      allowEgress(
        scope,
        "allow-notebooks",
        "entrance",
        spaces.map(({ namespace }) => ({ namespace, pods: NOTEBOOK })),
        [NOTEBOOK_PORT],
      ),
    ],
    ["storage-gateway"],
  );
}

interface Space {
  readonly namespace: string;
  /** ISO date of the permit's last day. */
  readonly until: string;
}

const notebookOf = ({ namespace }: Space) =>
  inside(namespace, `${NOTEBOOK}.${namespace}.svc.cluster.local`, NOTEBOOK_PORT);

/** One host name a space; the client's certificate must carry the same name, and the permit last. */
const door = (spaces: readonly Space[]) =>
  listener(
    "door",
    PORT,
    spaces.map(({ namespace, until }) => ({
      match: {
        prefix: "/",
        headers: [
          { name: ":authority", string_match: { prefix: `${namespace}.` } },
          { name: "x-forwarded-client-cert", string_match: { contains: `URI=space:${namespace};` } },
        ],
      },
      route: { cluster: namespace, timeout: "0s", upgrade_configs: [{ upgrade_type: "websocket" }] },
      ...routeUntilTheEnd(until),
    })),
    { filters: [byRoute], clientCertificates: { own: "/run/tls", authority: "/run/clients" } },
  );
