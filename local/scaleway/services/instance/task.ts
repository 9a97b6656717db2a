import { Answer } from "../../core/answer.ts";
import type { Platform } from "../../core/platform.ts";
import { instant } from "./instant.ts";

/** Instance API v1: what it answers to a call whose effect comes later. Nobody can ask for a task again. */
export const task = (platform: Platform, zone: string, description: string, from: string, result: string): unknown => ({
  id: platform.ids.uuid(),
  description,
  status: "pending",
  href_from: from,
  href_result: result,
  started_at: instant(platform),
  terminated_at: null,
  progress: 0,
  zone,
});

export const accepted = (body: unknown): Answer => new Answer(202, { task: body });
