import { writeFileSync } from "node:fs";
import { bucket } from "../bucket.ts";

export const deed = (): void => {
  bucket("seen");
  writeFileSync(new URL("verdict.json", import.meta.url), "{}");
};
