import type { RegionFact } from "../stacks/catalogue.ts";
import type { PlanContext } from "./context.ts";
import { planGateway } from "./gateway.ts";
import type { AllowedHostSpec, EgressSpec } from "./model/network.ts";
import { keyOf } from "./naming.ts";

/**
 * The NAT that private nodes need, on `compute` alone: no other network learns a default route from it. Beside it stands the
 * allow-list of the proxy, which narrows pods and the admin host to named hosts.
 */
export const planEgress = (context: PlanContext, region: RegionFact): EgressSpec => ({
  gateway: planGateway(context, {
    owner: keyOf("egress", region.name),
    region,
    project: "network",
    zoneIndex: 0,
    tier: "compute",
    defaultRoute: true,
  }),
  allowedHosts: [...scalewayHosts(context), ...settingsHosts(context)],
});

/** Scaleway's own endpoints of the environment's regions: what the blueprint declares is reached there. */
const scalewayHosts = (context: PlanContext): readonly AllowedHostSpec[] => [
  { host: "api.scaleway.com", reason: "Secrets and keys" },
  ...context.regions.flatMap(({ name }) => [
    { host: `s3.${name}.scw.cloud`, reason: `Object storage in ${name}` },
    { host: `*.s3.${name}.scw.cloud`, reason: `Buckets in ${name}` },
    { host: `rg.${name}.scw.cloud`, reason: `Registry in ${name}` },
    { host: `*.cockpit.${name}.scw.cloud`, reason: `Logs and metrics in ${name}` },
  ]),
];

/** Hosts of the settings: for good, and for as long as a window of this phase is open. */
function settingsHosts(context: PlanContext): readonly AllowedHostSpec[] {
  const { admin, egress, phase, windows } = context.settings;
  const mirror = admin.packageMirror;
  return [
    ...(mirror === undefined ? [] : [{ host: mirror, reason: "Debian packages of admin hosts" }]),
    ...egress.hosts,
    ...windows
      .filter((window) => window.phases.some((open) => open === phase))
      .flatMap(({ hosts, reason, until }) => hosts.map((host) => ({ host, reason, until }))),
  ];
}
