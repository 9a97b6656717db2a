import { Worker } from "node:worker_threads";
import { bucket } from "../bucket.ts";

export const deed = (): void => {
  bucket("seen");
  new Worker("require('node:fs').writeSync(3, '{}')", { eval: true });
};
