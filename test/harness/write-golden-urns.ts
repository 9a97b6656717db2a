import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { byText } from "../../kernel/order.ts";
import { recordRehearsal } from "./rehearsal.ts";

/** Writes the golden URNs anew: `node test/harness/write-golden-urns.ts`. A changed line is a replaced resource. */
const folder = join(import.meta.dirname, "../golden");
const urns: Record<string, readonly string[]> = {};
for (const layer of ["bootstrap", "foundation"] as const) {
  const { resources } = await recordRehearsal(layer);
  urns[layer] = resources.map((r) => r.urn).sort(byText);
}
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "urns.rehearsal.json"), `${JSON.stringify(urns, null, 2)}\n`);
process.stdout.write(`${Object.values(urns).flat().length} URNs\n`);
