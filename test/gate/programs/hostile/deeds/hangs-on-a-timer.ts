import { bucket } from "../bucket.ts";

export const deed = (): void => {
  bucket("seen");
  setInterval(() => {}, 1000);
};
