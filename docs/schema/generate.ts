import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { verdictJsonSchema } from "../../judge/reports/verdict-schema.ts";

/** Writes the schemas of this folder from the zod schemas in the code: `node docs/schema/generate.ts`. A test compares. */
writeFileSync(join(import.meta.dirname, "verdict.schema.json"), `${JSON.stringify(verdictJsonSchema(), null, 2)}\n`);
