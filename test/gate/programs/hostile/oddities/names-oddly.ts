import { bucketIn } from "../bucket.ts";

export const deed = (): void => {
  bucketIn("abroad", "nl-ams");
  for (const name of ["nul\u0000in", "half\ud800", "__proto__", "constructor", "a::b", "\u202egnp", "line\nbreak"])
    bucketIn(name, "nl-ams");
};
