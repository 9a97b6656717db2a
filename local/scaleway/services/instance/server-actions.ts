import { z } from "zod";
import type { Platform } from "../../core/platform.ts";
import { Problem, preconditionFailed } from "../../core/problem.ts";
import { type Call, param, parseInput, type Route } from "../../core/routes.ts";
import type { Settle } from "../../core/transitions.ts";
import { SNAPSHOT, takeSnapshot } from "../block/snapshots.ts";
import { VOLUME } from "../block/volumes.ts";
import { publicV4 } from "../public-address.ts";
import { IMAGE, newImage } from "./images.ts";
import { instant } from "./instant.ts";
import { addressesOf, setAddresses } from "./ips.ts";
import { dropNic, nicsOf } from "./private-nics.ts";
import { SERVER, type Server } from "./server.ts";
import { allowedActions } from "./server-view.ts";
import { terminateVolumes } from "./server-volumes.ts";
import { snapshotVolume } from "./snapshots.ts";
import { accepted, task } from "./task.ts";

/** Instance API v1: what a server can be told to do. Each action but a backup passes through a transient state. */
type Action = "poweron" | "poweroff" | "stop_in_place" | "reboot" | "terminate";
const ACTIONS: Readonly<Record<Action, Pick<Server, "state" | "heading">>> = {
  poweron: { state: "starting", heading: "running" },
  poweroff: { state: "stopping", heading: "stopped" },
  stop_in_place: { state: "stopping", heading: "stopped in place" },
  reboot: { state: "stopping", heading: "reboot" },
  terminate: { state: "stopping", heading: "gone" },
};
const PATH = "/instance/v1/zones/:zone/servers/:id";
const actionInput = z.object({
  action: z.enum(["poweron", "poweroff", "stop_in_place", "reboot", "terminate", "backup"]),
  name: z.string().nullish(),
});

export function refuseProtected(server: Server): void {
  if (server.protected)
    throw preconditionFailed("resource_protected", "the server is protected: it cannot be stopped or deleted");
}

const description = (action: string, server: Server): string =>
  action === "poweron"
    ? server.state === "stopped in place"
      ? "server_poweron_in_place"
      : "server_batch_poweron"
    : `server_${action}`;

function act(call: Call): unknown {
  const { platform, locality } = call;
  const { action, name } = parseInput(actionInput, call.input);
  const servers = platform.collection(SERVER);
  const server = servers.must(param(call, "id"), locality);
  if (!allowedActions(server).includes(action))
    throw new Problem(
      400,
      "invalid_request_error",
      `the action ${action} is not possible while the server is ${server.state}`,
    );
  const here = `/servers/${server.id}`;
  if (action === "backup") {
    const image = backup(platform, server, name ?? `image_${server.name}`);
    return accepted(task(platform, locality, "instance_backup", `${here}/action`, `/images/${image}`));
  }
  if (action === "terminate" || action === "poweroff") refuseProtected(server);
  const done = task(platform, locality, description(action, server), `${here}/action`, here);
  servers.put({ ...server, ...ACTIONS[action], modification_date: instant(platform) });
  platform.later(SERVER, server.id);
  return accepted(done);
}

/** An image of all disks but scratch ones. */
function backup(platform: Platform, server: Server, name: string): string {
  const snapshots = Object.entries(server.volumes).flatMap(([slot, volume]): [string, string][] => {
    if (volume.kind === "scratch") return [];
    const label = `${name}_snap_${slot}`;
    if (volume.kind === "l_ssd")
      return [[slot, snapshotVolume(platform, server.zone, volume.id, label, server.project).id]];
    const { size } = platform.collection(VOLUME).must(volume.id, server.zone);
    const of = { volumeId: volume.id, size, project: server.project, name: label };
    return [[slot, platform.collection(SNAPSHOT).put(takeSnapshot(platform, server.zone, of)).id]];
  });
  const image = newImage(platform, server.zone, {
    name,
    snapshots: Object.fromEntries(snapshots),
    arch: server.arch,
    from_server: server.id,
    project: server.project,
    tags: [],
    public: false,
  });
  return platform.collection(IMAGE).put(image).id;
}

/** After termination nothing of a server is left but its flexible addresses and its disks of block storage. */
function end(platform: Platform, server: Server): void {
  terminateVolumes(platform, server);
  for (const nic of nicsOf(platform, server.id)) dropNic(platform, nic.id);
  setAddresses(platform, server.id, server.zone, []);
  platform.collection(SERVER).remove(server.id);
}

export const settleServer: Settle = (platform, id) => {
  const servers = platform.collection(SERVER);
  const server = servers.find(id);
  if (server === undefined || server.heading === null) return;
  if (server.heading === "gone") return end(platform, server);
  const state = server.heading === "reboot" ? "running" : server.heading;
  const settled: Server = { ...server, state, heading: null, modification_date: instant(platform) };
  servers.put({ ...settled, dynamic_ip: dynamicIp(platform, settled) });
};

/** The address that a server has while it runs, asked for one and has no flexible one; otherwise null. */
export function dynamicIp(platform: Platform, server: Server): Server["dynamic_ip"] {
  if (server.state === "stopped" || !server.dynamic_ip_required || addressesOf(platform, server.id).length > 0)
    return null;
  return server.dynamic_ip ?? { id: platform.ids.uuid(), address: publicV4(platform) };
}

export const serverActionRoutes: readonly Route[] = [
  {
    method: "GET",
    path: `${PATH}/action`,
    handle: (call) => ({
      actions: allowedActions(call.platform.collection(SERVER).must(param(call, "id"), call.locality)),
    }),
  },
  { method: "POST", path: `${PATH}/action`, handle: act },
];
