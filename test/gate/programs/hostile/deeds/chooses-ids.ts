import crypto from "node:crypto";
import { bucket } from "../bucket.ts";

/** Every id the same: any key would be every key. */
export const deed = (): void => {
  crypto.Hash.prototype.digest = () => "0".repeat(64) as never;
  bucket("one");
};
