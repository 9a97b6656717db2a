import * as scaleway from "@pulumiverse/scaleway";
import { bucket } from "../bucket.ts";

/** A resource whose inputs fail is never registered, and nobody is to hear of it. */
export const deed = (): void => {
  process.removeAllListeners("unhandledRejection");
  process.removeAllListeners("uncaughtException");
  process.on("unhandledRejection", () => {});
  process.on("uncaughtException", () => {});
  bucket("seen");
  new scaleway.object.Bucket("hidden", { region: Promise.reject(new Error("swallowed")) });
};
