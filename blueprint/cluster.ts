import type { RegionFact } from "../stacks/catalogue.ts";
import type { PlanContext } from "./context.ts";
import type { ClusterSpec } from "./model/cluster.ts";
import type { GatewaySpec } from "./model/network.ts";
import { keyOf } from "./naming.ts";
import { networkKey } from "./network.ts";

/** Root volumes are network volumes: the old local kind is outside the scope of health workloads. */
const ROOT_VOLUME_TYPE = "sbs_5k";

/**
 * A private cluster: one pool of each kind in every zone, one security group a zone that accepts nothing from the public
 * side, and a control plane that admits the two gateways of its region only: the nodes' NAT and the bastion.
 */
export function planCluster(
  context: PlanContext,
  region: RegionFact,
  gateways: { readonly egress: GatewaySpec; readonly bastion: GatewaySpec },
): ClusterSpec {
  const { settings } = context;
  const key = keyOf("cluster", region.name);
  const wish = { tier: "compute", dataClass: context.computeClass } as const;
  const place = { region: region.name, project: "network" } as const;
  const ranges = context.addresses.region(region.name);
  const groupKey = (zone: string): string => keyOf(key, "sg", zone.slice(region.name.length + 1));
  return {
    ...context.planned(key, wish),
    ...place,
    type: settings.cluster.type,
    version: settings.cluster.version,
    cni: settings.cluster.cni,
    privateNetwork: networkKey(region.name, "compute"),
    podCidr: ranges.pods.text,
    serviceCidr: ranges.services.text,
    maintenance: settings.cluster.maintenance,
    pools: settings.cluster.pools.flatMap((pool) =>
      region.zones.map((zone) => {
        const number = zone.slice(region.name.length + 1);
        return {
          ...context.planned(keyOf(key, pool.name, number), wish),
          // Names of nodes begin with it, and a cluster's name stands before it.
          name: keyOf(pool.name, number),
          zone,
          nodeType: pool.nodeType,
          size: pool.minSize,
          minSize: pool.minSize,
          maxSize: pool.maxSize,
          rootVolumeType: ROOT_VOLUME_TYPE,
          rootVolumeGb: pool.rootVolumeGb,
          securityGroup: groupKey(zone),
        };
      }),
    ),
    securityGroups: region.zones.map((zone) => ({
      ...context.planned(groupKey(zone), wish),
      ...place,
      zone,
      inbound: [],
      outbound: [],
    })),
    acl: {
      key: keyOf(key, "acl"),
      sources: [
        source(gateways.egress, "nodes of this cluster, by their NAT gateway"),
        source(gateways.bastion, "administrators, by the SSH bastion"),
      ],
    },
    needsAttachments: gateways.egress.attachments.map((attachment) => attachment.key),
  };
}

const source = (gateway: GatewaySpec, description: string) =>
  ({
    kind: "gateway-ip",
    of: `scaleway:network/publicGatewayIp:PublicGatewayIp::${gateway.ip.key}`,
    description,
  }) as const;
