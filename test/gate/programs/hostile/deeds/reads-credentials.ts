import { readFileSync } from "node:fs";
import { bucket } from "../bucket.ts";

export const deed = (): void => {
  bucket(readFileSync("/etc/passwd", "utf8").slice(0, 4));
};
