import { createHash } from "node:crypto";
import type { Platform } from "../../core/platform.ts";
import { PROJECT } from "../account.ts";
import { DEFAULT_DAYS } from "./products.ts";
import type { Source } from "./sources.ts";

/**
 * The sources that Scaleway's own products write to: one of metrics and one of logs in each region of the default project. They
 * are nobody's resources, so they are worked out, not stored, and cannot be changed or deleted.
 */
const uuidOf = (text: string): string =>
  createHash("sha256")
    .update(text)
    .digest("hex")
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-5$3-8$4-$5");

export function productSources(platform: Platform, region: string): readonly Source[] {
  const since = platform.collection(PROJECT).find(platform.defaultProjectId)?.created_at ?? platform.clock.stamp();
  return (["metrics", "logs"] as const).map((type) => ({
    id: uuidOf(`${platform.defaultProjectId}/${region}/${type}`),
    name: type === "metrics" ? "Scaleway Metrics" : "Scaleway Logs",
    type,
    origin: "scaleway",
    project_id: platform.defaultProjectId,
    region,
    retention_days: DEFAULT_DAYS[type],
    created_at: since,
    updated_at: since,
  }));
}
