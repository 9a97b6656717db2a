import { bucket } from "../bucket.ts";

export const deed = (): void => {
  bucket("seen");
  throw new Error("out of ideas");
};
