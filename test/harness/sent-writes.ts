import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Calls that could change something, of whatever client, as the local Scaleway of a work folder counted them. */
export function sentWrites(work: string): number {
  const database = new DatabaseSync(join(work, "local", "scaleway.sqlite"), { readOnly: true });
  const row = database
    .prepare(
      "SELECT coalesce(sum(requests), 0) AS writes FROM egress_calls WHERE method NOT IN ('GET', 'HEAD', 'OPTIONS', 'CONNECT')",
    )
    .get();
  database.close();
  return Number(row?.writes);
}
