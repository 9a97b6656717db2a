import * as scaleway from "@pulumiverse/scaleway";
import { bucket } from "../bucket.ts";

export const deed = (): void => {
  bucket("seen");
  new scaleway.object.Bucket("waiting", { region: new Promise<string>(() => {}) });
};
