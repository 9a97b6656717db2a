import { existsSync } from "node:fs";
import { join } from "node:path";
import { inputError } from "../../kernel/errors.ts";
import { sendOrder } from "./control-door.ts";
import { type Condition, type Order, openControls } from "./controls.ts";
import { openClock } from "./core/clock.ts";
import { type LocalRegion, PUBLIC_REGIONS } from "./core/platform.ts";
import { openStore, STORE_FILE } from "./core/store.ts";
import { lockDataDir } from "./data-dir-lock.ts";
import { findRunning } from "./running.ts";
import { OPERATIONS } from "./server.ts";

/**
 * What `bastide local clock|lose|regain|faults` do, on a data folder: the one that runs is asked, and where none runs its store
 * is changed for the next one. Faults are of a run, so they need one.
 */
export async function orderLocal(
  dataDir: string,
  order: Order,
  extraRegions: readonly LocalRegion[] = [],
): Promise<Condition> {
  const running = findRunning(dataDir);
  if (running !== undefined) return sendOrder(running, order);
  if (order.do === "storm" || order.do === "calm" || !existsSync(join(dataDir, STORE_FILE)))
    throw inputError("no local Scaleway runs", [
      {
        code: "local.not-running",
        path: dataDir,
        got: "none",
        want: "a running one",
        fix: "`bastide local start` (with `--faults FILE` for faults) first",
      },
    ]);
  const unlock = lockDataDir(dataDir);
  try {
    const store = openStore(dataDir);
    try {
      const regions = [...PUBLIC_REGIONS, ...extraRegions];
      return openControls({ store, clock: openClock(store), regions, operations: OPERATIONS, dataDir }).carryOut(order);
    } finally {
      store.close();
    }
  } finally {
    unlock();
  }
}
