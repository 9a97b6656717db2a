import { execFileSync } from "node:child_process";
import { bucket } from "../bucket.ts";

export const deed = (): void => {
  bucket(execFileSync("id", { encoding: "utf8" }));
};
