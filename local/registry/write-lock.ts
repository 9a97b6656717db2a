import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { IMAGES } from "../../stacks/images.data.ts";
import { syntheticLock } from "./synthetic-lock.ts";

/** Writes the lock file of the rehearsal's images: `node local/registry/write-lock.ts`. */
writeFileSync(
  join(import.meta.dirname, "../../stacks/images/synthetic.lock.json"),
  `${JSON.stringify(syntheticLock(IMAGES), null, 2)}\n`,
);
