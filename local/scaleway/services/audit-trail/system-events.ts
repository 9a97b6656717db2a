import type { Platform } from "../../core/platform.ts";
import { openJournal } from "./journal.ts";

/** Something that came due and was done by the platform: a rotation, the end of what was to be deleted. */
export interface Happening {
  /** Hyphenated, e.g. `key-manager`. */
  readonly product: string;
  /** What did it, e.g. `rotate-key`. The reference shows no examples: the words are ours. */
  readonly name: string;
  readonly region: string;
  readonly projectId: string;
  readonly resource: { readonly id: string; readonly type: string; readonly name: string };
  readonly isDeletion: boolean;
}

export function noteSystemEvent(platform: Platform, happening: Happening): void {
  const now = platform.clock.stamp();
  openJournal(platform.store).writeSystem({
    id: platform.ids.uuid(),
    recorded_at: now,
    locality: happening.region,
    organization_id: platform.organizationId,
    project_id: happening.projectId,
    product_name: happening.product,
    source: happening.product,
    system_name: happening.name,
    resources: [
      {
        ...happening.resource,
        created_at: null,
        updated_at: happening.isDeletion ? null : now,
        deleted_at: happening.isDeletion ? now : null,
      },
    ],
    kind: "cron",
  });
}
