import { closeSync } from "node:fs";
import { bucket } from "../bucket.ts";

export const deed = (): void => {
  closeSync(3);
  bucket("unseen");
};
