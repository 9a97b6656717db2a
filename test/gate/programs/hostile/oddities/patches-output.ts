import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { bucketIn } from "../bucket.ts";

/** Neither what is printed nor what is written by the public functions is the ledger. */
export const deed = (): void => {
  const silent = (): boolean => true;
  process.stdout.write = silent;
  process.stderr.write = silent;
  fs.writeSync = () => 1;
  syncBuiltinESMExports();
  bucketIn("abroad", "nl-ams");
};
