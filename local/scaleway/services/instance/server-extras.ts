import { z } from "zod";
import { Answer } from "../../core/answer.ts";
import { notFound } from "../../core/problem.ts";
import { type Call, parseInput, type Route } from "../../core/routes.ts";
import { IMAGE } from "./images.ts";
import { instant } from "./instant.ts";
import { INSTANCE_IP } from "./ips.ts";
import { PLACEMENT_GROUP } from "./placement-groups.ts";
import { PRIVATE_NIC } from "./private-nics.ts";
import { SECURITY_GROUP } from "./security-groups.ts";
import { SERVER, type Server } from "./server.ts";
import { SERVER_TYPES } from "./server-types.ts";
import { serverView } from "./server-view.ts";
import { setVolumes } from "./server-volumes.ts";
import { LOCAL_SNAPSHOT } from "./snapshots.ts";
import { LOCAL_VOLUME } from "./volumes.ts";

/** Instance API v1: one volume more or less of a server, what type it may become, kinds of volumes, and how much there is. */
const ZONE = "/instance/v1/zones/:zone";
const SERVER_PATH = `${ZONE}/servers/:id`;

const serverOf = ({ platform, locality, params }: Call): Server =>
  platform.collection(SERVER).must(params.id ?? "", locality);

function changeVolumes(
  call: Call,
  change: (volumes: Server["volumes"]) => Record<string, { id: string; boot: boolean }>,
) {
  const server = serverOf(call);
  const volumes = setVolumes(call.platform, server, server.volumes, change(server.volumes));
  const next = { ...server, volumes, modification_date: instant(call.platform) };
  return { server: serverView(call.platform, call.platform.collection(SERVER).put(next)) };
}

const attachInput = z.object({
  volume_id: z.string(),
  // Known from the volume itself.
  volume_type: z.enum(["unknown_volume_type", "l_ssd", "b_ssd", "sbs_volume"]).nullish(),
  boot: z.boolean().nullish(),
});

/** The lowest slot that is free. */
function freeSlot(volumes: Server["volumes"]): string {
  for (let slot = 0; ; slot += 1) if (volumes[String(slot)] === undefined) return String(slot);
}

/** Types of the same processor whose local disks are large enough. */
function compatible({ platform }: Call, server: Server): readonly string[] {
  const local = Object.values(server.volumes)
    .filter((slot) => slot.kind === "l_ssd")
    .reduce((sum, slot) => sum + (platform.collection(LOCAL_VOLUME).find(slot.id)?.size ?? 0), 0);
  return [...SERVER_TYPES.values()].filter((t) => t.arch === server.arch && t.local >= local).map((t) => t.name);
}

const GB = 1_000_000_000;
/** Limits as the recordings of server types have them. */
const VOLUME_TYPES = {
  l_ssd: { display_name: "Local SSD", capabilities: { snapshot: true }, constraints: { min: GB, max: 800 * GB } },
  scratch: { display_name: "Scratch", capabilities: { snapshot: false }, constraints: { min: GB, max: 12_800 * GB } },
  sbs_volume: {
    display_name: "Block",
    capabilities: { snapshot: false },
    constraints: { min: 5 * GB, max: 10_000 * GB },
  },
};

function dashboard({ platform, locality, query }: Call): unknown {
  const project = query.get("project") ?? "";
  const mine = <T extends { readonly project: string }>(items: readonly T[]): readonly T[] =>
    items.filter((item) => project === "" || item.project === project);
  const servers = mine(platform.collection(SERVER).in(locality));
  const ids = new Set(servers.map(({ id }) => id));
  const volumes = mine(platform.collection(LOCAL_VOLUME).in(locality));
  const ssds = volumes.filter((v) => v.volume_type === "l_ssd");
  const ips = mine(platform.collection(INSTANCE_IP).in(locality));
  const types = Object.groupBy(servers, (server) => server.commercial_type);
  return {
    servers_count: servers.length,
    running_servers_count: servers.filter((s) => s.state === "running").length,
    servers_by_types: Object.fromEntries(Object.entries(types).map(([type, some]) => [type, some?.length ?? 0])),
    volumes_count: volumes.length,
    volumes_l_ssd_count: ssds.length,
    volumes_l_ssd_total_size: ssds.reduce((sum, v) => sum + v.size, 0),
    volumes_scratch_count: volumes.length - ssds.length,
    volumes_b_ssd_count: 0,
    volumes_b_ssd_total_size: 0,
    images_count: mine(platform.collection(IMAGE).in(locality)).length,
    snapshots_count: mine(platform.collection(LOCAL_SNAPSHOT).in(locality)).length,
    ips_count: ips.length,
    ips_unused: ips.filter((ip) => ip.server === null).length,
    security_groups_count: mine(platform.collection(SECURITY_GROUP).in(locality)).length,
    private_nics_count: platform
      .collection(PRIVATE_NIC)
      .in(locality)
      .filter((nic) => ids.has(nic.server_id)).length,
    placement_groups_count: platform
      .collection(PLACEMENT_GROUP)
      .in(locality)
      .filter((g) => project === "" || g.project_id === project).length,
  };
}

export const serverExtraRoutes: readonly Route[] = [
  {
    method: "POST",
    path: `${SERVER_PATH}/attach-volume`,
    handle: (call) => {
      const { volume_id, boot } = parseInput(attachInput, call.input);
      return changeVolumes(call, (volumes) => ({
        ...volumes,
        [freeSlot(volumes)]: { id: volume_id, boot: boot ?? false },
      }));
    },
  },
  {
    method: "POST",
    path: `${SERVER_PATH}/detach-volume`,
    handle: (call) => {
      const { volume_id } = parseInput(z.object({ volume_id: z.string() }), call.input);
      return changeVolumes(call, (volumes) => {
        const kept = Object.entries(volumes).filter(([, slot]) => slot.id !== volume_id);
        if (kept.length === Object.keys(volumes).length) throw notFound("instance_volume", volume_id);
        return Object.fromEntries(kept);
      });
    },
  },
  {
    method: "GET",
    path: `${SERVER_PATH}/compatible-types`,
    handle: (call) => ({ compatible_types: compatible(call, serverOf(call)) }),
  },
  {
    method: "GET",
    path: `${ZONE}/products/volumes`,
    handle: (call) => {
      const [number, size] = [Number(call.query.get("page") ?? "1"), Number(call.query.get("per_page") ?? "50")];
      const shown = Object.entries(VOLUME_TYPES).slice((number - 1) * size, number * size);
      const total = { "x-total-count": String(Object.keys(VOLUME_TYPES).length) };
      return new Answer(200, { volumes: Object.fromEntries(shown) }, total);
    },
  },
  { method: "GET", path: `${ZONE}/dashboard`, handle: (call) => ({ dashboard: dashboard(call) }) },
];
