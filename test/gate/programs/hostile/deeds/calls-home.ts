import { bucket } from "../bucket.ts";

export const deed = async (): Promise<void> => {
  bucket("seen");
  await fetch("http://127.0.0.1:9/");
};
