import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { filledIn } from "./stacks-readme.ts";

/** Writes the tables of stacks/README.md anew: `node test/harness/write-stacks-readme.ts`. */
const file = join(import.meta.dirname, "../../stacks/README.md");
writeFileSync(file, filledIn(readFileSync(file, "utf8")));
