import { bucket } from "../bucket.ts";

export const deed = (): Promise<void> => {
  bucket("seen");
  return new Promise(() => {});
};
