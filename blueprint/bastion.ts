import type { RegionFact } from "../stacks/catalogue.ts";
import { FIXED_HOST, hostAddress } from "./address-plan.ts";
import { adminHostInit } from "./admin-host-init.ts";
import type { PlanContext } from "./context.ts";
import { planGateway } from "./gateway.ts";
import type { BastionSpec, SshKeySpec } from "./model/network.ts";
import { keyOf } from "./naming.ts";
import { sessionsBucketName } from "./observability.ts";
import { planServer } from "./server.ts";

/** SSH keys of the bastion project; made once, accepted by every gateway of the project. */
export const planSshKeys = (context: PlanContext): readonly SshKeySpec[] =>
  context.settings.admin.sshKeys.map(({ owner, publicKey }) => {
    const key = keyOf("identity", "ssh", owner);
    return { key, name: context.name(key), publicKey };
  });

/**
 * The one way in for administrators. The gateway serves `admin` without being its default route; behind it stands the host
 * that records sessions.
 */
export function planBastion(context: PlanContext, region: RegionFact): BastionSpec {
  const owner = keyOf("bastion", region.name);
  const { admin } = context.settings;
  const bucket = sessionsBucketName(context, region.name);
  const compute = context.addresses.region(region.name).networks.compute.ipv4;
  return {
    gateway: planGateway(context, {
      owner,
      region,
      project: "bastion",
      zoneIndex: 1,
      tier: "admin",
      defaultRoute: false,
    }),
    port: admin.port,
    allowedSources: admin.sources,
    sshKeys: planSshKeys(context).map((key) => key.key),
    adminHost: {
      ...planServer(context, {
        key: keyOf(owner, "admin-host"),
        region,
        tier: "admin",
        address: "admin-host",
        cloudInit: adminHostInit({
          administrators: admin.sshKeys,
          proxy: hostAddress(compute, FIXED_HOST.egressProxy),
          region: region.name,
          bucket,
          mirror: admin.packageMirror,
        }),
      }),
      recordingsBucket: bucket,
    },
  };
}
