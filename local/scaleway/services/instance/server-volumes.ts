import { z } from "zod";
import type { Platform } from "../../core/platform.ts";
import { invalidArguments, preconditionFailed } from "../../core/problem.ts";
import { attachVolume, detachVolume, newVolume, VOLUME } from "../block/volumes.ts";
import { type BootDisk, bootDisk } from "./images.ts";
import type { Server, VolumeSlot } from "./server.ts";
import { SERVER_TYPES } from "./server-types.ts";
import { LOCAL_VOLUME, localVolumeView, newLocalVolume } from "./volumes.ts";

/**
 * Instance API v1: the disks of a server, by slot. A slot names a volume that is there, or says what to make; slot 0 is made
 * from the image. Local volumes die with their server, those of block storage outlive it.
 */
export const slotInput = z.object({
  id: z.string().nullish(),
  boot: z.boolean().nullish(),
  name: z.string().nullish(),
  size: z.number().nullish(),
  volume_type: z.enum(["l_ssd", "scratch", "sbs_volume"]).nullish(),
});
export type SlotInput = z.infer<typeof slotInput>;

const DEFAULT_IOPS = 5_000;

/** The server that the slots are of, as far as it is known when they are filled. */
export type Owner = Pick<Server, "id" | "name" | "project" | "zone" | "image" | "commercial_type">;

function fill(platform: Platform, owner: Owner, slot: string, input: SlotInput): VolumeSlot {
  const boot = input.boot ?? false;
  if (typeof input.id === "string") return attach(platform, owner, input.id, boot);
  const disk: BootDisk | undefined =
    slot === "0" && owner.image !== null ? bootDisk(platform, owner.image, owner.zone) : undefined;
  const kind = input.volume_type ?? disk?.kind ?? "l_ssd";
  const size = input.size ?? disk?.size ?? 0;
  const { project, zone } = owner;
  if (disk !== undefined && size < disk.size)
    throw invalidArguments({
      argument: `volumes.${slot}.size`,
      reason: "constraint",
      help: `the image needs ${disk.size} bytes`,
    });
  if (kind === "sbs_volume") {
    const name = disk === undefined ? (input.name ?? "") : `${disk.imageName}_sbs_volume_${slot}`;
    const snapshotId = disk?.kind === "sbs_volume" ? disk.snapshotId : null;
    const made = newVolume(platform, { name, zone, project, size, iops: DEFAULT_IOPS, snapshotId, tags: [] });
    platform.collection(VOLUME).put(made);
    return attach(platform, owner, made.id, boot);
  }
  const name = disk?.imageName ?? input.name ?? "";
  const made = platform
    .collection(LOCAL_VOLUME)
    .put(newLocalVolume(platform, { name, type: kind, project, zone, size }));
  return attach(platform, owner, made.id, boot);
}

function attach(platform: Platform, owner: Owner, id: string, boot: boolean): VolumeSlot {
  const locals = platform.collection(LOCAL_VOLUME);
  const local = locals.find(id);
  if (local === undefined) {
    attachVolume(platform, id, owner.zone, owner.id);
    return { id, kind: "sbs_volume", boot };
  }
  if (local.server !== null && local.server !== owner.id)
    throw preconditionFailed("resource_still_in_use", `volume ${id} belongs to server ${local.server}`);
  locals.put({ ...locals.must(id, owner.zone), server: owner.id });
  return { id, kind: local.volume_type, boot };
}

function refuseTooMuch(platform: Platform, owner: Owner, slots: Readonly<Record<string, VolumeSlot>>): void {
  const type = SERVER_TYPES.get(owner.commercial_type);
  const total = Object.values(slots)
    .filter((s) => s.kind === "l_ssd")
    .reduce((sum, s) => sum + (platform.collection(LOCAL_VOLUME).find(s.id)?.size ?? 0), 0);
  if (type !== undefined && total > type.local)
    throw invalidArguments({
      argument: "volumes",
      reason: "constraint",
      help: `local volumes of ${owner.commercial_type} may have ${type.local} bytes in all, not ${total}`,
    });
}

/** Fills the slots; volumes that no slot names any more come free. */
export function setVolumes(
  platform: Platform,
  owner: Owner,
  before: Readonly<Record<string, VolumeSlot>>,
  wanted: Readonly<Record<string, SlotInput>>,
): Record<string, VolumeSlot> {
  const kept = new Set(Object.values(wanted).flatMap((w) => w.id ?? []));
  for (const slot of Object.values(before)) if (!kept.has(slot.id)) free(platform, slot);
  const after = Object.fromEntries(Object.entries(wanted).map(([slot, w]) => [slot, fill(platform, owner, slot, w)]));
  refuseTooMuch(platform, owner, after);
  return after;
}

export function free(platform: Platform, slot: VolumeSlot): void {
  if (slot.kind === "sbs_volume") detachVolume(platform, slot.id);
  const locals = platform.collection(LOCAL_VOLUME);
  const local = locals.find(slot.id);
  if (local !== undefined) locals.put({ ...local, server: null });
}

/** What termination does to disks: local ones go, those of block storage come free. */
export function terminateVolumes(platform: Platform, server: Server): void {
  for (const slot of Object.values(server.volumes)) {
    if (slot.kind === "sbs_volume") detachVolume(platform, slot.id);
    else platform.collection(LOCAL_VOLUME).remove(slot.id);
  }
}

export const volumesView = (platform: Platform, server: Server): unknown =>
  Object.fromEntries(
    Object.entries(server.volumes).map(([slot, { id, kind, boot }]) => {
      const local = platform.collection(LOCAL_VOLUME).find(id);
      return [
        slot,
        local === undefined
          ? { boot, volume_type: kind, id, state: "available", zone: server.zone }
          : { boot, ...localVolumeView(platform, local) },
      ];
    }),
  );
