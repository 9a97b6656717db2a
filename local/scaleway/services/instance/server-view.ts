import { parseCidr } from "../../../../kernel/cidr.ts";
import type { Platform } from "../../core/platform.ts";
import { imageView } from "./images.ts";
import { addressesOf, type InstanceIp } from "./ips.ts";
import { groupView, PLACEMENT_GROUP } from "./placement-groups.ts";
import { nicsOf } from "./private-nics.ts";
import { SECURITY_GROUP } from "./security-groups.ts";
import type { Server } from "./server.ts";
import { volumesView } from "./server-volumes.ts";

/** What a server in a state may be told to do (recordings). */
const ALLOWED: Readonly<Record<Server["state"], readonly string[]>> = {
  stopped: ["poweron", "backup"],
  starting: ["stop_in_place", "backup"],
  running: ["poweroff", "terminate", "reboot", "stop_in_place", "backup"],
  stopping: ["stop_in_place", "backup"],
  "stopped in place": ["poweron", "poweroff", "terminate", "reboot", "backup"],
};
export const allowedActions = (server: Server): readonly string[] => ALLOWED[server.state];

const DETAIL: Readonly<Record<NonNullable<Server["heading"]>, string>> = {
  running: "allocating node",
  stopped: "stopping",
  "stopped in place": "stopping in place",
  gone: "terminating",
  reboot: "rebooting",
};
const AT_REST: Readonly<Partial<Record<Server["state"], string>>> = {
  running: "booting kernel",
  "stopped in place": "stopped in place",
};

const v4 = (id: string, address: string, dynamic: boolean, tags: readonly string[]): unknown => ({
  id,
  address,
  dynamic,
  gateway: "62.210.0.1",
  netmask: "32",
  family: "inet",
  provisioning_mode: "dhcp",
  tags,
  state: "attached",
  ipam_id: id,
});

/** An IPv6 server configures itself in its prefix: the address follows from the hardware address. */
function v6(ip: InstanceIp, mac: string): unknown {
  const [a = "0", b = "0", c = "0", d = "0", e = "0", f = "0"] = mac.split(":");
  const host = `${a}${b}:${c}ff:fe${d}:${e}${f}`;
  const [prefix = ""] = (ip.prefix ?? "").split("::");
  return {
    id: ip.id,
    address: parseCidr(`${prefix}:${host}`)?.text.split("/")[0] ?? null,
    dynamic: false,
    gateway: `fe80::${host}`,
    netmask: "64",
    family: "inet6",
    provisioning_mode: "slaac",
    tags: ip.tags,
    state: "attached",
    ipam_id: ip.id,
  };
}

function publicIps(platform: Platform, server: Server): readonly unknown[] {
  const flexible = addressesOf(platform, server.id).map((ip) =>
    ip.address === null ? v6(ip, server.mac_address) : v4(ip.id, ip.address, false, ip.tags),
  );
  return server.dynamic_ip === null
    ? flexible
    : [...flexible, v4(server.dynamic_ip.id, server.dynamic_ip.address, true, [])];
}

export function serverView(platform: Platform, server: Server): unknown {
  const group = platform.collection(SECURITY_GROUP).find(server.security_group);
  const placement =
    server.placement_group === null ? undefined : platform.collection(PLACEMENT_GROUP).find(server.placement_group);
  const ips = publicIps(platform, server);
  const { heading, dynamic_ip: _, user_data: __, ...kept } = server;
  return {
    ...kept,
    image: imageView(platform, server.image, server.zone),
    volumes: volumesView(platform, server),
    state_detail: heading === null ? (AT_REST[server.state] ?? "") : DETAIL[heading],
    public_ip: ips[0] ?? null,
    public_ips: ips,
    routed_ip_enabled: true,
    ipv6: null,
    extra_networks: [],
    enable_ipv6: false,
    private_ip: null,
    admin_password_encrypted_value: null,
    bootscript: null,
    security_group: group === undefined ? null : { id: group.id, name: group.name },
    location:
      server.state === "stopped"
        ? null
        : { zone_id: server.zone, platform_id: "1", cluster_id: "1", hypervisor_id: "1", node_id: "1" },
    maintenances: [],
    allowed_actions: allowedActions(server),
    placement_group: placement === undefined ? null : groupView(placement, false),
    private_nics: nicsOf(platform, server.id),
    end_of_service: false,
    dns: `${server.id}.pub.instances.scw.cloud`,
  };
}
