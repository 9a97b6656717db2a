import { z } from "zod";
import type { Kind } from "../../core/collection.ts";
import type { Platform } from "../../core/platform.ts";

/**
 * Instance API v1: a server as it is kept. What else its answers show (addresses, private NICs, groups, details of volumes) lies
 * with the resource it belongs to and is put together in `server-view.ts`.
 */
const volumeSlot = z.object({
  id: z.string(),
  kind: z.enum(["l_ssd", "scratch", "sbs_volume"]),
  boot: z.boolean(),
});
const schema = z.object({
  id: z.string(),
  name: z.string(),
  hostname: z.string(),
  organization: z.string(),
  project: z.string(),
  zone: z.string(),
  arch: z.enum(["x86_64", "arm64"]),
  commercial_type: z.string(),
  boot_type: z.string(),
  image: z.string().nullable(),
  /** By slot: `0` is the root. */
  volumes: z.record(z.string(), volumeSlot),
  tags: z.array(z.string()),
  state: z.enum(["stopped", "starting", "running", "stopping", "stopped in place"]),
  /** What a transient state leads to. */
  heading: z.enum(["running", "stopped", "stopped in place", "gone", "reboot"]).nullable(),
  protected: z.boolean(),
  dynamic_ip_required: z.boolean(),
  /** Address that it has while it runs, when it asked for one. */
  dynamic_ip: z.object({ id: z.string(), address: z.string() }).nullable(),
  mac_address: z.string(),
  creation_date: z.string(),
  modification_date: z.string(),
  security_group: z.string(),
  placement_group: z.string().nullable(),
  user_data: z.record(z.string(), z.string()),
  filesystems: z.array(z.object({ filesystem_id: z.string(), state: z.string() })),
  admin_password_encryption_ssh_key_id: z.string().nullable(),
});
export type Server = z.infer<typeof schema>;
export type VolumeSlot = z.infer<typeof volumeSlot>;

export const SERVER: Kind<Server> = {
  kind: "instance.server",
  resource: "instance_server",
  schema,
  place: (s) => ({ locality: s.zone, project: s.project, name: s.name }),
};

/** A group that goes leaves its servers without one. */
export function dropPlacementGroup(platform: Platform, groupId: string): void {
  const servers = platform.collection(SERVER);
  for (const server of servers.all().filter((s) => s.placement_group === groupId))
    servers.put({ ...server, placement_group: null });
}
