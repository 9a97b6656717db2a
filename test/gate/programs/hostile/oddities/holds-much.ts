import * as scaleway from "@pulumiverse/scaleway";
import { bucketIn } from "../bucket.ts";

export const deed = (): void => {
  const tags = JSON.parse('{ "__proto__": "x", "constructor": "y" }');
  tags.note = "n".repeat(10_000_000);
  new scaleway.object.Bucket("much", { region: "nl-ams", tags });
  bucketIn("abroad", "nl-ams");
};
