import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stableJson } from "../../kernel/order.ts";
import { addressTable } from "./address-table.ts";
import { keysOf, planOf } from "./plans.ts";

/**
 * Writes the golden keys and address tables anew: `node test/harness/write-golden-plan.ts`. A key that changes is a replaced
 * resource; a range that changes is a replaced network with all that is in it.
 */
const folder = join(import.meta.dirname, "../golden");
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "keys.rehearsal.json"), `${stableJson(keysOf(planOf("rehearsal")), 2)}\n`);
writeFileSync(join(folder, "addresses.json"), `${stableJson(addressTable(), 2)}\n`);
