import { bucket } from "../bucket.ts";

export const deed = (): void => {
  bucket("seen");
  Promise.reject(new Error("nobody listens"));
};
