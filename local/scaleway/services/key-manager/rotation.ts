import { z } from "zod";
import { stampOf } from "../../core/clock.ts";
import type { Platform } from "../../core/platform.ts";
import { invalidArguments } from "../../core/problem.ts";
import type { Call } from "../../core/routes.ts";
import type { Settle } from "../../core/transitions.ts";
import { noteSystemEvent } from "../audit-trail/system-events.ts";
import { KEY, type Key } from "./keys.ts";
import { newMaterial } from "./material.ts";

/** Key Manager v1alpha1: what happens to keys by itself: they rotate as planned, and end when their deletion is due. */
/** Deletion is scheduled; until then the key can be restored (documentation of Key Manager, 2026). */
export const DELETION_DELAY_MS = 7 * 24 * 3600 * 1000;

export const rotationInput = z.object({
  rotation_period: z.string().nullish(),
  next_rotation_at: z.string().nullish(),
});

/** The reference says "1 year (876000 hours)", which are a hundred: the number counts. */
const MIN_ROTATION_S = 24 * 3600;
const MAX_ROTATION_S = 876_000 * 3600;

/** `2160h`-like periods come as seconds: `7776000.000000000s` is answered as `7776000s`. */
export function planRotation(
  call: Call,
  input: z.infer<typeof rotationInput> | null | undefined,
): Key["rotation_policy"] {
  if (input?.rotation_period === null || input?.rotation_period === undefined) return null;
  const seconds = Number(input.rotation_period.replace(/s$/, ""));
  if (!(seconds >= MIN_ROTATION_S && seconds <= MAX_ROTATION_S)) {
    throw invalidArguments({
      argument: "rotation_policy.rotation_period",
      reason: "constraint",
      help: "at least 24 hours, at most 876000 hours",
    });
  }
  const next = input.next_rotation_at ?? stampOf(call.platform.clock.now() + seconds * 1000);
  return { rotation_period: `${seconds}s`, next_rotation_at: next };
}

/** Notes what happens to a key next by itself: its deletion, else its rotation. */
export function follow(platform: Platform, key: Key): Key {
  const due =
    key.deletion_requested_at === null
      ? Date.parse(key.rotation_policy?.next_rotation_at ?? "")
      : Date.parse(key.deletion_requested_at) + DELETION_DELAY_MS;
  if (Number.isNaN(due)) platform.transitions.cancel(KEY.kind, key.id);
  else platform.transitions.schedule(KEY.kind, key.id, due);
  return key;
}

/** A key whose deletion is due goes for good; one whose rotation is due rotates, if it is enabled, and so on from there. */
export const settleKey: Settle = (platform, id) => {
  const keys = platform.collection(KEY);
  const key = keys.find(id);
  if (key === undefined) return;
  const note = (name: string, isDeletion: boolean): void =>
    noteSystemEvent(platform, {
      product: "key-manager",
      name,
      region: key.region,
      projectId: key.project_id,
      resource: { id, type: "key_manager_key", name: key.name },
      isDeletion,
    });
  if (key.deletion_requested_at !== null) {
    note("delete-key", true);
    return keys.remove(id);
  }
  const policy = key.rotation_policy;
  if (policy === null) return;
  const next = Date.parse(policy.next_rotation_at) + Number(policy.rotation_period.replace(/s$/, "")) * 1000;
  const turns = key.state === "enabled" && key.origin === "scaleway_kms";
  const turned = turns ? rotated(platform, key) : {};
  if (turns) note("rotate-key", false);
  const rotation_policy = { ...policy, next_rotation_at: stampOf(next) };
  keys.put(follow(platform, { ...key, ...turned, rotation_policy }));
};

export const rotated = (platform: Platform, key: Key): Partial<Key> => ({
  rotation_count: key.rotation_count + 1,
  rotated_at: platform.clock.stamp(),
  material: [...key.material, newMaterial(key.usage, platform.ids)],
});
