import { writeSync } from "node:fs";
import { bucket } from "../bucket.ts";

export const deed = (): void => {
  bucket("seen");
  writeSync(3, "not a record\n");
};
